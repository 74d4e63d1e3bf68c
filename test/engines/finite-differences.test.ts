/**
 * The reference engine's gradients against central differences, in float64: every activation with every
 * connection.
 *
 * With the others held, the loss is quadratic in any one parameter as long as no ReLU switches, leaky or
 * not, and differences of a quadratic are its derivative exactly: what is left is rounding. Of a smooth
 * activation, those of five points are off by step⁴/30 times the fifth derivative, 3e-14 times it.
 */
import { expect, it } from "vitest";
import { lossAndGradients } from "#lrn/engines/reference/loss.js";
import { forward, makeWorkspace, type Workspace } from "#lrn/engines/reference/network.js";
import { type Dataset, makeDataset } from "#lrn/model/dataset.js";
import { parameterLayout } from "#lrn/model/layout.js";
import { numpyStream } from "#lrn/model/random.js";
import {
  type Activation,
  CONNECTIONS,
  type DatasetSpec,
  type Network,
  phraseOf,
  THESIS_DATASET,
} from "#lrn/model/trial.js";
import { float64 } from "./float64.js";
import { ACTIVATION_VALUES } from "./values.js";

const STEP = 1e-3;
/** Some times the rounding of the losses, divided by the step. */
const BOUND = 1e-10;
/** Their first derivative has no jump, so that they may be crossed anywhere. */
const SMOOTH: readonly Activation[] = ["gelu", "silu"];
const DEPTHS = [1, 2, 3, 4, 5, 6];
const WIDTH = 3;
const ALL = Int32Array.of(3, 0, 2, 1);
const SEEN = [Int32Array.of(1), ALL];
const SPECS: readonly DatasetSpec[] = [
  { ...THESIS_DATASET, samples: ALL.length },
  { ...THESIS_DATASET, samples: ALL.length, function: "abs-sum-difference" },
];

interface Case {
  readonly network: Network;
  readonly dataset: Dataset;
  readonly space: Workspace;
  readonly parameters: Float64Array;
}

/** The parameters of the first seed at which most neurons are alive and no step crosses a kink. */
function caseOf(network: Network): Case {
  const { count } = parameterLayout(network);
  const space = makeWorkspace(float64, network);
  const dataset = makeDataset(network.dataset!);
  for (let seed = 0; seed < 500; seed++) {
    const stream = numpyStream(seed);
    const parameters = Float64Array.from({ length: count }, () => 1.6 * stream() - 0.8);
    const found = { network, dataset, space, parameters };
    if (isAlive(found) && isClear(found)) return found;
  }
  throw new Error(`no seed below 500 suits ${JSON.stringify(network)}`);
}

/** Which weighted sums are above 0, sample by sample: a 1 for each. */
function activity({ dataset, space }: Case, parameters: Float64Array): string {
  const { inputs, samples } = dataset;
  const ins = inputs.length / samples;
  return Array.from({ length: samples }, (_, s) => {
    forward(float64, space, parameters, inputs.subarray(s * ins, (s + 1) * ins));
    return space.sums.map((z) => Array.from(z, (sum) => (sum > 0 ? 1 : 0)).join("")).join("");
  }).join(" ");
}

/**
 * A sum is linear in one parameter as long as those below it switch nowhere, so where both ends of a
 * step show the same activity, layer after layer has no kink between them.
 */
function isClear(of: Case): boolean {
  if (SMOOTH.includes(of.network.activation!)) return true;
  const here = activity(of, of.parameters);
  return of.parameters.every((_, i) =>
    [-2 * STEP, 2 * STEP].every((by) => activity(of, moved(of.parameters, i, by)) === here),
  );
}

/** PReLU's slopes are used where a sum is below 0, which is to be in every layer. */
function isAlive(of: Case): boolean {
  const gradients = gradientsOf(of, ALL);
  const first = firstTrained(of.network);
  const slopes = parameterLayout(of.network).hidden.map(({ slope }) => slope ?? -1);
  return (
    gradients.subarray(first).filter((g) => Math.abs(g) > 1e-4).length >
      (gradients.length - first) / 2 &&
    slopes.every((slope) => slope < first || gradients[slope] !== 0)
  );
}

/** Of the frozen only the output neurons are trained. */
function firstTrained(network: Network): number {
  return network.connection === "late-residual-frozen"
    ? parameterLayout(network).output.weights
    : 0;
}

function gradientsOf({ dataset, space, parameters }: Case, seen: Int32Array): Float64Array {
  const gradients = new Float64Array(parameters.length);
  const loss = lossAndGradients(float64, space, parameters, dataset, seen, gradients);
  expect(loss).toBeCloseTo(lossOf({ dataset, space }, parameters, seen), 13);
  return gradients;
}

/** The mean squared error over samples and outputs. */
function lossOf(
  { dataset, space }: Pick<Case, "dataset" | "space">,
  parameters: Float64Array,
  seen: Int32Array,
): number {
  const { inputs, targets, samples } = dataset;
  const ins = inputs.length / samples;
  const outs = targets.length / samples;
  let squares = 0;
  for (const s of seen) {
    const y = forward(float64, space, parameters, inputs.subarray(s * ins, (s + 1) * ins));
    for (let k = 0; k < outs; k++) squares += (y[k] - targets[s * outs + k]) ** 2;
  }
  return squares / (seen.length * outs);
}

function moved(parameters: Float64Array, index: number, by: number): Float64Array {
  const copy = parameters.slice();
  copy[index] += by;
  return copy;
}

/** dL/dp from four points around p. */
function difference(of: Case, index: number, seen: Int32Array): number {
  const at = (steps: number) => lossOf(of, moved(of.parameters, index, steps * STEP), seen);
  return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * STEP);
}

function expectDifferences(of: Case, seen: Int32Array, indices: Iterable<number>): void {
  const gradients = gradientsOf(of, seen);
  for (const i of indices) {
    const error = Math.abs(difference(of, i, seen) - gradients[i]);
    if (!(error <= BOUND))
      expect.fail(`parameter ${i} is ${error} off: ${JSON.stringify(of.network)}`);
  }
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

const PAIRS = CONNECTIONS.flatMap((connection) =>
  ACTIVATION_VALUES.flatMap((activation) =>
    SPECS.map((dataset, i) => ({
      title: `${connection}, ${phraseOf(activation)}, ${i === 0 ? "1 input" : "2 inputs, 2 outputs"}`,
      networks: DEPTHS.map((depth) => ({ depth, width: WIDTH, connection, activation, dataset })),
    })),
  ),
);

it.each(PAIRS)(
  "the gradients are the differences of the loss of one sample and of all, at depth 1 to 6: $title",
  ({ networks }) => {
    for (const of of networks.map(caseOf)) {
      const trained = range(firstTrained(of.network), of.parameters.length);
      for (const seen of SEEN) expectDifferences(of, seen, trained);
    }
  },
);

it.each(PAIRS.filter(({ title }) => title.includes("frozen")))(
  "hidden layers have no gradients, though the loss depends on them: $title",
  ({ networks }) => {
    for (const of of networks.map(caseOf)) {
      const gradients = gradientsOf(of, ALL);
      const hidden = range(0, firstTrained(of.network));
      expect(hidden.every((i) => gradients[i] === 0)).toBe(true);
      expect(hidden.some((i) => difference(of, i, ALL) !== 0)).toBe(true);
    }
  },
);
