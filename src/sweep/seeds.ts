/** Which seeds a cell is still to be trained with, and which of its trials count. */
import type { SeedOutcome, StoredTrial, StoreReader } from "../store/store.js";
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
 * are wanted, the shortest run of these seeds, from the first on, that has them. All that there are,
 * where it is not complete.
 *
 * @param trials by ascending seed
 */
export function countedTrials<Trial extends SeedOutcome>(
  plan: SeedPlan,
  trials: readonly Trial[],
): Trial[] {
  const asked = new Set(plan.seeds);
  const stored = trials.filter(({ seed }) => asked.has(seed));
  if (!plan.until) return stored;
  const counted: Trial[] = [];
  let left = plan.until.count;
  for (const trial of stored) {
    if (left === 0 || trial.seed !== plan.seeds[counted.length]) break;
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

/**
 * As many seeds as are asked for, none of which is taken: those asked for that are free, and for the
 * others the lowest free ones; ascending.
 */
export function freeSeeds(asked: readonly number[], taken: readonly number[]): number[] {
  const closed = new Set(taken);
  const free = new Set(asked.filter((seed) => !closed.has(seed)));
  for (let seed = 0; free.size < asked.length; seed++) if (!closed.has(seed)) free.add(seed);
  return [...free].sort((a, b) => a - b);
}

/** From the first to the last, both included. */
export type SeedRange = readonly [first: number, last: number];

/** The runs of neighbouring seeds among them, ascending. */
export function rangesOf(seeds: readonly number[]): SeedRange[] {
  const ranges: [number, number][] = [];
  for (const seed of seeds.toSorted((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range && seed === range[1] + 1) range[1] = seed;
    else ranges.push([seed, seed]);
  }
  return ranges;
}
