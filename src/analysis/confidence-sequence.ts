/** The interval of a rate that one may look at after every trial, and stop when one likes. */
import type { Interval } from "./intervals.js";

/** The chance that the true rate is ever outside. */
const ALPHA = 0.05;

/**
 * The 95 % confidence sequence of a rate: intervals, one after each trial, that all together contain the true rate with
 * a chance of at least 95 %. So any of them may be taken, also one that was chosen for how it looked, as the first that is
 * narrow enough. Wilson's interval promises 95 % for one number of trials, fixed before.
 *
 * It is all p under which this count has a probability above 0.05/(n+1), C(n,k) p^k (1-p)^(n-k) > 0.05/(n+1): those that the
 * mixture of all rates, each as likely as the other, is less than 20 times as likely as (Robbins 1970, "Statistical methods
 * related to the law of the iterated logarithm"; Howard, Ramdas, McAuliffe & Sekhon 2021, "Time-uniform, nonparametric,
 * nonasymptotic confidence sequences"). By Ville's inequality, a ratio of 20 is ever reached with a chance of at most 1/20.
 * A mixture that prefers rates near 0 and 1 would need fewer trials there and more in the middle, where most are needed.
 *
 * Intervals of earlier looks could be cut with it, and it would stay valid; but then it would follow from more than the
 * two counts that tables and files have.
 *
 * @param successes a whole number from 0 to `trials`
 * @param trials a whole number from 0, to 10^7; of 0 trials nothing is known, which is [0, 1]
 * @returns within [0, 1]; `low` is exactly 0 without a success, `high` exactly 1 without a failure
 */
export function confidenceSequence(successes: number, trials: number): Interval {
  const failures = trials - successes;
  return { low: 1 - upperEnd(failures, trials), high: upperEnd(successes, trials) };
}

/** @returns the largest rate that is not excluded; 1 less what it is of the failures is the smallest */
function upperEnd(successes: number, trials: number): number {
  if (successes === trials) return 1;
  if (successes === 0) return -Math.expm1(Math.log(ALPHA / (trials + 1)) / trials);
  const share = successes / trials;
  const most = logRatioAt(successes, trials);
  // What is left of the ratio at p: it falls from `share` to 1.
  const excess = (p: number) => most - trials * divergence(share, p);
  let [inside, outside] = [share, 1];
  for (;;) {
    const middle = (inside + outside) / 2;
    if (middle <= inside || middle >= outside) return inside;
    if (excess(middle) > 0) inside = middle;
    else outside = middle;
  }
}

/** The logarithm of (n+1)/0.05 times the probability of the count under its own share, k/n. */
function logRatioAt(successes: number, trials: number): number {
  const failures = trials - successes;
  return (
    Math.log((trials + 1) / ALPHA) +
    stirlingError(trials) -
    stirlingError(successes) -
    stirlingError(failures) -
    Math.log((2 * Math.PI * successes * failures) / trials) / 2
  );
}

/** Kullback and Leibler's: of a share between 0 and 1 from such a rate. */
function divergence(share: number, p: number): number {
  return share * Math.log(share / p) + (1 - share) * Math.log((1 - share) / (1 - p));
}

/**
 * What Stirling's formula lacks of log n!, so that no large number is taken from another (Loader 2000, "Fast and accurate
 * computation of binomial probabilities").
 *
 * @param n a whole number, at least 1
 */
function stirlingError(n: number): number {
  if (n > 15) return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / n ** 2) / n ** 2) / n ** 2) / n;
  let factorial = 1;
  for (let i = 2; i <= n; i++) factorial *= i;
  return Math.log(factorial) - (n + 0.5) * Math.log(n) + n - Math.log(2 * Math.PI) / 2;
}
