/** How many inputs and outputs a dataset has, and so the networks that are trained on it. */
import { TARGETS } from "./target-functions.js";
import { type DatasetSpec, isOfFile } from "./trial.js";

export interface Dimensions {
  readonly inputs: number;
  readonly outputs: number;
}

/** @param spec without one, the thesis's: one input and one output */
export function dimensionsOf(spec?: DatasetSpec): Dimensions {
  if (!spec) return TARGETS.abs;
  if (!isOfFile(spec)) return TARGETS[spec.function];
  return { inputs: spec.inputs.length, outputs: spec.targets.length };
}
