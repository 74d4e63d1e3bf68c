/** Whether differences of pairs favour one side by more than chance: each could as well have had the other sign. */
import { namedStream } from "../model/random.js";
import { normalUpperTail } from "./normal-distribution.js";

/**
 * `exact`: from the distribution of the sum. `normal`: from the normal one of the same variance.
 * `monte carlo`: from so many drawn signs as `RESAMPLES` says.
 */
export type TestMethod = "exact" | "normal" | "monte carlo";

export interface SignFlipTest {
  /** Two-sided, from 0 to 1. */
  readonly p: number;
  readonly method: TestMethod;
}

/** Products of a convolution: a hundredth of a second or two. */
const MOST_PRODUCTS = 20_000_000;
/** Of 2^16 sums each takes two additions. */
const MOST_ENUMERATED = 16;
const RESAMPLES = 9_999;
/** Totals this close, relatively to all there is to add up, count as equal: they were added up in another order. */
const TIE_TOLERANCE = 1e-11;

/**
 * The sign-flip test of clusters' sums of differences (Fisher 1935, "The design of experiments", section 21; by
 * clusters: Gail, Mark, Carroll, Green & Pee 1996, "On design considerations and randomization-based
 * inference for community intervention trials"). Where the two sides are alike, the sum of a cluster has either
 * sign with the same chance, whatever its pairs have in common, and p is the chance that all sums together are as
 * far from 0 as they are. Of single pairs that differ by -1, 0 or 1 it is McNemar's exact test.
 *
 * Whole numbers have the exact distribution of their total, by convolution, or where there are too many of them the
 * normal one with the variance of the flips, Σ sum², and a continuity correction of 1, half a step of the total
 * (Edwards 1948, "Note on the correction for continuity in testing the significance of the difference
 * between correlated proportions"). Other numbers may have a tail so long that a single one decides, which the
 * normal distribution knows nothing of: of at most 16 that are not 0 all signs are gone through, of more 9,999 draws
 * are taken, and p = (1 + as far)/(1 + draws), which is never too small (Phipson & Smyth 2010, "Permutation
 * p-values should never be zero").
 *
 * @param sums one per cluster, finite
 */
export function signFlipTest(sums: ArrayLike<number>): SignFlipTest {
  const sizes = Float64Array.from(sums, Math.abs).filter((size) => size !== 0);
  const observed = Math.abs(Float64Array.from(sums).reduce(add, 0));
  if (sizes.every(Number.isSafeInteger)) return ofWholeNumbers(sizes, observed);
  const least = observed - TIE_TOLERANCE * sizes.reduce(add, 0);
  if (sizes.length <= MOST_ENUMERATED) return { p: enumerated(sizes, least), method: "exact" };
  return { p: drawn(sizes, least), method: "monte carlo" };
}

function add(total: number, value: number): number {
  return total + value;
}

function ofWholeNumbers(sizes: Float64Array, observed: number): SignFlipTest {
  const counts = new Map<number, number>();
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
  const groups = [...counts].sort(([a], [b]) => a - b);
  const highest = sizes.reduce(add, 0);
  if (productsFor(groups) > MOST_PRODUCTS) {
    const deviation = Math.sqrt(sizes.reduce((total, size) => total + size * size, 0));
    const tail = normalUpperTail(Math.max(0, observed - 1) / deviation);
    return { p: Math.min(1, 2 * tail), method: "normal" };
  }
  // Of every sum its positive part: the total is twice theirs, less `highest`.
  const chances = groups.reduce<Float64Array>(
    (known, [size, count]) => convolved(known, size, halves(count)),
    Float64Array.of(1),
  );
  const from = (highest + observed) / 2;
  const tail = chances.subarray(from).reduce(add, 0);
  return { p: observed === 0 ? 1 : Math.min(1, 2 * tail), method: "exact" };
}

type Group = readonly [size: number, count: number];

function productsFor(groups: readonly Group[]): number {
  let [length, products] = [1, 0];
  for (const [size, count] of groups) {
    products += length * (count + 1);
    length += size * count;
  }
  return products;
}

/** @param by the chances of 0, `size`, 2·`size`, … more */
function convolved(known: Float64Array, size: number, by: Float64Array): Float64Array {
  const result = new Float64Array(known.length + size * (by.length - 1));
  for (let k = 0; k < by.length; k++) {
    const chance = by[k];
    if (chance === 0) continue;
    for (let i = 0, at = k * size; i < known.length; i++, at++) result[at] += known[i] * chance;
  }
  return result;
}

/** The binomial distribution of so many even chances, [count + 1], from its middle outwards. */
function halves(count: number): Float64Array {
  const chances = new Float64Array(count + 1);
  const middle = count >> 1;
  chances[middle] = 1;
  for (let k = middle; k < count; k++) chances[k + 1] = (chances[k] * (count - k)) / (k + 1);
  for (let k = middle; k > 0; k--) chances[k - 1] = (chances[k] * k) / (count - k + 1);
  const total = chances.reduce(add, 0);
  return chances.map((chance) => chance / total);
}

function enumerated(sizes: Float64Array, least: number): number {
  let asFar = 0;
  const flip = (at: number, sum: number) => {
    if (at === sizes.length) {
      if (Math.abs(sum) >= least) asFar++;
      return;
    }
    flip(at + 1, sum + sizes[at]);
    flip(at + 1, sum - sizes[at]);
  };
  flip(0, 0);
  return asFar / 2 ** sizes.length;
}

/** Clusters whose signs are drawn together: a byte of them. */
const BLOCK = 8;

function drawn(sizes: Float64Array, least: number): number {
  const sums = blockSums(sizes);
  const stream = namedStream(0, "sign-flip-test");
  let asFar = 0;
  for (let draw = 0; draw < RESAMPLES; draw++) {
    let sum = 0;
    let signs = 0;
    for (let at = 0; at < sums.length; at += 256) {
      if (at % 1024 === 0) signs = stream.int32();
      sum += sums[at + (signs & 255)];
      signs >>= BLOCK;
    }
    if (Math.abs(sum) >= least) asFar++;
  }
  return (1 + asFar) / (1 + RESAMPLES);
}

/** Of each block of sizes the sum under each of its 256 assignments of signs, [blocks · 256]. */
function blockSums(sizes: Float64Array): Float64Array {
  const sums = new Float64Array(Math.ceil(sizes.length / BLOCK) * 256);
  for (let block = 0; block * BLOCK < sizes.length; block++) {
    const own = sizes.subarray(block * BLOCK, (block + 1) * BLOCK);
    const at = block * 256;
    sums[at] = -own.reduce(add, 0);
    for (let signs = 1; signs < 256; signs++) {
      const lowest = 31 - Math.clz32(signs & -signs);
      sums[at + signs] = sums[at + (signs & (signs - 1))] + 2 * (own[lowest] ?? 0);
    }
  }
  return sums;
}
