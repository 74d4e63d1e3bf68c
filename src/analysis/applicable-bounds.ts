/** Which of the bounds of `dead-bounds.ts` hold for a network, and why the others do not. */
import type { BornAxis } from "../model/axes.js";
import type { Points } from "../model/dataset.js";
import { wiringOf } from "../model/layout.js";
import {
  type Bias,
  type Cell,
  CONNECTIONS,
  type Connection,
  type Initialization,
  parameterOf,
} from "../model/trial.js";
import { bothSignsLeast, bothSignsMost, oneInputChance, uniformNeuronDead } from "./dead-bounds.js";

/** What decides whether a network is born dead. */
export type Newborn = Pick<Cell, BornAxis>;

export interface Bound {
  readonly of: "born dead" | "dead neurons of the first layer";
  readonly says: "at most" | "at least" | "exactly";
  /** In words, with N for the width and H for the depth. */
  readonly formula: string;
  /** What else the formula names. */
  readonly where?: string;
  readonly conditions: readonly string[];
  /** Those of the conditions that the network does not meet. */
  readonly missing: readonly string[];
  /** A share; null where a condition is missing. */
  readonly value: number | null;
}

/** A network, and the ends of its inputs where it has a single one. */
interface Setting extends Newborn {
  readonly biases: "zero" | "positive" | "negative" | "symmetric" | "asymmetric";
  readonly inputs: number;
  readonly low: number;
  readonly high: number;
}

const CONDITIONS = {
  "activation relu": ({ activation }: Setting) => activation === "relu",
  "weights independent and symmetric": ({ initialization }) =>
    OF_SCHEME[initialization].weights === "independent and symmetric",
  "biases 0 or symmetric or a constant above 0": ({ biases }) =>
    ["zero", "symmetric", "positive"].includes(biases),
  "biases 0 or a constant above 0": ({ biases }) => ["zero", "positive"].includes(biases),
  "biases 0": ({ biases }) => biases === "zero",
  "one input": ({ inputs }) => inputs === 1,
  "an input that is not 0": ({ low, high }) => low < 0 || high > 0,
  "inputs of both signs": ({ low, high }) => low < 0 && high > 0,
  "inputs of one sign": ({ low, high }) => low < 0 !== high > 0,
  "layers that read the one below": ({ connection }) => hiddenLike(connection) === "plain",
  "width 1": ({ width }) => width === 1,
  "initialization mirrored": ({ initialization }) => initialization === "mirrored",
  "initialization sign-flip": ({ initialization }) => initialization === "sign-flip",
  "initialization pytorch with its biases": ({ initialization, bias }) =>
    initialization === "pytorch" && bias === "scheme",
} satisfies Record<string, (setting: Setting) => boolean>;

type Condition = keyof typeof CONDITIONS;

interface Rule extends Pick<Bound, "of" | "says" | "formula" | "where"> {
  readonly needs: readonly Condition[];
  readonly value: (setting: Setting) => number;
}

const RELU: readonly Condition[] = ["activation relu"];
const SYMMETRIC: readonly Condition[] = [...RELU, "weights independent and symmetric"];
const ONE_INPUT: readonly Condition[] = [...SYMMETRIC, "biases 0", "one input"];
const BORN = { of: "born dead" } as const;

