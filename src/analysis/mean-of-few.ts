/** Whether a mean that somebody printed of a few trials could be one of ours. */

/** A printed mean of whole numbers. */
export interface PrintedMean {
  readonly mean: number;
  /** To so many decimals it was rounded. */
  readonly decimals: number;
  /** Of how many trials, at least 1. */
  readonly of: number;
}

/** Fewer of our trials than so many for each of theirs say too little of what a trial has. */
const ENOUGH = 20;

/**
 * Theirs are taken for draws from ours: p is twice the chance, 1 at the most, that so many draws have a sum as far up,
 * or as far down, as the printed mean says. Of all sums that round to it the likeliest counts. The sum's distribution is
 * exact, by convolution; that ours are but a sample is left out, so there must be twenty of ours for each of theirs.
 *
 * @param values ours, whole numbers from 0
 * @returns null where there are too few of ours
 */
export function meanOfFewTest(
  values: readonly number[],
  { mean, decimals, of }: PrintedMean,
): number | null {
  if (values.length < ENOUGH * of) return null;
  const chances = distributionOf(values);
  let sums: Float64Array = Float64Array.of(1);
  for (let draw = 0; draw < of; draw++) sums = convolved(sums, chances);
  const room = (0.5 * 10 ** -decimals + 1e-9) * of;
  const lowest = Math.ceil(mean * of - room);
  const highest = Math.floor(mean * of + room);
  const total = (from: number, to: number) =>
    sums.subarray(Math.max(0, from), Math.max(0, to)).reduce((sum, chance) => sum + chance, 0);
  const [down, up] = [total(0, highest + 1), total(lowest, sums.length)];
  return Math.min(1, 2 * Math.min(down, up));
}

/**
 * Whether a printed mean can be one of so many whole numbers at all: 4.71 of three cannot.
 */
export function isPossible({ mean, decimals, of }: PrintedMean): boolean {
  const room = 0.5 * 10 ** -decimals + 1e-9;
  return Math.abs(Math.round(mean * of) / of - mean) <= room;
}

/** The share of each whole number, from 0 on. */
function distributionOf(values: readonly number[]): Float64Array {
  const shares = new Float64Array(values.reduce((most, value) => Math.max(most, value), 0) + 1);
  for (const value of values) shares[value] += 1 / values.length;
  return shares;
}

function convolved(a: Float64Array, b: Float64Array): Float64Array {
  const sums = new Float64Array(a.length + b.length - 1);
  for (let i = 0; i < a.length; i++) for (let j = 0; j < b.length; j++) sums[i + j] += a[i] * b[j];
  return sums;
}
