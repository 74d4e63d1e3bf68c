/** Distribution functions, and how far drawn numbers are from them. */

/** Φ(x), by Taylor's series (Marsaglia 2004, "Evaluating the normal distribution"). */
export function normalCdf(x: number): number {
  if (Math.abs(x) > 8) return x > 0 ? 1 : 0;
  let sum = x;
  let term = x;
  for (let k = 3; Math.abs(term) > 1e-17; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/** Of the uniform distribution in [-1, 1]. */
export function uniformCdf(x: number): number {
  return Math.min(1, Math.max(0, (x + 1) / 2));
}

/** The Kolmogorov-Smirnov statistic times √n: above 1.628 once in a hundred times. */
export function ksStatistic(values: readonly number[], cdf: (x: number) => number): number {
  const n = values.length;
  const distance = values
    .toSorted((a, b) => a - b)
    .reduce((furthest, value, i) => {
      const expected = cdf(value);
      return Math.max(furthest, expected - i / n, (i + 1) / n - expected);
    }, 0);
  return distance * Math.sqrt(n);
}

/** What a Kolmogorov-Smirnov test at the 1 percent level lets pass. */
export const KS_1_PERCENT = 1.628;
