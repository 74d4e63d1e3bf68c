/** How far a mean can be from the true one. */
import { Z_95 } from "./intervals.js";

export interface MeanInterval {
  readonly mean: number;
  /** Half of the 95 % interval, `mean ± reach`; null of a single value, which has no spread. */
  readonly reach: number | null;
}

/**
 * The mean of independent values with Student's 95 % interval, mean ± t·s/√n, where s is the unbiased
 * deviation and t the 97.5 % quantile of n - 1 degrees of freedom (Student 1908, "The probable error
 * of a mean"). Exact for normal values; counts of dead neurons are near enough to it.
 *
 * @returns null of no values
 */
export function meanInterval(values: readonly number[]): MeanInterval | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { mean, reach: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, reach: studentT95(n - 1) * Math.sqrt(squares / (n - 1) / n) };
}

/**
 * Student's 97.5 % quantile: exact for one and two degrees of freedom, from three on by the first
 * terms of its expansion around the normal's (Abramowitz & Stegun 1964, 26.7.5), off by less than 0.3 %.
 *
 * @param freedom degrees of freedom, from 1
 */
export function studentT95(freedom: number): number {
  if (freedom === 1) return Math.tan(0.475 * Math.PI);
  if (freedom === 2) return 0.95 * Math.sqrt(2 / (1 - 0.95 * 0.95));
  const z = Z_95;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
  ];
  return terms.reduce((sum, term, i) => sum + term / freedom ** (i + 1), z);
}
