/** The numbers of a trained outcome that came later, for tests in which they do not matter. */
import { DEAD_COUNTS, type DeadCounts } from "#lrn/model/dead-counts.js";

/** A different number for each, so that none can stand in another's place unnoticed. */
export const SOME_COUNTS = Object.fromEntries(
  DEAD_COUNTS.map((name, i) => [name, i + 5]),
) as unknown as DeadCounts;
