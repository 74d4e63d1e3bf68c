/** How far a measured share can be from the true one. */

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The standard normal's 97.5 % quantile: an interval of ±z covers 95 %. */
export const Z_95 = 1.959963984540054;

/**
 * The Wilson score interval of a proportion: all p for which `successes` lies within z standard
 * errors of its expectation, |k - np| <= z·√(np(1-p)) (Wilson 1927, "Probable inference, the law
 * of succession, and statistical inference").
 *
 * Cells have few trials and rates near 0 and 1, where the usual p ± z·√(p(1-p)/n) covers far less
 * than it says; Wilson's does not (Brown, Cai & DasGupta 2001, "Interval estimation for a binomial
 * proportion", recommended there for n up to 40).
 *
 * @param successes a whole number from 0 to `trials`
 * @param trials a whole number from 0; of 0 trials nothing is known, which is the interval [0, 1]
 * @param z standard errors to each side; 1.96, a confidence of 95 %, unless told
 * @returns within [0, 1]; `low` is exactly 0 without a success, `high` exactly 1 without a failure
 */
export function wilsonInterval(successes: number, trials: number, z = Z_95): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const failures = trials - successes;
  const weight = trials + z * z;
  const centre = (successes + (z * z) / 2) / weight;
  const reach = (z * Math.sqrt((successes * failures) / trials + (z * z) / 4)) / weight;
  // At the two ends the difference is 0 and the sum 1 but for rounding.
  return {
    low: successes === 0 ? 0 : centre - reach,
    high: failures === 0 ? 1 : centre + reach,
  };
}
