/** Which seeds a cell is still to be trained with, and which of its trials count. */
import { isNarrow, looksFor } from "../analysis/sampling-until-narrow.js";
import type { SeedOutcome, StoredTrial, StoreReader } from "../store/store.js";
import type { Plan, PlannedCell, Until, UntilFound, UntilNarrow } from "./plan.js";

type SeedPlan = Pick<Plan, "seeds" | "until" | "shard">;

/** The seeds that a cell is to be trained with here. */
export function ownSeeds(
  { seeds, shard }: Pick<Plan, "seeds" | "shard">,
  { key }: Pick<PlannedCell, "key">,
): readonly number[] {
  return shard ? shard.seedsOf(key) : seeds;
}

/**
 * The seeds to train next.
 *
 * A cell that is to be trained until it has enough gets its seeds in blocks of fixed ends: what a store
 * ends up with then depends neither on the batches nor on when a run was interrupted.
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
  const seeds = ownSeeds(plan, cell);
  if (seeds.length === 0) return [];
  const done = new Set(store.seedsDone(cell.key, retryFailed));
  if (!plan.until) return seeds.filter((seed) => !done.has(seed));
  let complete: boolean | undefined;
  for (const end of blocksFor(plan.until)) {
    const missing = seeds.slice(0, end).filter((seed) => !done.has(seed));
    if (missing.length > 0) return missing;
    complete ??= isComplete(plan, store.trialsOf(cell.key));
    if (complete || end >= seeds.length) return [];
  }
  return [];
}

/** Where the blocks end, without an end: for a number that is wanted at 8, 16, 32, 64, …, for a rate at each look. */
function blocksFor(until: Until): Iterable<number> {
  return "width" in until ? looksFor(until.width) : doublings();
}

function* doublings(): Generator<number> {
  for (let end = 8; ; end *= 2) yield end;
}

/**
 * The trials that make a cell: those of the plan's seeds or, where a cell is trained until it has enough, the
 * shortest run of these seeds, from the first on, that is. All such that there are, where it is not complete.
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
  const gap = stored.findIndex(({ seed }, i) => seed !== plan.seeds[i]);
  const run = gap < 0 ? stored : stored.slice(0, gap);
  return run.slice(0, enoughOf(plan.until, run));
}

/**
 * Whether a cell that is trained until it has enough has.
 *
 * @param trials by ascending seed
 */
export function isComplete(plan: SeedPlan, trials: readonly StoredTrial[]): boolean {
  return enoughOf(plan.until!, countedTrials(plan, trials)) !== undefined;
}

/** @returns how many of the trials are enough, from the first on; undefined where all are too few */
function enoughOf(until: Until, trials: readonly SeedOutcome[]): number | undefined {
  return "width" in until ? narrowAt(until, trials) : foundAt(until, trials);
}

function foundAt({ wanted, count }: UntilFound, trials: readonly SeedOutcome[]) {
  let found = 0;
  const last = trials.findIndex(({ outcome }) => wanted(outcome) && ++found === count);
  return last < 0 ? undefined : last + 1;
}

function narrowAt({ wanted, width }: UntilNarrow, trials: readonly SeedOutcome[]) {
  let [found, seen] = [0, 0];
  for (const look of looksFor(width)) {
    if (look > trials.length) return undefined;
    for (; seen < look; seen++) if (wanted(trials[seen].outcome)) found++;
    if (isNarrow(found, look, width)) return look;
  }
  return undefined;
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