/** That biases above 0 leave the first bound as it is: they only raise what is below 0 half of the time. */
const RULES: readonly Rule[] = [
  {
    ...BORN,
    says: "at most",
    formula: "1 - (1 - 2^-N)^H",
    needs: [...SYMMETRIC, "biases 0 or symmetric or a constant above 0", "an input that is not 0"],
    value: ({ width, depth }) => oneInputChance(width, depth),
  },
  {
    ...BORN,
    says: "at most",
    formula: "1 - (1 - 2^-N)^(H-1)",
    needs: [...ONE_INPUT, "inputs of both signs"],
    value: ({ width, depth }) => bothSignsMost(width, depth),
  },
  {
    ...BORN,
    says: "at least",
    formula: "1 - a^(H-1) + K (b^(H-1) - a^(H-1))",
    where: "a = 1 - 2^-N, b = 1 - 2^(1-N) - (N-1) 4^-N, K = a (1 - 2^(1-N)) / (1 + (N-1) 2^-N)",
    needs: [...ONE_INPUT, "inputs of both signs", "layers that read the one below"],
    value: ({ width, depth }) => bothSignsLeast(width, depth),
  },
  {
    ...BORN,
    says: "exactly",
    formula: "1 - 2^-(H-1)",
    needs: [...ONE_INPUT, "inputs of both signs", "layers that read the one below", "width 1"],
    value: ({ depth }) => bothSignsMost(1, depth),
  },
  {
    ...BORN,
    says: "exactly",
    formula: "1 - (1 - 2^-N)^H",
    needs: [...ONE_INPUT, "inputs of one sign"],
    value: ({ width, depth }) => oneInputChance(width, depth),
  },
  {
    ...BORN,
    says: "exactly",
    formula: "0",
    needs: [
      ...RELU,
      "initialization mirrored",
      "biases 0 or a constant above 0",
      "an input that is not 0",
    ],
    value: () => 0,
  },
  {
    ...BORN,
    says: "exactly",
    formula: "0",
    needs: [...RELU, "initialization sign-flip", "an input that is not 0"],
    value: () => 0,
  },
  {
    of: "dead neurons of the first layer",
    says: "exactly",
    formula: "the mean over both ends r of 1/(4r), or 1/2 - r/4 below 1",
    needs: [...RELU, "initialization pytorch with its biases", "one input", "inputs of both signs"],
    value: ({ low, high }) => (uniformNeuronDead(-low) + uniformNeuronDead(high)) / 2,
  },
];

/** @param points what the network is born to see, scaled */
export function applicableBounds(
  newborn: Newborn,
  { inputs, samples }: Pick<Points, "inputs" | "samples">,
): Bound[] {
  const setting: Setting = {
    ...newborn,
    biases: biasesOf(newborn),
    inputs: inputs.length / samples,
    low: inputs.reduce((least, x) => Math.min(least, x)),
    high: inputs.reduce((most, x) => Math.max(most, x)),
  };
  return RULES.map(({ needs, value, ...rule }) => {
    const missing = needs.filter((condition) => !CONDITIONS[condition](setting));
    return {
      ...rule,
      conditions: needs,
      missing,
      value: missing.length === 0 ? value(setting) : null,
    };
  });
}

/** The closest bounds that hold of the chance to be born dead; null where there is none. */
export function closestBounds(bounds: readonly Bound[]): {
  atLeast: number | null;
  atMost: number | null;
} {
  const values = (side: Bound["says"]) =>
    bounds.flatMap(({ of, says, value }) =>
      of === "born dead" && value !== null && [side, "exactly"].includes(says) ? [value] : [],
    );
  const [least, most] = [values("at least"), values("at most")];
  return {
    atLeast: least.length > 0 ? Math.max(...least) : null,
    atMost: most.length > 0 ? Math.min(...most) : null,
  };
}

/** The first of the connections whose hidden layers read what those of this one read. */
export function hiddenLike(connection: Connection): Connection {
  const { hidden, addsUp } = wiringOf({ connection });
  return CONNECTIONS.find((other) => {
    const wiring = wiringOf({ connection: other });
    return wiring.hidden === hidden && wiring.addsUp === addsUp;
  })!;
}

function biasesOf({ bias, initialization }: Newborn): Setting["biases"] {
  return bias === "scheme" ? OF_SCHEME[initialization].biases : biasesThatAre(bias);
}

function biasesThatAre(bias: Exclude<Bias, "scheme">): Setting["biases"] {
  const value = parameterOf(bias);
  if (value === 0) return "zero";
  return value > 0 ? "positive" : "negative";
}

interface SchemeTraits {
  readonly weights: "independent and symmetric" | "other";
  readonly biases: Setting["biases"];
}

const OF_SCHEME: Readonly<Record<Initialization, SchemeTraits>> = {
  pytorch: { weights: "independent and symmetric", biases: "symmetric" },
  "he-uniform": { weights: "independent and symmetric", biases: "zero" },
  "he-normal": { weights: "independent and symmetric", biases: "zero" },
  "xavier-uniform": { weights: "independent and symmetric", biases: "zero" },
  rai: { weights: "other", biases: "asymmetric" },
  mirrored: { weights: "other", biases: "zero" },
  "sign-flip": { weights: "other", biases: "symmetric" },
};
