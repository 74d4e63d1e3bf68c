/** Which seeds a cell is still to be trained with, and which of its trials count. */
import type { StoredTrial, StoreReader } from "../store/store.js";
import type { Plan, PlannedCell } from "./plan.js";

type SeedPlan = Pick<Plan, "seeds" | "until">;

/**
 * The seeds to train next.
 *
 * A cell that is to be trained until it has so many trials that are wanted gets its seeds in blocks
 * that end at 8, 16, 32, 64, …: what a store ends up with then depends neither on the batches nor on
 * when a run was interrupted.
 *
 * @param retryFailed whether trials that failed are to be trained again
 * @returns none where the cell has all that it needs
 */
export function missingSeeds(
  plan: SeedPlan,
  store: Pick<StoreReader, "seedsDone" | "trialsOf">,
  cell: PlannedCell,
  retryFailed = false,
): readonly number[] {
  const done = new Set(store.seedsDone(cell.key, retryFailed));
  if (!plan.until) return plan.seeds.filter((seed) => !done.has(seed));
  for (let end = 8; ; end *= 2) {
    const missing = plan.seeds.slice(0, end).filter((seed) => !done.has(seed));
    if (missing.length > 0) return missing;
    if (end >= plan.seeds.length || isComplete(plan, store.trialsOf(cell.key))) return [];
  }
}

/**
 * The trials that make a cell: those of the plan's seeds or, where a cell is trained until so many
 * are wanted, the shortest run of seeds 0, 1, 2, … that has them. All of those that there are,
 * where it is not complete.
 *
 * @param trials by ascending seed
 */
export function countedTrials(plan: SeedPlan, trials: readonly StoredTrial[]): StoredTrial[] {
  const asked = new Set(plan.seeds);
  const stored = trials.filter(({ seed }) => asked.has(seed));
  if (!plan.until) return stored;
  const counted: StoredTrial[] = [];
  let left = plan.until.count;
  for (const trial of stored) {
    if (left === 0 || trial.seed !== counted.length) break;
    counted.push(trial);
    if (plan.until.wanted(trial.outcome)) left--;
  }
  return counted;
}

/**
 * Whether a cell has as many trials as are wanted of it.
 *
 * @param trials by ascending seed
 */
export function isComplete(plan: SeedPlan, trials: readonly StoredTrial[]): boolean {
  const { wanted, count } = plan.until!;
  const counted = countedTrials(plan, trials);
  return counted.filter(({ outcome }) => wanted(outcome)).length >= count;
}
