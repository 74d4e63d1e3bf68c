/** What a comparison says in a word, and what it could not have said. */
import { FALSE_ALARM_LEVEL } from "./count-differences.js";
import type { Measure } from "./measures.js";

/** Of the other against the base; of a count or an error, whether it is more is not said to be bad or good. */
export type ArmVerdict = "better" | "worse" | "more" | "fewer" | "higher" | "lower" | "cannot tell";

const WORDS = {
  rate: ["more", "fewer"],
  count: ["more", "fewer"],
  error: ["higher", "lower"],
} as const;

/** Of a difference that was found. */
export function verdictOf(difference: number, { kind, isConvergence }: Measure): ArmVerdict {
  const [above, below] = isConvergence ? (["better", "worse"] as const) : WORDS[kind];
  return difference > 0 ? above : below;
}

/**
 * The most clusters that may all favour one side, and no other cluster at all, without a difference being found. So
 * many clusters that favour one side have a p of 2^(1 - clusters), by the sign-flip test's exact
 * distribution.
 *
 * @param tests how many share the level, those left out that found a difference
 */
export function mostUnnoticedClusters(clusters: number, tests: number): number {
  let most = 0;
  while (most < clusters && Math.min(1, 2 ** -most) * tests > FALSE_ALARM_LEVEL) most++;
  return most;
}
