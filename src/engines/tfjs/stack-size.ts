/** How many trials fit in one stack. */
import { dimensionsOf } from "../../model/dataset-dimensions.js";
import { parameterLayout } from "../../model/layout.js";
import { type Activation, type Cell, type NameOf, nameOf } from "../../model/trial.js";

/**
 * What the tensors of one stack may take, in bytes. WebAssembly's memory ends at 2 GiB in
 * TensorFlow.js's build, and half of it leaves room for what falls between its allocations.
 */
const STACK_BYTES = 2 ** 30;

/**
 * Float32 tensors alive at the end of a step, at most, as tf.profile counts them. As large as all hidden
 * outputs: those of the forward pass, what the activation makes on its way, and the gradients of each.
 */
const TENSORS_PER_OUTPUT: Readonly<Record<NameOf<Activation>, number>> = {
  relu: 8,
  "leaky-relu": 8,
  prelu: 16,
  elu: 10,
  gelu: 22,
  silu: 12,
};

/** As large as all that layers read, concatenated or not, and as large as the data. */
const TENSORS_PER_INPUT = 4;

/** As large as all parameters: these, their copies by layer, the gradients, Adam's two moments and the thirteen operations of its step. */
const TENSORS_PER_PARAMETER = 20;

/** An upper bound of what one trial takes in a stack, in bytes. */
export function bytesPerTrial(trial: Cell): number {
  const { depth, width, dataset, activation } = trial;
  const { hidden, output, count } = parameterLayout(trial);
  const { inputs, outputs } = dimensionsOf(dataset);
  const points = Math.max(dataset.samples, dataset.testSamples ?? 0);
  const read = hidden.reduce((sum, layer) => sum + layer.inputs, output.inputs);
  const perPoint =
    TENSORS_PER_OUTPUT[nameOf(activation)] * depth * width +
    TENSORS_PER_INPUT * (read + inputs + outputs);
  return 4 * (points * perPoint + TENSORS_PER_PARAMETER * count);
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
