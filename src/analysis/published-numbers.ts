/** Numbers that a paper prints of its trainings, held against ours: counts by Fisher's test, means by their distribution. */
import type { PartialCell } from "../model/axes.js";
import type { Series } from "./clusters.js";
import { FALSE_ALARM_LEVEL } from "./count-differences.js";
import { fisherExactTest } from "./exact-tests.js";
import { holmAdjusted } from "./holm.js";
import { isPossible, meanOfFewTest } from "./mean-of-few.js";

/** So many of a cell's trials had something. */
export interface PublishedCount {
  readonly kind: "count";
  /** Where it is printed. */
  readonly from: string;
  /** Tells the cell from all others of the sweep. */
  readonly where: PartialCell;
  /** What was counted, by the name of a measure that each trial has or has not: `converged`, `collapsed`. */
  readonly measure: string;
  readonly trials: number;
  readonly count: number;
}

/** A mean over those of a cell's trials that converged. */
export interface PublishedMean {
  readonly kind: "mean";
  readonly from: string;
  readonly where: PartialCell;
  /** The name of a measure of whole numbers, as `dead-neurons`. */
  readonly measure: string;
  /** How many converged; where the paper does not say, as many as it says it trained. */
  readonly trials: number;
  readonly mean: number;
  readonly decimals: number;
}

export type PublishedNumber = PublishedCount | PublishedMean;

/**
 * `agrees`: a training of one's own would have as different a number at least one time in twenty. `differs`: all
 * numbers together would show one as different in less than one of twenty repetitions of everything, where nothing
 * differs. `cannot tell`: between the two, or too few of ours.
 */
export type Agreement = "agrees" | "differs" | "cannot tell";

export interface JudgedNumber {
  readonly published: PublishedNumber;
  /** Our trials that the number can be held against, and their mean: of a count, the share. */
  readonly ours: { readonly trials: number; readonly mean: number };
  /** Null where there are too few of ours. */
  readonly p: number | null;
  /** By Holm, over all numbers; null where there is no p. */
  readonly adjusted: number | null;
  readonly verdict: Agreement;
  /** A mean that so many whole numbers cannot have: it must be of more trials, or of others. */
  readonly impossible: boolean;
}

/** @param valuesOf of the trials that a number is about: of a count 1 and 0, of a mean whole numbers */
export function judgeNumbers(
  numbers: readonly PublishedNumber[],
  valuesOf: (number: PublishedNumber) => readonly number[],
): JudgedNumber[] {
  const tested = numbers.map((published) => {
    const values = valuesOf(published);
    const sum = values.reduce((total, value) => total + value, 0);
    return { published, values, sum, p: testOf(published, values, sum) };
  });
  const known = tested.filter(({ p }) => p !== null);
  const adjusted = holmAdjusted(known.map(({ p }) => p!));
  return tested.map(({ published, values, sum, p }) => {
    const own = p === null ? null : adjusted[known.findIndex((one) => one.published === published)];
    return {
      published,
      ours: { trials: values.length, mean: values.length > 0 ? sum / values.length : 0 },
      p,
      adjusted: own,
      verdict: verdictOf(p, own),
      impossible: published.kind === "mean" && !isPossible({ ...published, of: published.trials }),
    };
  });
}

function testOf(published: PublishedNumber, values: readonly number[], sum: number): number | null {
  if (published.kind === "mean")
    return meanOfFewTest(values, { ...published, of: published.trials });
  if (values.length === 0) return null;
  const { count, trials } = published;
  return fisherExactTest([
    [count, trials - count],
    [sum, values.length - sum],
  ]);
}

function verdictOf(p: number | null, adjusted: number | null): Agreement {
  if (p === null || adjusted === null) return "cannot tell";
  if (adjusted <= FALSE_ALARM_LEVEL) return "differs";
  return p > FALSE_ALARM_LEVEL ? "agrees" : "cannot tell";
}

/** What a total of counts was to be expected as. */
export interface ExpectedTotal {
  readonly published: number;
  readonly expected: number;
  /** Of such a total, where each cell has seeds of its own. */
  readonly deviation: number;
  /** Of one where cells share their seeds, as ours do: a lucky start is lucky in many cells. */
  readonly sharedDeviation: number;
}

/**
 * @param counts all of as many trials
 * @param seriesOf 1 or 0 of each seed; cells without a trial are left out
 */
export function expectedTotal(
  counts: readonly PublishedCount[],
  seriesOf: (number: PublishedCount) => Series,
): ExpectedTotal {
  let [published, expected, variance] = [0, 0, 0];
  const bySeed = new Map<number, number>();
  for (const number of counts) {
    const { seeds, values } = seriesOf(number);
    if (values.length === 0) continue;
    const rate = Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
    published += number.count;
    expected += number.trials * rate;
    variance += number.trials * rate * (1 - rate);
    for (let i = 0; i < seeds.length; i++) {
      bySeed.set(seeds[i], (bySeed.get(seeds[i]) ?? 0) + values[i]);
    }
  }
  const sums = [...bySeed.values()];
  const mean = sums.reduce((sum, value) => sum + value, 0) / Math.max(1, sums.length);
  const squares = sums.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const trials = counts[0]?.trials ?? 0;
  return {
    published,
    expected,
    deviation: Math.sqrt(variance),
    sharedDeviation: Math.sqrt((trials * squares) / Math.max(1, sums.length - 1)),
  };
}
