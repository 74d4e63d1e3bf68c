/** What stands at each place of a plot: the trials of all cells that are alike in what is placed, summarized. */
import { grouped } from "../model/grouped.js";
import type { Outcome } from "../model/outcome.js";
import type { Cell } from "../model/trial.js";
import { isSequential, rateOf, type StoppingRule } from "./cell-summaries.js";
import { clusteredMeanInterval, clusteredRateInterval, meanOf } from "./clustered-means.js";
import { clustersOf, type Series } from "./clusters.js";
import { confidenceSequence } from "./confidence-sequence.js";
import { type Dimension, type GridCell, keyOf, valueIn } from "./dimensions.js";
import { type Measure, type MeasureOptions, measured, wholeOf } from "./measures.js";

/** A cell with its place in the list of cells that trials are asked for by. */
export interface PlotCell extends GridCell {
  readonly index: number;
}

/** A measure of some trials of one cell. */
interface CellSeries extends Series {
  readonly cell: Cell;
  readonly values: readonly number[];
}

/** What a point is made of. */
export interface PlotTrial {
  readonly seed: number;
  readonly outcome: Outcome;
}

export interface PlotPoint {
  readonly measure: Measure;
  /** The value of each dimension that is placed. */
  readonly at: ReadonlyMap<Dimension, unknown>;
  /**
   * A share or mean with its 95 % interval, or a median with the quartiles; null where it has none, as a share that is
   * pooled over cells whose trials ended by what came of them.
   */
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** How many trials, and of how many cells. */
  readonly trials: number;
  readonly cells: number;
}

export interface PointOptions extends MeasureOptions {
  /** What ended the cells' trials, where their number was not fixed before. */
  readonly asked?: StoppingRule;
}

/**
 * Reads the trials a cell at a time.
 *
 * @param trialsOf the trials of the cell at an index
 * @returns for each measure, in the cells' order; no point where no trial has the number
 */
export function plotPoints(
  cells: readonly PlotCell[],
  placed: readonly Dimension[],
  measures: readonly Measure[],
  trialsOf: (index: number) => readonly PlotTrial[],
  options: PointOptions,
): PlotPoint[] {
  const groups = new Map<string, { first: PlotCell; series: CellSeries[][] }>();
  // A cell that several grids ask for is read once.
  for (const [index, members] of grouped(cells, (cell) => cell.index)) {
    const trials = trialsOf(index);
    const series = measures.map((measure) => seriesOf(members[0].cell, trials, measure, options));
    // Grids that are not told apart may ask for the same cell.
    const keyed = new Map(members.map((member) => [keyOf(member, placed), member]));
    for (const [key, member] of keyed) {
      const group = groups.get(key) ?? { first: member, series: measures.map(() => []) };
      groups.set(key, group);
      for (const [i, own] of series.entries()) if (own.seeds.length > 0) group.series[i].push(own);
    }
  }
  return measures.flatMap((measure, i) =>
    [...groups.values()].flatMap(({ first, series }) => {
      const own = series[i];
      if (own.length === 0) return [];
      const at = new Map(placed.map((dimension) => [dimension, valueIn(first, dimension)]));
      const trials = own.reduce((sum, { seeds }) => sum + seeds.length, 0);
      const summary = summaryOf(measure, own, options);
      return [{ measure, at, ...summary, trials, cells: own.length }];
    }),
  );
}

function seriesOf(
  cell: Cell,
  trials: readonly PlotTrial[],
  measure: Measure,
  options: MeasureOptions,
): CellSeries {
  const seeds: number[] = [];
  const values: number[] = [];
  const whole = measure.isShare ? wholeOf(measure, cell) : 1;
  for (const { seed, outcome } of trials) {
    const value = measured(measure, outcome, options);
    if (typeof value !== "number") continue;
    seeds.push(seed);
    values.push(value / whole);
  }
  return { cell, seeds, values };
}

function summaryOf(
  { kind, isMedian, isConvergence }: Measure,
  cells: readonly CellSeries[],
  { asked = {} }: PointOptions,
): Pick<PlotPoint, "value" | "low" | "high"> {
  if (isMedian) {
    const sorted = Float64Array.from(cells.flatMap(({ values }) => values)).sort();
    const [low, value, high] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share));
    return { value, low, high };
  }
  if (kind === "rate" && cells.length === 1) {
    const [{ values }] = cells;
    const count = values.reduce((sum, value) => sum + value, 0);
    return isSequential(asked) && !isConvergence
      ? { value: count / values.length, ...confidenceSequence(count, values.length) }
      : rateOf(count, values.length, asked)!;
  }
  const clusters = clustersOf(cells);
  if (kind === "rate" && isSequential(asked)) {
    return { value: meanOf(clusters), low: null, high: null };
  }
  const interval =
    kind === "rate" ? clusteredRateInterval(clusters) : clusteredMeanInterval(clusters);
  return { value: meanOf(clusters), ...(interval ?? { low: null, high: null }) };
}

/**
 * The most usual definition, R's default: linear between the values at (n - 1)·share (Hyndman & Fan 1996, their 7th).
 *
 * @param sorted ascending, at least one
 */
export function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below];
  return low + (place - below) * (sorted[Math.min(below + 1, sorted.length - 1)] - low);
}
