/** What of trials can be shown or compared: whether they converged, every number that a trained one has, and what follows. */
import {
  columnOfNumber,
  hasConverged,
  isOfOneThreshold,
  isOfOtherThreshold,
  LATER_NUMBERS,
  type LaterNumber,
  NUMBERS_OF,
  type NumberName,
  type NumberOf,
  numberOf,
  type Outcome,
} from "../model/outcome.js";
import type { Cell } from "../model/trial.js";
import { DERIVED, type Derived } from "./derived-measures.js";

export interface Measure {
  /** As the command line names it: `dead-neurons`; of convergence also its column. */
  readonly name: string;
  /** As a column of rows: `dead_neurons`; `rate` of convergence. */
  readonly column: string;
  /** The field of a trained outcome that has the number. */
  readonly field: NumberName;
  /** `rate`: each trial has it or not, as 1 or 0. `count`: whole numbers. `error`: real ones, with a long tail. */
  readonly kind: "rate" | "count" | "error";
  /** In words, of many trials: `share converged`, `mean dead neurons born`; of what plots give as a median, `final RMSE`. */
  readonly label: string;
  /** Whether plots give its median with the quartiles, as of what has a long tail, instead of its mean. */
  readonly isMedian: boolean;
  /** Only of convergence: the threshold turns the final RMSE into yes or no, and what overflowed has not converged. */
  readonly isConvergence: boolean;
  /** Where no field has the number: how it is worked out. */
  readonly derived?: Derived;
  /** Whether a count is taken as a share of all neurons, or layers, of its network. */
  readonly isShare?: boolean;
}

const NAMES: readonly NumberName[] = ["finalRmse", "deadNeurons", "deadLayers", ...LATER_NUMBERS];

const WORDS: Readonly<Record<NumberName, string>> = {
  finalRmse: "final RMSE",
  deadNeurons: "dead neurons",
  deadLayers: "dead layers",
  deadOnDomain: "neurons dead on the domain",
  testRmse: "test RMSE",
  deadNeuronsBorn: "dead neurons born",
  deadNeuronsRevived: "dead neurons revived",
  deadLayersBorn: "dead layers born",
  deadLayersRevived: "dead layers revived",
  constantNeurons: "constant neurons",
  constantNeuronsBorn: "constant neurons born",
  constantNeuronsRevived: "constant neurons revived",
  constantLayers: "constant layers",
  constantLayersBorn: "constant layers born",
  constantLayersRevived: "constant layers revived",
  noGradientNeurons: "no-gradient neurons",
  noGradientNeuronsBorn: "no-gradient neurons born",
  noGradientNeuronsRevived: "no-gradient neurons revived",
  noGradientLayers: "no-gradient layers",
  noGradientLayersBorn: "no-gradient layers born",
  noGradientLayersRevived: "no-gradient layers revived",
  collapsed: "collapsed",
  collapsedBorn: "collapsed at birth",
  firstLayerRmse: "first-layer RMSE",
  epochsToConverge: "epochs to converge",
};

/** How a number is shown, by what it is of. */
const SHOWN: Readonly<Record<NumberOf, Pick<Measure, "kind" | "isMedian">>> = {
  error: { kind: "error", isMedian: true },
  neurons: { kind: "count", isMedian: false },
  layers: { kind: "count", isMedian: false },
  network: { kind: "rate", isMedian: false },
  epochs: { kind: "count", isMedian: true },
};

/** What of a number many trials give. */
const SHOWN_OF_MANY: Readonly<Record<Measure["kind"], string>> = {
  rate: "share",
  count: "mean",
  error: "mean",
};

export const CONVERGED: Measure = {
  name: "converged",
  column: "rate",
  field: "finalRmse",
  kind: "rate",
  label: "share converged",
  isMedian: false,
  isConvergence: true,
};

/** By their names, in the order of a trial's columns, and then what is worked out. */
export const MEASURES: ReadonlyMap<string, Measure> = new Map(
  [CONVERGED, ...NAMES.map((field) => measureOf(field)), ...DERIVED.map(derivedMeasure)].map(
    (measure) => [measure.name, measure],
  ),
);

function derivedMeasure(derived: Derived): Measure {
  const { name, field, kind, words } = derived;
  const label = meanLabel(kind, words);
  const column = name.replaceAll("-", "_");
  return { ...measureOf(field), name, column, kind, label, derived, isMedian: false };
}

/** The count as a share of all neurons, or layers, of a network. */
export function shareOf(measure: Measure): Measure {
  const whole = isOfLayers(measure) ? "layers" : "neurons";
  const label = `${measure.label.replace(/^mean /, "")} as a share of all ${whole}`;
  return { ...measure, column: `${measure.column}_share`, label, isShare: true };
}

/** Whether neurons or layers are counted, of which a network has so many. */
export function hasWhole({ kind, field }: Measure): boolean {
  return kind === "count" && ["neurons", "layers"].includes(NUMBERS_OF[field]);
}

/** How many there are of what is counted: neurons or layers of a network; 1 for anything else. */
export function wholeOf(measure: Measure, { depth, width }: Pick<Cell, "depth" | "width">): number {
  if (!hasWhole(measure)) return 1;
  return isOfLayers(measure) ? depth : depth * width;
}

function isOfLayers({ field }: Measure): boolean {
  return NUMBERS_OF[field] === "layers";
}

function measureOf(field: NumberName): Measure {
  const column = columnOfNumber(field);
  const name = column.replaceAll("_", "-");
  const words = WORDS[field];
  const { kind, isMedian } = SHOWN[NUMBERS_OF[field]];
  const label = isMedian ? words : meanLabel(kind, words);
  return { name, column, field, kind, label, isMedian, isConvergence: false };
}

function meanLabel(kind: Measure["kind"], words: string): string {
  return `${SHOWN_OF_MANY[kind]} ${words}`;
}

/** Which trained trials a number is taken from. Convergence is of all trials, whatever came of them. */
export type Among = "trained" | "converged";

/** Whether only converged trials have the number. */
export function isOfConverged({ field, isConvergence }: Measure, among: Among): boolean {
  return !isConvergence && (among === "converged" || isOfOneThreshold(field));
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
  const { field, isConvergence, derived } = measure;
  if (isConvergence) return Number(hasConverged(outcome, threshold));
  if (outcome.state !== "trained") return outcome.state;
  if (isOfConverged(measure, among) && !hasConverged(outcome, threshold)) return "notConverged";
  const value = derived ? derived.value(outcome, threshold) : numberOf(outcome, field, threshold);
  if (value !== undefined) return value;
  const isOfOther = field === "epochsToConverge" && isOfOtherThreshold(outcome, threshold);
  return isOfOther ? "otherThreshold" : "unknown";
}

/** The later numbers among what measures are read off. */
export function laterNumbersOf(measures: readonly Measure[]): LaterNumber[] {
  return LATER_NUMBERS.filter((name) =>
    measures.some(({ field, derived }) => field === name || derived?.needs.includes(name)),
  );
}
