/** Means over trials, or pairs of them, that come in clusters, and how far they can be from the true ones. */
import { grouped } from "../model/grouped.js";
import type { Cluster } from "./clusters.js";
import { type Interval, wilsonInterval } from "./intervals.js";
import { normalQuantile } from "./normal-distribution.js";
import { studentQuantile } from "./student-quantile.js";

/** The mean over all trials or pairs of at least one cluster. */
export function meanOf(clusters: readonly Cluster[]): number {
  return clusters.reduce((total, { sum }) => total + sum, 0) / sizeOf(clusters);
}

/** A pair of made-up clusters that vary as much as others, for an interval that has too few of them. */
interface Added {
  /** The size of each of their sums, one above and one below 0. */
  readonly sum: number;
  /** The pairs of each. */
  readonly size: number;
}

const NOTHING: Added = { sum: 0, size: 0 };

interface Moments {
  readonly mean: number;
  /** Of the mean. */
  readonly variance: number;
  /** Clusters, less the means that were taken from them. */
  readonly freedom: number;
}

/**
 * The mean over all trials or pairs and its variance, from the clusters' sums about it within each shape: the ratio
 * estimator's (Cochran 1977, "Sampling techniques", 6.3 and 6.11; Obuchowski 1998, "On the comparison of correlated
 * proportions for clustered data"). Each shape but the first costs a degree of freedom. Shapes of a single cluster
 * are taken for one.
 */
function momentsOf(clusters: readonly Cluster[], added = NOTHING): Moments {
  const groups = groupsOf(clusters);
  const share = 1 / groups.length;
  const weight = added.size > 0 ? 2 * share : 0;
  const size = sizeOf(clusters) + 2 * added.size;
  const mean = clusters.reduce((sum, cluster) => sum + cluster.sum, 0) / size;
  let squares = 0;
  for (const group of groups) {
    // The two that are added belong to every shape, by an equal part.
    let total = -mean * added.size * weight;
    let ofGroup = (added.sum ** 2 + 2 * (mean * added.size) ** 2) * share;
    for (const { sum, size: own } of group) {
      const residual = sum - mean * own;
      total += residual;
      ofGroup += residual * residual;
    }
    squares += Math.max(0, ofGroup - (total * total) / (group.length + weight));
  }
  const count = clusters.length + (added.size > 0 ? 2 : 0);
  const lost = groups.length - 1;
  const variance = (squares / (size * size)) * (count / (count - lost));
  return { mean, variance, freedom: clusters.length - groups.length };
}

function groupsOf(clusters: readonly Cluster[]): Cluster[][] {
  const shapes = [...grouped(clusters, ({ shape }) => shape).values()];
  const several = shapes.filter(({ length }) => length > 1);
  const single = shapes.filter(({ length }) => length === 1).flat();
  return single.length > 0 ? [...several, single] : several;
}

function sizeOf(clusters: readonly Cluster[]): number {
  return clusters.reduce((sum, { size }) => sum + size, 0);
}

/**
 * The interval of a rate, each trial 0 or 1: Wilson's for so many independent trials as would vary as much as these
 * (Kish 1965, "Survey sampling", for the effective number; Korn & Graubard 1998, "Confidence intervals for
 * proportions with small expected number of positive counts estimated from survey data", for that and for
 * Student's quantile), and no more than there are. Where all came out the same, as many as there are clusters.
 *
 * @param clusters at least one; of one shape and single trials it is Wilson's interval
 * @returns never narrower than of independent trials
 */
export function clusteredRateInterval(clusters: readonly Cluster[]): Interval {
  const { mean, variance, quantile } = spreadOf(clusters, 0.025);
  const spread = mean * (1 - mean);
  const isKnown = spread > 0 && variance > 0 && Number.isFinite(quantile);
  const effective = isKnown ? Math.min(sizeOf(clusters), spread / variance) : clusters.length;
  return wilsonInterval(mean * effective, effective, isKnown ? quantile : undefined);
}

/**
 * The interval of a difference of two rates, each pair -1, 0 or 1: Wald's with two pairs added, one of them half
 * above and half below 0 (Agresti & Min 2005, "Simple improved confidence intervals for comparing matched
 * proportions"), which of few pairs covers what it says. Of clusters two of the usual size are added that differ
 * as much as those that do; where none does, by all of their pairs.
 *
 * @param clusters at least one; of one shape and single pairs it is Agresti and Min's interval
 * @param tail the chance to miss on either side
 * @returns within [-1, 1], which is all of it for a single cluster of several pairs, of whose spread nothing is known
 */
export function clusteredDifferenceInterval(clusters: readonly Cluster[], tail = 0.025): Interval {
  const usual = sizeOf(clusters) / clusters.length;
  const differing = clusters.filter(({ sum }) => sum !== 0);
  const typical =
    differing.length === 0
      ? usual
      : Math.sqrt(differing.reduce((total, { sum }) => total + sum * sum, 0) / differing.length);
  const { mean, variance, quantile } = spreadOf(clusters, tail, { sum: typical, size: usual });
  const reach = quantile * Math.sqrt(variance);
  return { low: Math.max(-1, mean - reach), high: Math.min(1, mean + reach) };
}

/**
 * Student's interval of a mean, with a degree of freedom per cluster, less one per shape (Student 1908, "The probable
 * error of a mean").
 *
 * @param clusters at least one; of one shape and single trials it is Student's interval, of pairs the paired one
 * @param tail the chance to miss on either side
 * @returns null where no shape has two clusters, which have no spread
 */
export function clusteredMeanInterval(clusters: readonly Cluster[], tail = 0.025): Interval | null {
  const { mean, variance, freedom } = momentsOf(clusters);
  if (freedom < 1) return null;
  const reach = studentQuantile(tail, freedom) * Math.sqrt(asSample(variance, freedom));
  return { low: mean - reach, high: mean + reach };
}

/**
 * Of rates: what single pairs can be is known, and so is their variance but for the mean; that of clusters of several
 * is estimated, for which few clusters need Student's quantile instead of the normal one (Donner & Klar 2000,
 * "Design and analysis of cluster randomization trials in health research", 6.1).
 */
function spreadOf(clusters: readonly Cluster[], tail: number, added = NOTHING) {
  const { mean, variance, freedom } = momentsOf(clusters, added);
  if (clusters.every(({ size }) => size === 1)) {
    return { mean, variance, quantile: normalQuantile(tail) };
  }
  if (freedom < 1) return { mean, variance, quantile: Number.POSITIVE_INFINITY };
  return {
    mean,
    variance: asSample(variance, freedom),
    quantile: studentQuantile(tail, freedom),
  };
}

/** One mean more was taken from the clusters than `momentsOf` counts. */
function asSample(variance: number, freedom: number): number {
  return (variance * (freedom + 1)) / freedom;
}
