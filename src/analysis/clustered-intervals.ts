/**
 * Intervals of what was pooled over cells. Trials of one seed, depth and width start from the same hidden
 * layers, in whatever cell, so they say less together than as many independent ones.
 */
import { type Interval, wilsonInterval } from "./intervals.js";
import { type MeanInterval, studentT95 } from "./mean-intervals.js";

/** A number of some trials of one cell. */
export interface CellValues {
  /** Depth and width: seeds mean the same start within one, and nothing across two. */
  readonly shape: string;
  /** The trials' seeds, each once, and the number of each. */
  readonly seeds: readonly number[];
  readonly values: readonly number[];
}

/** The trials that share their start. */
interface Cluster {
  sum: number;
  count: number;
}

interface Estimate {
  readonly mean: number;
  readonly trials: number;
  readonly clusters: number;
  /** Of the mean; null where there is a single cluster. */
  readonly variance: number | null;
  /** Degrees of freedom of the variance: clusters less strata. */
  readonly freedom: number;
}

/**
 * The mean over all trials with its 95 % interval, mean ± t·√v. v is the linearized variance of a ratio from
 * clusters within strata, Σₕ mₕ/(mₕ-1) Σᵢ(eₕᵢ - ēₕ)²/n² with eₕᵢ = Σy - mean·nₕᵢ (Cochran 1977, "Sampling
 * Techniques"; Binder 1983), where a stratum is a shape and a cluster a seed of it. Over one
 * cell it is Student's (`meanInterval`).
 *
 * @returns null of no trials
 */
export function clusteredMean(cells: readonly CellValues[]): MeanInterval | null {
  const estimate = estimated(cells);
  if (!estimate) return null;
  const { mean, variance, freedom } = estimate;
  return { mean, reach: variance === null ? null : studentT95(freedom) * Math.sqrt(variance) };
}

/**
 * The 95 % interval of a share: Wilson's, with the number of trials replaced by the effective one, p(1 - p)/v, and
 * the normal quantile by Student's (Korn & Graubard 1998; Franco, Little, Louis & Slud 2019, "Comparative study of
 * confidence intervals for proportions in complex sample surveys", who recommend Wilson's form). Never narrower
 * than of independent trials. A share of 0 or 1 says nothing of how alike trials of one start are; it counts as
 * many trials as there are starts.
 *
 * @param cells with values 0 and 1
 * @returns within [0, 1]; all of it where there are no trials
 */
export function clusteredShare(cells: readonly CellValues[]): Interval {
  const estimate = estimated(cells);
  if (!estimate) return wilsonInterval(0, 0);
  const { mean, trials, clusters, variance, freedom } = estimate;
  const isSure = mean === 0 || mean === 1;
  if (isSure || variance === null) return wilsonInterval(mean * clusters, clusters);
  const effective = Math.min(trials, variance === 0 ? trials : (mean * (1 - mean)) / variance);
  return wilsonInterval(mean * effective, effective, studentT95(freedom));
}

function estimated(cells: readonly CellValues[]): Estimate | undefined {
  const strata = strataOf(cells);
  const all = strata.flat();
  const trials = total(all, ({ count }) => count);
  if (trials === 0) return undefined;
  const mean = total(all, ({ sum }) => sum) / trials;
  // A stratum with one cluster shows no spread of its own.
  const usable = strata.every(({ length }) => length > 1) ? strata : [all];
  const freedom = all.length - usable.length;
  const squares = total(usable, (clusters) => spreadOf(clusters, mean));
  const variance = freedom === 0 ? null : squares / trials ** 2;
  return { mean, trials, clusters: all.length, variance, freedom };
}

function spreadOf(clusters: readonly Cluster[], mean: number): number {
  const m = clusters.length;
  const errors = clusters.map(({ sum, count }) => sum - mean * count);
  const middle = total(errors, (error) => error) / m;
  return (m / (m - 1)) * total(errors, (error) => (error - middle) ** 2);
}

function strataOf(cells: readonly CellValues[]): Cluster[][] {
  const strata = new Map<string, Map<number, Cluster>>();
  for (const { shape, seeds, values } of cells) {
    const clusters = strata.get(shape) ?? new Map<number, Cluster>();
    strata.set(shape, clusters);
    for (const [i, seed] of seeds.entries()) {
      const cluster = clusters.get(seed) ?? { sum: 0, count: 0 };
      clusters.set(seed, cluster);
      cluster.sum += values[i];
      cluster.count++;
    }
  }
  return [...strata.values()].filter(({ size }) => size > 0).map((of) => [...of.values()]);
}

function total<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
