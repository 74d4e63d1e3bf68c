/** A claimed share against that of our trials, which come in clusters that share their start. */
import { clusteredMeanInterval, clusteredRateInterval } from "./clustered-means.js";
import type { Cluster } from "./clusters.js";
import { binomialUpperTail } from "./exact-tests.js";
import type { Interval } from "./intervals.js";
import { studentQuantile } from "./student-quantile.js";

export interface Judged {
  readonly interval: Interval;
  /** Two-sided, of the share that is claimed. */
  readonly p: number;
}

/** By the binomial distribution, as if each start were a single trial: trials that share one may all be alike. */
export function rateAgainst(share: number, clusters: readonly Cluster[]): Judged | undefined {
  const starts = clusters.length;
  if (starts === 0) return undefined;
  const interval = clusteredRateInterval(clusters);
  const rate = sum(clusters.map((cluster) => cluster.sum)) / sum(clusters.map(({ size }) => size));
  const count = rate > share ? Math.floor(rate * starts) : Math.ceil(rate * starts);
  const up = binomialUpperTail(count, starts, share);
  const down = binomialUpperTail(starts - count, starts, 1 - share);
  return { interval, p: Math.min(1, 2 * Math.min(up, down)) };
}

/** By Student's distribution; undefined where the clusters have no spread, of which one of a few may be chance. */
export function meanAgainst(share: number, clusters: readonly Cluster[]): Judged | undefined {
  const interval = clusters.length > 1 ? clusteredMeanInterval(clusters) : null;
  if (!interval || interval.low === interval.high) return undefined;
  const freedom = clusters.length - new Set(clusters.map(({ shape }) => shape)).size;
  const mean = (interval.low + interval.high) / 2;
  const error = (interval.high - mean) / studentQuantile(0.025, freedom);
  const t = Math.abs(mean - share) / error;
  // The tail whose quantile is t, by halving: it falls as the tail grows.
  let [low, high] = [0, 0.5];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (studentQuantile(middle, freedom) > t) low = middle;
    else high = middle;
  }
  return { interval, p: 2 * high };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
