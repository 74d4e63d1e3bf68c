/** What of trials can be shown or compared: whether they converged, and every number that a trained one has. */
import {
  columnOfNumber,
  hasConverged,
  isOfOtherThreshold,
  LATER_NUMBERS,
  type LaterNumber,
  numberOf,
  type Outcome,
} from "../model/outcome.js";

export interface Measure {
  /** As the command line names it: `dead-neurons`; of convergence also its column. */
  readonly name: string;
  /** As a column of rows: `dead_neurons`; `rate` of convergence. */
  readonly column: string;
  /** The field of a trained outcome that has the number. */
  readonly field: "finalRmse" | "deadNeurons" | "deadLayers" | LaterNumber;
  /** `rate`: each trial has it or not, as 1 or 0. `count`: whole numbers. `error`: real ones, with a long tail. */
  readonly kind: "rate" | "count" | "error";
  /** In words, of many trials: `share converged`, `mean dead neurons born`; of what plots give as a median, `final RMSE`. */
  readonly label: string;
  /** Whether plots give its median with the quartiles, as of what has a long tail, instead of its mean. */
  readonly isMedian: boolean;
  /** Only of convergence: the threshold turns the final RMSE into yes or no, and what overflowed has not converged. */
  readonly isConvergence: boolean;
}

type Field = Measure["field"];

const FIELDS: readonly Field[] = ["finalRmse", "deadNeurons", "deadLayers", ...LATER_NUMBERS];

export const CONVERGED: Measure = {
  name: "converged",
  column: "rate",
  field: "finalRmse",
  kind: "rate",
  label: "share converged",
  isMedian: false,
  isConvergence: true,
};

/** By their names, in the order of a trial's columns. */
export const MEASURES: ReadonlyMap<string, Measure> = new Map(
  [CONVERGED, ...FIELDS.map(measureOf)].map((measure) => [measure.name, measure]),
);

function measureOf(field: Field): Measure {
  const column = columnOfNumber(field as LaterNumber);
  const name = column.replaceAll("_", "-");
  const kind = kindOf(field);
  const isMedian = kind === "error" || field === "epochsToConverge";
  const label = isMedian
    ? wordsOf(field)
    : `${kind === "rate" ? "share" : "mean"} ${wordsOf(field)}`;
  return { name, column, field, kind, label, isMedian, isConvergence: false };
}

function kindOf(field: Field): Measure["kind"] {
  if (field.startsWith("collapsed")) return "rate";
  return /rmse$/i.test(field) ? "error" : "count";
}

function wordsOf(field: Field): string {
  return columnOfNumber(field as LaterNumber)
    .replaceAll("_", " ")
    .replace("no gradient", "no-gradient")
    .replace("dead on domain", "neurons dead on the domain")
    .replace("rmse", "RMSE")
    .replace("first layer", "first-layer")
    .replace("collapsed born", "collapsed at birth");
}

/** Which trained trials a number is taken from. Convergence is of all trials, whatever came of them. */
export type Among = "trained" | "converged";

/** Whether only converged trials have the number. */
export function isOfConverged({ field, isConvergence }: Measure, among: Among): boolean {
  return !isConvergence && (among === "converged" || field === "epochsToConverge");
}

/** How a measure is read off trials. */
export interface MeasureOptions {
  /** The largest RMSE of a converged trial, in original units. */
  readonly threshold: number;
  readonly among: Among;
}

/**
 * Why a trial has no number: what else came of it, it was never taken down or for another threshold, or it is not
 * among those asked for.
 */
export type Unmeasured = "failed" | "diverged" | "unknown" | "otherThreshold" | "notConverged";

export function measured(
  measure: Measure,
  outcome: Outcome,
  { threshold, among }: MeasureOptions,
): number | Unmeasured {
  const { field, isConvergence } = measure;
  if (isConvergence) return Number(hasConverged(outcome, threshold));
  if (outcome.state !== "trained") return outcome.state;
  if (isOfConverged(measure, among) && !hasConverged(outcome, threshold)) return "notConverged";
  const value = numberOf(outcome, field, threshold);
  if (value !== undefined) return value;
  const isOfOther = field === "epochsToConverge" && isOfOtherThreshold(outcome, threshold);
  return isOfOther ? "otherThreshold" : "unknown";
}

/** The later numbers among what measures are read off. */
export function laterNumbersOf(measures: readonly Measure[]): LaterNumber[] {
  return LATER_NUMBERS.filter((name) => measures.some(({ field }) => field === name));
}
