/** Which of many pairs of counts one rate does not explain. */
import { fisherExactTest } from "./exact-tests.js";
import { holmAdjusted } from "./holm.js";

/** The most likely that any of all pairs compared together is found to differ where none does. */
export const FALSE_ALARM_LEVEL = 0.05;

/** So many of these trials converged. */
export interface ConvergedCount {
  readonly trials: number;
  readonly converged: number;
}

/**
 * Fisher's exact test of each pair. Hundreds of them tested at 0.05 each would raise a false alarm
 * nearly every time, so Holm's adjustment shares one level among all.
 *
 * @returns a p for each pair, to be held against FALSE_ALARM_LEVEL
 */
export function countDifferences(
  pairs: readonly (readonly [ConvergedCount, ConvergedCount])[],
): number[] {
  const row = ({ trials, converged }: ConvergedCount) => [converged, trials - converged] as const;
  return holmAdjusted(pairs.map(([a, b]) => fisherExactTest([row(a), row(b)])));
}

/**
 * How little such tests see: the most of `others` trials that may converge, against none of `trials`,
 * without a difference being found.
 *
 * @param tests how many pairs share the level, those left out that were found to differ
 */
export function mostUnnoticed(trials: number, others: number, tests: number): number {
  const isFound = (converged: number) =>
    fisherExactTest([
      [0, trials],
      [converged, others - converged],
    ]) *
      tests <=
    FALSE_ALARM_LEVEL;
  let most = 0;
  while (most < others && !isFound(most + 1)) most++;
  return most;
}
