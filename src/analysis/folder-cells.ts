/** What two folders are compared by, and what they give over all cells. */
import type { Cell } from "../model/trial.js";
import { clusteredDifferenceInterval } from "./clustered-means.js";
import type { Interval } from "./intervals.js";
import type { Stratum } from "./matched-arms.js";
import { pairedClusters, type Series } from "./paired-clusters.js";
import { signFlipTest } from "./sign-flip-test.js";

/** The trials of a cell that did not fail, by ascending seed. */
export interface FolderCell {
  readonly cell: Cell;
  /** Names the cell and the arithmetic: trials of the same key and seed are the same trial. */
  readonly key: string;
  /** Whether such a trial has the same numbers wherever it is trained. */
  readonly isBitStable: boolean;
  readonly seeds: Float64Array;
  /** NaN where the trial diverged. */
  readonly finalRmse: Float64Array;
  readonly deadNeurons: Float64Array;
}

/** Undefined where a folder does not have the cell. */
export type FolderPair = readonly [before: FolderCell | undefined, after: FolderCell | undefined];

export interface FolderTotals {
  /** Of the seeds that both have, over all cells. */
  readonly shared: number;
  readonly converged: readonly [before: number, after: number];
  /** The rate after less that before, with its 95 % interval. */
  readonly difference: number;
  readonly interval: Interval;
  readonly p: number;
}

/** @returns null where no cell has a seed in both */
export function totalsOf(pairs: readonly FolderPair[], threshold: number): FolderTotals | null {
  const series = new Map<Cell, Series>();
  const strata = pairs.flatMap(([before, after]): Stratum[] => {
    if (!before || !after) return [];
    for (const { cell, seeds, finalRmse } of [before, after]) {
      series.set(cell, { seeds, values: finalRmse.map((rmse) => (rmse <= threshold ? 1 : 0)) });
    }
    return [{ axes: {}, base: before.cell, other: after.cell }];
  });
  const {
    shapes,
    pairs: counts,
    base,
    other,
  } = pairedClusters(strata, (cell) => series.get(cell)!);
  if (counts.length === 0) return null;
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const differences = base.map((value, i) => other[i] - value);
  return {
    shared: sum(counts),
    converged: [sum(base), sum(other)],
    difference: sum(differences) / sum(counts),
    interval: clusteredDifferenceInterval(
      counts.map((count, i) => ({ shape: shapes[i], sum: differences[i], pairs: count })),
    ),
    p: signFlipTest(differences).p,
  };
}
