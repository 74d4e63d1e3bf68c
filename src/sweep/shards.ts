/** Parts of a plan for several machines: which trials are whose follows from the plan alone. */
import { number } from "../counted.js";
import { trainingOperations } from "../engines/cost.js";
import { UserError } from "../errors.js";
import type { Plan, Shard } from "./plan.js";

/** No cluster has so many jobs in one array. */
const MAX_SHARDS = 100_000;

/** The kernel trains four networks in the time of one, so that a smaller block would save none. */
const BLOCK = 4;

/**
 * `3/16`: the third of sixteen.
 *
 * @throws UserError where it is no such part
 */
export function parseShard(text: string): Shard {
  const [, index, count] = /^(\d{1,9})\/(\d{1,9})$/.exec(text.trim())?.map(Number) ?? [];
  const refuse = (why: string) => new UserError(`--shard: ${why}, got ${JSON.stringify(text)}`);
  if (index === undefined || count === undefined) {
    throw refuse("must be which shard and of how many, as 3/16");
  }
  if (count < 1 || count > MAX_SHARDS) {
    throw refuse(`must be of 1 to ${number(MAX_SHARDS)} shards, as 3/16`);
  }
  if (index < 1 || index > count) {
    const theyAre =
      count === 1 ? "the only shard is 1/1" : `shards are 1/${count} to ${count}/${count}`;
    throw refuse(`must be one of the shards; ${theyAre}`);
  }
  return { index, count };
}

/** `shard 3 of 16` */
export function shardTitle({ index, count }: Shard): string {
  return `shard ${index} of ${count}`;
}

/**
 * The plan with what of it is a shard's. Every trial is in exactly one of the shards. They are dealt out in blocks of
 * four seeds of a cell, or in whole cells where what comes of a cell's trials ends it: all first blocks, then all second
 * ones, the dearest cell first, each block to the shard that has least so far. So no shard has more than another by more
 * than the dearest block costs, and more seeds leave every trial where it was.
 */
export function shardOf(plan: Plan, shard: Shard): Plan {
  const length = plan.until ? plan.seeds.length : BLOCK;
  const dearestFirst = plan.cells
    .map(({ key, cell }) => ({ key, cost: trainingOperations(cell) }))
    // By the key where they cost the same, so that no shard gets one learning rate and another the next.
    .sort((a, b) => b.cost - a.cost || (a.key < b.key ? -1 : 1));
  const deal = dealer(shard.count);
  const own = new Map<string, number[]>();
  let trials = 0;
  for (let start = 0; start < plan.seeds.length; start += length) {
    const block = plan.seeds.slice(start, start + length);
    for (const { key, cost } of dearestFirst) {
      if (deal(cost) !== shard.index) continue;
      const seeds = own.get(key) ?? [];
      own.set(key, seeds);
      for (const seed of block) seeds.push(seed);
      trials += block.length;
    }
  }
  const seedsOf = (cellKey: string) => own.get(cellKey) ?? [];
  return { ...plan, shard: { ...shard, cells: own.size, trials, seedsOf } };
}

/** Gives each cost to the shard, counted from 1, that has least so far; of several such, to the first. */
function dealer(count: number): (cost: number) => number {
  const heap = Array.from({ length: count }, (_, i) => ({ index: i + 1, load: 0 }));
  type Loaded = (typeof heap)[number];
  const isBefore = (a: Loaded, b: Loaded) =>
    a.load < b.load || (a.load === b.load && a.index < b.index);
  return (cost) => {
    const least = heap[0];
    least.load += cost;
    let at = 0;
    for (let child = 1; child < count; child = 2 * at + 1) {
      if (child + 1 < count && isBefore(heap[child + 1], heap[child])) child++;
      if (!isBefore(heap[child], least)) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = least;
    return least.index;
  };
}
