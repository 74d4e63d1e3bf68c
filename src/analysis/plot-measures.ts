/** The numbers of a trial that can be shown for many trials at once, each with its way to be summarized. */
import {
  columnOfNumber,
  hasConverged,
  isRmse,
  LATER_NUMBERS,
  type LaterNumber,
  type Outcome,
} from "../model/outcome.js";

export type MeasureName = "rate" | "finalRmse" | "deadNeurons" | "deadLayers" | LaterNumber;

/** Which trained trials a number is taken from. A rate is of all trials, whatever came of them. */
export type Among = "trained" | "converged";
export const AMONG: readonly Among[] = ["trained", "converged"];

export interface Measure {
  readonly name: MeasureName;
  /** As a column of rows: `dead_neurons`; with dashes, as a flag's value. */
  readonly column: string;
  /** A share of trials; a mean over trials; or a median with quartiles, on a logarithmic axis. */
  readonly kind: "share" | "mean" | "distribution";
  /** In words: `mean dead neurons born`. */
  readonly label: string;
}

const SHARES: Partial<Record<MeasureName, string>> = {
  rate: "share converged",
  collapsed: "share collapsed",
  collapsedBorn: "share collapsed at birth",
};

const NAMES: readonly MeasureName[] = [
  "rate",
  "finalRmse",
  "deadNeurons",
  "deadLayers",
  ...LATER_NUMBERS,
];

/** In the order of a trial's columns. */
export const MEASURES: readonly Measure[] = NAMES.map((name) => {
  const column = columnOfNumber(name as LaterNumber);
  const words = column
    .replaceAll("_", " ")
    .replace("no gradient", "no-gradient")
    .replace("dead on domain", "neurons dead on the domain")
    .replace("rmse", "RMSE")
    .replace("first layer", "first-layer");
  if (SHARES[name]) return { name, column, kind: "share", label: SHARES[name] };
  const isError = name === "finalRmse" || isRmse(name as LaterNumber);
  if (isError) return { name, column, kind: "distribution", label: words };
  return { name, column, kind: "mean", label: `mean ${words}` };
});

/** How one number is read off trials. */
export interface MeasureOptions {
  /** The largest RMSE of a converged trial, in original units. */
  readonly threshold: number;
  readonly among: Among;
}

/** @returns undefined where the trial has no such number, or is not among those that are asked for */
export function measured(
  { name }: Measure,
  outcome: Outcome,
  { threshold, among }: MeasureOptions,
): number | undefined {
  if (name === "rate") return Number(hasConverged(outcome, threshold));
  if (outcome.state !== "trained") return undefined;
  if (among === "converged" && !hasConverged(outcome, threshold)) return undefined;
  return outcome[name];
}
