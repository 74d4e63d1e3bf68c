/**
 * Exact tests on counts. Their distributions have one peak and simple ratios P(x+1)/P(x), so they
 * are built from the peak outwards and then scaled to a sum of 1: no factorial is ever computed,
 * and counts of a million lose nothing.
 */

/** Tables this close in probability, relatively, count as equally likely; R's fisher.test has the same. */
const TIE_TOLERANCE = 1e-7;

/** Two groups, a row each: [successes, failures], whole numbers from 0 to 10^6. */
export type TwoByTwoTable = readonly [readonly [number, number], readonly [number, number]];

/**
 * Fisher's exact test, two-sided: the probability, given the table's row and column sums and no
 * difference between the groups, of a table that is no likelier than the observed one (Fisher 1935,
 * "The logic of inductive inference"; for the two sides, Agresti 1992, "A survey of exact
 * inference for contingency tables").
 *
 * @returns p from 0 to 1: exactly 1 where the sums allow one table only, and 0 where p is too small
 *   for a float64
 */
export function fisherExactTest([[a, b], [c, d]]: TwoByTwoTable): number {
  const row = a + b;
  const column = a + c;
  const total = a + b + c + d;
  const lowest = Math.max(0, row + column - total);
  const highest = Math.min(row, column);
  const mode = Math.floor(((row + 1) * (column + 1)) / (total + 2));
  // The hypergeometric distribution of the table's first entry, x.
  const weights = outwardsFromMode(lowest, highest, mode, (x) => {
    const gained = (x + 1) * (total - row - column + x + 1);
    return ((row - x) * (column - x)) / gained;
  });
  const observed = weights[a - lowest];
  const asExtreme = weights.filter((weight) => weight <= observed * (1 + TIE_TOLERANCE));
  return sum(asExtreme) / sum(weights);
}

/**
 * P(X >= k) where X counts the successes of n independent draws.
 *
 * @param k a whole number
 * @param n draws, a whole number from 0 to 10^6
 * @param probability of a success, from 0 to 1
 */
export function binomialUpperTail(k: number, n: number, probability: number): number {
  const mode = Math.min(n, Math.floor((n + 1) * probability));
  const odds = probability / (1 - probability);
  const weights = outwardsFromMode(0, n, mode, (x) => ((n - x) / (x + 1)) * odds);
  return sum(weights.subarray(Math.max(0, k))) / sum(weights);
}

/**
 * A distribution's probabilities, each divided by that of the mode.
 *
 * @param ratio P(x+1)/P(x)
 * @returns [highest - lowest + 1]; 0 where a quotient is too small for a float64
 */
function outwardsFromMode(
  lowest: number,
  highest: number,
  mode: number,
  ratio: (x: number) => number,
): Float64Array {
  const weights = new Float64Array(highest - lowest + 1);
  weights[mode - lowest] = 1;
  for (let x = mode; x < highest; x++) weights[x + 1 - lowest] = weights[x - lowest] * ratio(x);
  for (let x = mode; x > lowest; x--) weights[x - 1 - lowest] = weights[x - lowest] / ratio(x - 1);
  return weights;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
