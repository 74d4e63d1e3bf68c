/** What the trials of one cell say together. */
import {
  hasConverged,
  LATER_NUMBERS,
  type LaterNumber,
  numberOf,
  type Outcome,
  type OutcomeState,
} from "../model/outcome.js";
import type { Cell } from "../model/trial.js";
import { wilsonInterval } from "./intervals.js";
import { intervalUntil } from "./sampling-until.js";

/** The part of a stored trial that a cell's numbers are made of. */
export interface CellTrial {
  readonly outcome: Outcome;
  readonly trainMs: number;
}

/** How many trials a cell is to have. */
export interface AskedTrials {
  /** With `untilConverged`, at the most. */
  readonly trials: number;
  /** The cell is done with its converged trial of this number. */
  readonly untilConverged?: number | undefined;
}

export interface Rate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Of each later number the mean over the trials that have it; null where none has. */
export type LaterMeans = Readonly<Record<LaterNumber, number | null>>;

export interface CellSummary {
  readonly cell: Cell;
  readonly trials: number;
  readonly asked: AskedTrials;
  /** The largest RMSE of a converged trial, in original units. */
  readonly threshold: number;
  readonly converged: number;
  /** Trials whose numbers overflowed, and those that an engine error kept from ending. */
  readonly diverged: number;
  readonly failed: number;
  /** converged / trials, with its 95 % interval; null where nothing was trained yet. */
  readonly rate: Rate | null;
  /** Means over the converged trials only, as in the thesis; null where there are none. */
  readonly means:
    | ({
        readonly deadNeurons: number;
        readonly deadLayers: number;
        readonly trainMs: number;
      } & LaterMeans)
    | null;
  /** Over all trained trials, converged or not. */
  readonly trainedMeans: LaterMeans;
}

/**
 * @param threshold the largest RMSE of a converged trial, in original units
 * @param asked how many trials the cell was to have: these, unless told
 */
export function summarizeCell(
  cell: Cell,
  trials: readonly CellTrial[],
  threshold: number,
  asked: AskedTrials = { trials: trials.length },
): CellSummary {
  const converged = trials.filter(({ outcome }) => hasConverged(outcome, threshold));
  const ended = (as: OutcomeState) => trials.filter(({ outcome }) => outcome.state === as).length;
  return {
    cell,
    trials: trials.length,
    asked,
    threshold,
    converged: converged.length,
    diverged: ended("diverged"),
    failed: ended("failed"),
    rate: rateOf(converged.length, trials.length, asked.untilConverged),
    means: converged.length === 0 ? null : meansOf(converged, threshold),
    trainedMeans: laterMeans(trials, threshold),
  };
}

/** Whether a cell has all the trials that it is to have. */
export function isFinished({ asked, trials, converged }: CellSummary): boolean {
  return trials >= asked.trials || converged >= (asked.untilConverged ?? Number.POSITIVE_INFINITY);
}

/**
 * A cell's rate, and the 95 % interval that its way of sampling gives: Wilson's where the number of trials was
 * fixed, the exact one where they ended with a converged trial.
 *
 * The rate itself is converged / trials either way. Where trials ended with a converged one, that is
 * its likeliest value, but on average somewhat too high; the interval is not.
 *
 * @returns null where there are no trials
 */
export function rateOf(converged: number, trials: number, untilConverged?: number): Rate | null {
  if (trials === 0) return null;
  const interval =
    untilConverged === undefined
      ? wilsonInterval(converged, trials)
      : intervalUntil(converged, trials, untilConverged);
  return { value: converged / trials, ...interval };
}

function meansOf(converged: readonly CellTrial[], threshold: number) {
  const mean = (value: (trial: CellTrial) => number) =>
    converged.reduce((total, trial) => total + value(trial), 0) / converged.length;
  return {
    deadNeurons: mean(({ outcome }) => (outcome.state === "trained" ? outcome.deadNeurons : 0)),
    deadLayers: mean(({ outcome }) => (outcome.state === "trained" ? outcome.deadLayers : 0)),
    trainMs: mean(({ trainMs }) => trainMs),
    ...laterMeans(converged, threshold),
  };
}

function laterMeans(trials: readonly CellTrial[], threshold: number): LaterMeans {
  const entries = LATER_NUMBERS.map((name) => {
    const values = trials.flatMap(({ outcome }) =>
      outcome.state === "trained" ? (numberOf(outcome, name, threshold) ?? []) : [],
    );
    const mean = values.reduce((total, value) => total + value, 0) / values.length;
    return [name, values.length === 0 ? null : mean];
  });
  return Object.fromEntries(entries) as LaterMeans;
}
