/** Which bounds hold of what, held to networks as trials draw them. */
import { describe, expect, it } from "vitest";
import {
  applicableBounds,
  closestBounds,
  hiddenLike,
  type Newborn,
} from "#lrn/analysis/applicable-bounds.js";
import { makeDataset } from "#lrn/model/dataset.js";
import {
  CONNECTIONS,
  type DatasetSpec,
  INITIALIZATIONS,
  THESIS_DATASET,
} from "#lrn/model/trial.js";
import { countBornDead } from "#lrn/runs/born-dead.js";

const NEWBORN: Newborn = {
  depth: 5,
  width: 2,
  connection: "plain",
  activation: "relu",
  initialization: "pytorch",
  bias: "scheme",
  dataset: THESIS_DATASET,
};
const ABOVE_0: DatasetSpec = { ...THESIS_DATASET, domain: [0.5, 2], standardize: "none" };
const TWO_INPUTS: DatasetSpec = { ...THESIS_DATASET, function: "abs-sum-difference" };

const boundsOf = (newborn: Newborn) => applicableBounds(newborn, makeDataset(newborn.dataset));
const holding = (change: Partial<Newborn>) =>
  boundsOf({ ...NEWBORN, ...change })
    .filter(({ value, of }) => value !== null && of === "born dead")
    .map(({ says, formula }) => `${says} ${formula}`);

const ANY = "at most 1 - (1 - 2^-N)^H";
const BOTH = "at most 1 - (1 - 2^-N)^(H-1)";
const LEAST = "at least 1 - a^(H-1) + K (b^(H-1) - a^(H-1))";
const ONE_NEURON = "exactly 1 - 2^-(H-1)";
const ONE_INPUT = "exactly 1 - (1 - 2^-N)^H";
const above = { name: "constant", value: 0.1 } as const;

it.each<[Partial<Newborn>, string[]]>([
  [{}, [ANY]],
  [{ bias: "zero" }, [ANY, BOTH, LEAST]],
  [{ bias: { name: "constant", value: 0 } }, [ANY, BOTH, LEAST]],
  [{ bias: above }, [ANY]],
  [{ bias: { name: "constant", value: -0.1 } }, []],
  [{ initialization: "he-uniform" }, [ANY, BOTH, LEAST]],
  [{ initialization: "he-normal", width: 1 }, [ANY, BOTH, LEAST, ONE_NEURON]],
  [{ initialization: "xavier-uniform", connection: "late-residual" }, [ANY, BOTH, LEAST]],
  [{ initialization: "he-normal", connection: "residual" }, [ANY, BOTH]],
  [{ initialization: "he-normal", connection: "dense" }, [ANY, BOTH]],
  [{ initialization: "he-normal", dataset: ABOVE_0 }, [ANY, ONE_INPUT]],
  [{ initialization: "he-normal", dataset: TWO_INPUTS }, [ANY]],
  [{ initialization: "rai" }, []],
  [{ initialization: "rai", bias: "zero" }, []],
  [{ initialization: "mirrored" }, ["exactly 0"]],
  [{ initialization: "mirrored", bias: above }, ["exactly 0"]],
  [{ initialization: "mirrored", bias: { name: "constant", value: -1 } }, []],
  [{ initialization: "sign-flip" }, ["exactly 0"]],
  [{ activation: "gelu", bias: "zero" }, []],
])("of %j hold %j", (change, expected) => {
  expect(holding(change)).toEqual(expected);
});

it("says of the others what is missing", () => {
  const [, both] = boundsOf({ ...NEWBORN, dataset: TWO_INPUTS });
  expect(both).toMatchObject({ value: null, missing: ["biases 0", "one input"] });
});

/** The conditions of biases are the same whatever layers read. */
function connectionsWith(bias: Newborn["bias"]) {
  return bias === "zero" ? (["plain", "residual", "dense"] as const) : (["plain"] as const);
}

describe("whatever holds is so", () => {
  const CASES = INITIALIZATIONS.flatMap((initialization) =>
    (["scheme", "zero", above] as const).flatMap((bias) =>
      connectionsWith(bias).flatMap((connection) =>
        [THESIS_DATASET, ABOVE_0, TWO_INPUTS].map(
          (dataset): Newborn => ({ ...NEWBORN, initialization, bias, connection, dataset }),
        ),
      ),
    ),
  );
  const networks = 300;

  it.each(INITIALIZATIONS)("%s", (name) => {
    for (const newborn of CASES.filter(({ initialization }) => initialization === name)) {
      const { rate } = countBornDead(newborn, makeDataset(newborn.dataset), networks);
      const { atLeast, atMost } = closestBounds(boundsOf(newborn));
      const reach = (p: number) => 3.5 * Math.sqrt((p * (1 - p)) / networks) + 1e-9;
      if (atLeast !== null)
        expect(rate, JSON.stringify(newborn)).toBeGreaterThanOrEqual(atLeast - reach(atLeast));
      if (atMost !== null)
        expect(rate, JSON.stringify(newborn)).toBeLessThanOrEqual(atMost + reach(atMost));
    }
  });

  it("PyTorch's first layer, on an interval that is not symmetric", () => {
    const dataset: DatasetSpec = { ...THESIS_DATASET, domain: [-3, 0.5], standardize: "none" };
    const newborn: Newborn = { ...NEWBORN, depth: 1, width: 50, dataset };
    const bound = boundsOf(newborn).find(({ of }) => of !== "born dead")!;
    const { firstLayerDead } = countBornDead(newborn, makeDataset(dataset), 1000);
    expect(Math.abs(firstLayerDead - bound.value!)).toBeLessThan(0.007);
  });
});

it("knows whose hidden layers are alike", () => {
  expect(CONNECTIONS.map(hiddenLike)).toEqual(["plain", "plain", "residual", "dense", "plain"]);
});
