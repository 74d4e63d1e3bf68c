/** How many inputs and outputs a dataset has, and so the networks that are trained on it. */
import { TARGETS } from "./target-functions.js";
import type { DatasetSpec } from "./trial.js";

export interface Dimensions {
  readonly inputs: number;
  readonly outputs: number;
}

/** @param spec without one, the thesis's: one input and one output */
export function dimensionsOf(spec?: DatasetSpec): Dimensions {
  return TARGETS[spec?.function ?? "abs"];
}
