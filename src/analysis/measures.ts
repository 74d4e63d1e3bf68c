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
  /** In words, of many trials: `share converged`, `mean dead neurons born`, `final RMSE`. */
  readonly label: string;
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
  return { name, column, field, kind, label: labelOf(field, kind), isConvergence: false };
}

function kindOf(field: Field): Measure["kind"] {
  if (field.startsWith("collapsed")) return "rate";
  return /rmse$/i.test(field) ? "error" : "count";
}

function labelOf(field: Field, kind: Measure["kind"]): string {
  const words = columnOfNumber(field as LaterNumber)
    .replaceAll("_", " ")
    .replace("no gradient", "no-gradient")
    .replace("dead on domain", "neurons dead on the domain")
    .replace("rmse", "RMSE")
    .replace("first layer", "first-layer")
    .replace("collapsed born", "collapsed at birth");
  return { rate: `share ${words}`, count: `mean ${words}`, error: words }[kind];
}

/** Which trained trials a number is taken from. Convergence is of all trials, whatever came of them. */
export type Among = "trained" | "converged";

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
  { field, isConvergence }: Measure,
  outcome: Outcome,
  { threshold, among }: MeasureOptions,
): number | Unmeasured {
  if (isConvergence) return Number(hasConverged(outcome, threshold));
  if (outcome.state !== "trained") return outcome.state;
  const isAsked = among === "trained" && field !== "epochsToConverge";
  if (!isAsked && !hasConverged(outcome, threshold)) return "notConverged";
  const value = numberOf(outcome, field, threshold);
  if (value !== undefined) return value;
  const isOfOther = field === "epochsToConverge" && isOfOtherThreshold(outcome, threshold);
  return isOfOther ? "otherThreshold" : "unknown";
}

/** The later numbers among what measures are read off. */
export function laterNumbersOf(measures: readonly Measure[]): LaterNumber[] {
  return LATER_NUMBERS.filter((name) => measures.some(({ field }) => field === name));
}
