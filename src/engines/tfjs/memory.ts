/** How many trials fit in one stack. */
import { parameterLayout } from "../../model/layout.js";
import type { Cell } from "../../model/trial.js";

/**
 * What the tensors of one stack may take, in bytes. WebAssembly's memory ends at 2 GiB in
 * TensorFlow.js's build, and half of it leaves room for what falls between its allocations.
 */
const STACK_BYTES = 2 ** 30;

/**
 * Float32 tensors alive at the end of a step, at most. As large as all hidden outputs: those of the
 * forward pass, their concatenation, and the gradients of each. As large as all parameters: these, their
 * copies by layer, the gradients, Adam's two moments and the thirteen operations of its step.
 */
const TENSORS_PER_OUTPUT = 12;
const TENSORS_PER_PARAMETER = 20;

/** An upper bound of what one trial takes in a stack, in bytes. */
export function bytesPerTrial(trial: Cell): number {
  const outputs = trial.depth * trial.width * trial.dataset.samples;
  const parameters = parameterLayout(trial).count;
  return 4 * (TENSORS_PER_OUTPUT * outputs + TENSORS_PER_PARAMETER * parameters);
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
