/** The pairs of matched cells, added up by what shares its start. */
import type { Cell } from "../model/trial.js";
import { type Cluster, numberedClusters, type Series, shapeOf } from "./clusters.js";
import type { Stratum } from "./matched-arms.js";

export interface PairedClusters {
  /** For each cluster. */
  readonly shapes: readonly number[];
  readonly pairs: readonly number[];
  /** Sums over the cluster's pairs of what the base has, what the other has, and the other less the base. */
  readonly base: readonly number[];
  readonly other: readonly number[];
  readonly differences: readonly number[];
  /** Pairs in which the base has more, and in which the other has. */
  readonly baseMore: number;
  readonly otherMore: number;
}

/**
 * Pairs the trials of each stratum by their seeds, those that both cells have. Where the cells that are held against
 * each other differ in depth or width, all trials of a seed are one cluster, for what is paired then links them.
 */
export function pairedClusters(
  strata: readonly Stratum[],
  seriesOf: (cell: Cell) => Series,
): PairedClusters {
  const bySeed = strata.some(({ base, other }) => shapeOf(base) !== shapeOf(other));
  const { shapes, ofShape } = numberedClusters();
  const pairs: number[] = [];
  const sums = { base: [] as number[], other: [] as number[] };
  let [baseMore, otherMore] = [0, 0];
  for (const stratum of strata) {
    const clusterOf = ofShape(bySeed ? "" : shapeOf(stratum.base));
    eachPair(seriesOf(stratum.base), seriesOf(stratum.other), (seed, base, other) => {
      const cluster = clusterOf(seed);
      pairs[cluster] = (pairs[cluster] ?? 0) + 1;
      sums.base[cluster] = (sums.base[cluster] ?? 0) + base;
      sums.other[cluster] = (sums.other[cluster] ?? 0) + other;
      if (base > other) baseMore++;
      if (other > base) otherMore++;
    });
  }
  const differences = sums.base.map((sum, i) => sums.other[i] - sum);
  return { shapes, pairs, ...sums, differences, baseMore, otherMore };
}

/** @param sums one of those of the clusters */
export function clustersWith(
  { shapes, pairs }: PairedClusters,
  sums: readonly number[],
): Cluster[] {
  return sums.map((sum, i) => ({ shape: shapes[i], sum, size: pairs[i] }));
}

/** Calls with the values of each seed that both have, ascending. */
function eachPair(
  a: Series,
  b: Series,
  take: (seed: number, ofA: number, ofB: number) => void,
): void {
  for (let i = 0, j = 0; i < a.seeds.length && j < b.seeds.length; ) {
    const apart = a.seeds[i] - b.seeds[j];
    if (apart === 0) take(a.seeds[i], a.values[i], b.values[j]);
    if (apart <= 0) i++;
    if (apart >= 0) j++;
  }
}
