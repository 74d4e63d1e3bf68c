/** Errors that the user can mend. */
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

/** The candidate that `word` is most likely a misspelling of, if any is near. */
export function nearestOf(word: string, candidates: readonly string[]): string | undefined {
  const [nearest] = candidates
    .map((candidate) => ({
      candidate,
      steps: distance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.steps - b.steps);
  return nearest && nearest.steps <= Math.max(2, word.length / 3) ? nearest.candidate : undefined;
}
