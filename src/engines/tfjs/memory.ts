/** How many trials fit in one stack. */
import { dimensionsOf } from "../../model/dataset-dimensions.js";
import { type Layout, parameterLayout } from "../../model/layout.js";
import { type Activation, type Cell, type NameOf, nameOf } from "../../model/trial.js";
import { readAlike } from "./stack-layout.js";

/**
 * What the tensors of one stack may take, in bytes. WebAssembly's memory ends at 2 GiB in
 * TensorFlow.js's build, and half of it leaves room for what falls between its allocations.
 */
const STACK_BYTES = 2 ** 30;

/**
 * Float32 tensors alive at the end of a step, at most. As large as all hidden outputs: those of the
 * forward pass, what the activation makes on its way, their concatenation, and the gradients of each.
 */
const TENSORS_PER_OUTPUT: Readonly<Record<NameOf<Activation>, number>> = {
  relu: 12,
  "leaky-relu": 12,
  prelu: 20,
  elu: 14,
  gelu: 26,
  silu: 16,
};

/** As large as all that layers read, where they read more than the layer below: concatenations, and their gradients. */
const TENSORS_PER_READ = 4;

/** As large as the inputs and the predictions: these, the targets, the errors and their gradients. */
const TENSORS_PER_END = 6;

/**
 * As large as all parameters: these, their copies by layer, the gradients, Adam's two moments and the
 * thirteen operations of its step.
 */
const TENSORS_PER_PARAMETER = 20;

/** An upper bound of what one trial takes in a stack, in bytes. */
export function bytesPerTrial(trial: Cell): number {
  const { depth, width, dataset } = trial;
  const { inputs, outputs } = dimensionsOf(dataset);
  const layout = parameterLayout(trial);
  const perPoint =
    TENSORS_PER_OUTPUT[nameOf(trial.activation)] * depth * width +
    (readAlike(trial) ? 0 : TENSORS_PER_READ * numbersRead(layout)) +
    TENSORS_PER_END * (inputs + outputs);
  const points = Math.max(dataset.samples, dataset.testSamples ?? 0);
  return 4 * (perPoint * points + TENSORS_PER_PARAMETER * layout.count);
}

/** How many numbers all layers of a network read. */
function numbersRead({ hidden, output }: Layout): number {
  return hidden.reduce((total, { inputs }) => total + inputs, output.inputs);
}

/** @returns how many trials of this shape one stack may hold, at least 1 where one fits at all */
export function trialsPerStack(trial: Cell): number {
  return Math.floor(STACK_BYTES / bytesPerTrial(trial));
}

/** @returns why not even one trial of the cell fits in a stack, where none does */
export function stackRefusal(cell: Cell): string | undefined {
  const bytes = bytesPerTrial(cell);
  if (bytes <= STACK_BYTES) return undefined;
  return (
    `depth ${cell.depth}, width ${cell.width}: training one such network with tfjs would take about ` +
    `${gibibytes(bytes)} GiB, and its memory ends at ${gibibytes(STACK_BYTES)} GiB; ` +
    "take a smaller network or another engine"
  );
}

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(1);
}
