/** The interval of a rate that was sampled until so many successes came. */
import { binomialUpperTail } from "./exact-tests.js";
import type { Interval } from "./intervals.js";

/** Of a 95 % interval, the chance to miss on either side. */
const TAIL = 0.025;

/**
 * The exact 95 % interval of a proportion whose trials ended with the success of a number that was
 * fixed before: all p for which neither so few nor so many trials have a chance below 2.5 %. The
 * number of trials is then negative binomial, and an interval made for a fixed number of them does not
 * cover what it says (Lui 1995, "Confidence limits for the population prevalence rate based on the
 * negative binomial distribution"; by the same inversion of tails as Clopper & Pearson 1934, "The
 * use of confidence or fiducial limits illustrated in the case of the binomial").
 *
 * Where trials ended at a cap before, with fewer successes, it is Clopper and Pearson's interval:
 * with every outcome ordered by the rate that it speaks for, and an early end for a high one, both
 * tails are the binomial's.
 *
 * @param successes a whole number from 0 to `wanted`
 * @param trials a whole number from `successes`, to 10^6; of 0 trials nothing is known, which is [0, 1]
 * @param wanted the number of successes that ends the trials, at least 1
 * @returns within [0, 1]; `low` is exactly 0 without a success, `high` exactly 1 without a failure
 */
export function intervalUntil(successes: number, trials: number, wanted: number): Interval {
  // To end later than it did, a cell must have had one success less, with one trial less to go.
  const others = successes < wanted ? trials : trials - 1;
  const most = successes < wanted ? successes : wanted - 1;
  return {
    low: successes === 0 ? 0 : risingRoot((p) => binomialUpperTail(successes, trials, p) - TAIL),
    high:
      successes === trials
        ? 1
        : risingRoot((p) => binomialUpperTail(most + 1, others, p) - (1 - TAIL)),
  };
}

/** @returns where a rising function is 0, from 0 to 1, to the last bit but rounding */
function risingRoot(f: (p: number) => number): number {
  let [low, high] = [0, 1];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
}
