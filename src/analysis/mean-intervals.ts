/** How far a mean can be from the true one. */
import { studentQuantile } from "./student-quantile.js";

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
  return { mean, reach: studentQuantile(0.025, n - 1) * Math.sqrt(squares / (n - 1) / n) };
}
