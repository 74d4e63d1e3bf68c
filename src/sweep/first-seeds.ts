/** The shortest run of seeds 0, 1, 2, … that has enough of the trials one looks for. */
import type { StoredTrial } from "../store/store.js";

export interface Search {
  /** What one looks for. */
  readonly wanted: (trial: StoredTrial) => boolean;
  /** How many of it, at least 1. */
  readonly count: number;
  /** The most trials to train. */
  readonly atMost: number;
}

export interface SearchResult {
  /** By seed from 0: up to the last one needed, or `atMost` of them. */
  readonly trials: readonly StoredTrial[];
  readonly reached: boolean;
}

/** Trials of the first block; each further block doubles what there is. */
const FIRST_BLOCK = 8;

/**
 * Blocks only decide how many trials are trained in vain: the result is the same whatever their size.
 *
 * @param trialsOf trains seeds and gives their trials in order
 */
export async function searchFirstSeeds(
  trialsOf: (seeds: readonly number[]) => Promise<readonly StoredTrial[]>,
  { wanted, count, atMost }: Search,
): Promise<SearchResult> {
  const trials: StoredTrial[] = [];
  let found = 0;
  while (trials.length < atMost) {
    const begin = trials.length;
    const end = Math.min(atMost, Math.max(FIRST_BLOCK, 2 * begin));
    const block = await trialsOf(Array.from({ length: end - begin }, (_, i) => begin + i));
    for (const trial of block) {
      trials.push(trial);
      if (wanted(trial)) found++;
      if (found === count) return { trials, reached: true };
    }
  }
  return { trials, reached: false };
}
