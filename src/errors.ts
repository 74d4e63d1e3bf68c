/** Errors that the command line tells without a stack trace. */
import { distance } from "fastest-levenshtein";

/**
 * A mistake in what the user gave: the command line, a file, a folder. The command line shows its
 * message without a stack trace and exits with 2.
 *
 * @param message names the field, the rule, the value it got and the remedy
 */
export class UserError extends Error {
  override readonly name = "UserError";
}

/**
 * What kept work from going on although nothing that was asked for is wrong: a full disk, a lock that
 * another program does not let go, no worker that can load its engine. The command line shows its
 * message without a stack trace and exits with 1.
 *
 * @param message says what happened, what is kept, and what to do
 */
export class StoppedError extends Error {
  override readonly name = "StoppedError";
}

/** Of a full disk under results: what is committed is there. */
export const DISK_FULL =
  "the disk is full; what is finished is kept: free some space and run the same command again";

/** Whether an error tells of a full disk, whoever met it. */
export function isDiskFull(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === "SQLITE_FULL" || code === "ENOSPC" || message === DISK_FULL;
}

/** No name is longer; to compare longer words takes time and finds nothing. */
const LONGEST_NAME = 100;

/** The candidate that `word` is most likely a misspelling of, if any is near. */
export function nearestOf(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > LONGEST_NAME) return undefined;
  const [nearest] = candidates
    .map((candidate) => ({
      candidate,
      steps: distance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.steps - b.steps);
  return nearest && nearest.steps <= Math.max(2, word.length / 3) ? nearest.candidate : undefined;
}
