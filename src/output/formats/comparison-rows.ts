/** A comparison as rows of typed columns. */
import type { ArmsCompared, Side } from "../../analysis/compare-arms.js";
import type { Interval } from "../../analysis/intervals.js";
import type { Among, Measure } from "../../analysis/measures.js";
import { AXIS_NAMES } from "../../model/axes.js";
import {
  axisColumns,
  axisValues,
  type Column,
  type ResultRows,
  type Value,
} from "./result-rows.js";

export interface ComparisonReport extends ArmsCompared {
  /** `grid`, or an axis by its flag. */
  readonly axis: string;
  readonly base: string;
  readonly measure: Measure;
  readonly among: Among;
  /** The largest RMSE of a converged trial, in original units. */
  readonly threshold: number;
}

const COLUMNS: readonly Column[] = [
  { name: "measure", type: "text" },
  { name: "base", type: "text" },
  { name: "arm", type: "text" },
  { name: "pairs", type: "integer" },
  { name: "clusters", type: "integer" },
  ...["base_mean", "base_low", "base_high", "arm_mean", "arm_low", "arm_high"].map(measured),
  ...["difference", "low", "high", "simultaneous_low", "simultaneous_high"].map(measured),
  { name: "base_more", type: "integer" },
  { name: "arm_more", type: "integer" },
  ...["p", "p_holm"].map(measured),
  { name: "test", type: "text" },
  { name: "verdict", type: "text" },
  { name: "unnoticed", type: "integer" },
];

function measured(name: string): Column {
  return { name, type: "measured" };
}

/** A row for each comparison, with a column for each axis that tells rows apart. */
export function comparisonRows({ rows, measure, base }: ComparisonReport): ResultRows {
  const told = new Set(rows.flatMap((row) => Object.keys(row.axes)));
  const axes = AXIS_NAMES.filter((name) => told.has(name));
  const lines = rows.map((row): Value[] => [
    measure.name,
    base,
    row.arm,
    row.pairs,
    row.clusters,
    ...sideValues(row.base),
    ...sideValues(row.other),
    row.difference,
    ...ends(row.interval),
    ...ends(row.simultaneous),
    row.baseMore,
    row.otherMore,
    row.p,
    row.adjusted,
    row.method,
    row.verdict,
    row.unnoticed,
    ...axisValues(row.axes, axes),
  ]);
  return { columns: [...COLUMNS, ...axisColumns(axes)], parts: [lines] };
}

function sideValues({ mean, interval }: Side): Value[] {
  return [mean, ...ends(interval)];
}

function ends(interval: Interval | null): Value[] {
  return [interval?.low ?? null, interval?.high ?? null];
}
