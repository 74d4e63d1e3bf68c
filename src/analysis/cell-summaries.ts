/** What the trials of one cell say together. */
import { hasConverged, type Outcome } from "../model/outcome.js";
import type { Cell } from "../model/trial.js";
import { wilsonInterval } from "./intervals.js";

/** The part of a stored trial that a cell's numbers are made of. */
export interface CellTrial {
  readonly outcome: Outcome;
  readonly trainMs: number;
}

export interface CellSummary {
  readonly cell: Cell;
  readonly trials: number;
  readonly converged: number;
  /** converged / trials, with its 95 % Wilson interval; null where nothing was trained yet. */
  readonly rate: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** Means over the converged trials only, as in the thesis; null where there are none. */
  readonly means: {
    readonly deadNeurons: number;
    readonly deadLayers: number;
    readonly trainMs: number;
  } | null;
}

export function summarizeCell(
  cell: Cell,
  trials: readonly CellTrial[],
  threshold: number,
): CellSummary {
  const converged = trials.filter(({ outcome }) => hasConverged(outcome, threshold));
  return {
    cell,
    trials: trials.length,
    converged: converged.length,
    rate: trials.length === 0 ? null : rateOf(converged.length, trials.length),
    means: converged.length === 0 ? null : meansOf(converged),
  };
}

function rateOf(converged: number, trials: number) {
  return { value: converged / trials, ...wilsonInterval(converged, trials) };
}

function meansOf(converged: readonly CellTrial[]) {
  const mean = (value: (trial: CellTrial) => number) =>
    converged.reduce((total, trial) => total + value(trial), 0) / converged.length;
  return {
    deadNeurons: mean(({ outcome }) => (outcome.state === "trained" ? outcome.deadNeurons : 0)),
    deadLayers: mean(({ outcome }) => (outcome.state === "trained" ? outcome.deadLayers : 0)),
    trainMs: mean(({ trainMs }) => trainMs),
  };
}
