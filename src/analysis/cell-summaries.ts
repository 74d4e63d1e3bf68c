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
import { confidenceSequence } from "./confidence-sequence.js";
import { wilsonInterval } from "./intervals.js";
import { intervalUntil } from "./sampling-until.js";
import { isEnough } from "./sampling-until-narrow.js";

/** The part of a stored trial that a cell's numbers are made of. */
export interface CellTrial {
  readonly outcome: Outcome;
  readonly trainMs: number;
}

/** What ends a cell's trials, where their number was not fixed before; one of these at the most. */
export interface StoppingRule {
  /** The cell is done with its converged trial of this number. */
  readonly untilConverged?: number | undefined;
  /** The cell is done once its rate's confidence sequence is so narrow, from its low to its high end. */
  readonly untilWidth?: number | undefined;
}

/** How many trials a cell is to have. */
export interface AskedTrials extends StoppingRule {
  /** With a stopping rule, at the most. */
  readonly trials: number;
}

/** Whether how many trials a cell has depends on what came of them. */
export function isSequential({ untilConverged, untilWidth }: StoppingRule): boolean {
  return untilConverged !== undefined || untilWidth !== undefined;
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
    rate: rateOf(converged.length, trials.length, asked),
    means: converged.length === 0 ? null : meansOf(converged, threshold),
    trainedMeans: laterMeans(trials, threshold),
  };
}

/** Whether a cell has all the trials that it is to have. */
export function isFinished({ asked, trials, converged }: CellSummary): boolean {
  const { untilConverged, untilWidth } = asked;
  return (
    trials >= asked.trials ||
    converged >= (untilConverged ?? Number.POSITIVE_INFINITY) ||
    (untilWidth !== undefined && isEnough(converged, trials, untilWidth))
  );
}

/**
 * A cell's rate, and the 95 % interval that its way of sampling gives: Wilson's where the number of trials was
 * fixed, the exact one where they ended with a converged trial, the confidence sequence where they ended once that was
 * narrow enough.
 *
 * The rate itself is converged / trials always. Where trials ended with a converged one, that is
 * its likeliest value, but on average somewhat too high; the interval is not.
 *
 * @returns null where there are no trials
 */
export function rateOf(
  converged: number,
  trials: number,
  { untilConverged, untilWidth }: StoppingRule = {},
): Rate | null {
  if (trials === 0) return null;
  const interval =
    untilWidth !== undefined
      ? confidenceSequence(converged, trials)
      : untilConverged !== undefined
        ? intervalUntil(converged, trials, untilConverged)
        : wilsonInterval(converged, trials);
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
