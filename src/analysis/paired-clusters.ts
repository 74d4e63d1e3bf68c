/** The pairs of matched cells, added up by what shares its start. */
import type { Cell } from "../model/trial.js";
import type { Stratum } from "./matched-arms.js";

/** What a cell's trials have of a measure. */
export interface Series {
  /** Ascending, each once: of the trials that have it. */
  readonly seeds: ArrayLike<number>;
  /** For each seed. */
  readonly values: ArrayLike<number>;
}

export interface PairedClusters {
  /** For each cluster. */
  readonly shapes: readonly number[];
  readonly pairs: readonly number[];
  /** Sums over the cluster's pairs of what the base has, what the other has. */
  readonly base: readonly number[];
  readonly other: readonly number[];
  /** Pairs in which the base has more, and in which the other has. */
  readonly baseMore: number;
  readonly otherMore: number;
}

/**
 * Pairs the trials of each stratum by their seeds, those that both cells have. Trials of one seed, depth and width
 * start from the same hidden layers, whatever else they differ in (docs/protocol.md, "Seeds"), so they are one
 * cluster. Where the cells that are held against each other differ in depth or width, all trials of a seed are one,
 * for what is paired then links them.
 */
export function pairedClusters(
  strata: readonly Stratum[],
  seriesOf: (cell: Cell) => Series,
): PairedClusters {
  const bySeed = strata.some(({ base, other }) => shapeOf(base) !== shapeOf(other));
  const shapes: number[] = [];
  const pairs: number[] = [];
  const sums = { base: [] as number[], other: [] as number[] };
  let [baseMore, otherMore] = [0, 0];
  const clustersOf = new Map<
    string,
    { readonly shape: number; readonly at: Map<number, number> }
  >();
  for (const stratum of strata) {
    const name = bySeed ? "" : shapeOf(stratum.base);
    const clusters = clustersOf.get(name) ?? { shape: clustersOf.size, at: new Map() };
    clustersOf.set(name, clusters);
    eachPair(seriesOf(stratum.base), seriesOf(stratum.other), (seed, base, other) => {
      const at = clusters.at.get(seed) ?? pairs.length;
      if (at === pairs.length) {
        clusters.at.set(seed, at);
        shapes.push(clusters.shape);
        for (const list of [pairs, sums.base, sums.other]) list.push(0);
      }
      pairs[at]++;
      sums.base[at] += base;
      sums.other[at] += other;
      if (base > other) baseMore++;
      if (other > base) otherMore++;
    });
  }
  return { shapes, pairs, ...sums, baseMore, otherMore };
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

function shapeOf({ depth, width }: Cell): string {
  return `${depth}x${width}`;
}
