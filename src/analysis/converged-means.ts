/** Mean dead neurons or dead layers of a cell's converged trials, and how sure they are. */
import { hasConverged } from "../model/outcome.js";
import type { Cell } from "../model/trial.js";
import type { CellTrial } from "./cell-summaries.js";
import { type MeanInterval, meanInterval } from "./mean-intervals.js";

export interface ConvergedMean {
  readonly cell: Cell;
  readonly trials: number;
  readonly converged: number;
  /** Null where no trial converged. */
  readonly interval: MeanInterval | null;
}

/** @param threshold the largest RMSE of a converged trial, in original units */
export function convergedMean(
  cell: Cell,
  trials: readonly Pick<CellTrial, "outcome">[],
  of: "deadNeurons" | "deadLayers",
  threshold: number,
): ConvergedMean {
  const values = trials.flatMap(({ outcome }) =>
    outcome.state === "trained" && hasConverged(outcome, threshold) ? [outcome[of]] : [],
  );
  return { cell, trials: trials.length, converged: values.length, interval: meanInterval(values) };
}
