/** Shards against what they promise: all of the plan, nothing twice, fair, and the same with more seeds. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { trainingOperations } from "#lrn/engines/cost.js";
import { type Plan, planSweep } from "#lrn/sweep/plan.js";
import { missingSeeds } from "#lrn/sweep/seeds.js";
import { parseShard, shardOf } from "#lrn/sweep/shards.js";
import { workLeft } from "#lrn/sweep/work-left.js";
import { ENGINE, SMALL_GRID, sweepOf } from "./sweeps.js";

const planOf = (fields: object) => planSweep(sweepOf(fields), "float32/1");

/** The shard of each trial, and that no other has it. */
function dealt(plan: Plan, count: number): Map<string, number> {
  const owners = new Map<string, number>();
  for (let index = 1; index <= count; index++) {
    const { shard } = shardOf(plan, { index, count });
    let trials = 0;
    let cells = 0;
    for (const { key } of plan.cells) {
      const seeds = shard!.seedsOf(key);
      trials += seeds.length;
      if (seeds.length > 0) cells++;
      for (const seed of seeds) {
        const trial = `${key} ${seed}`;
        if (owners.has(trial)) throw new Error(`${trial} is in two shards`);
        owners.set(trial, index);
      }
    }
    expect(shard).toMatchObject({ index, count, trials, cells });
  }
  return owners;
}

const sweeps = fc.record({
  depths: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }),
  widths: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 }),
  seeds: fc.integer({ min: 1, max: 60 }),
  more: fc.integer({ min: 0, max: 60 }),
  count: fc.integer({ min: 1, max: 40 }),
});
const gridOf = (depth: number[], width: number[]) => ({ ...SMALL_GRID, depth, width });

describe("shards of any sweep", () => {
  it("have each trial once, and no two differ by more than the dearest block", () => {
    fc.assert(
      fc.property(sweeps, ({ depths, widths, seeds, count }) => {
        const plan = planOf({ grid: gridOf(depths, widths), seeds });
        const owners = dealt(plan, count);
        expect(owners.size).toBe(plan.trials);
        const costs = Array<number>(count).fill(0);
        for (const { key, cell } of plan.cells) {
          for (const seed of plan.seeds) {
            costs[owners.get(`${key} ${seed}`)! - 1] += trainingOperations(cell);
          }
        }
        const dearest = Math.max(...plan.cells.map(({ cell }) => trainingOperations(cell)));
        const spread = Math.max(...costs) - Math.min(...costs);
        expect(spread).toBeLessThanOrEqual(4 * dearest * (1 + 1e-9));
      }),
      { numRuns: 60 },
    );
  });

  it("keep every trial when there are more seeds, wherever the values of the grid stand", () => {
    fc.assert(
      fc.property(sweeps, ({ depths, widths, seeds, more, count }) => {
        const before = dealt(planOf({ grid: gridOf(depths, widths), seeds }), count);
        const grid = gridOf(depths.toReversed(), widths.toReversed());
        const after = dealt(planOf({ grid, seeds: seeds + more }), count);
        for (const [trial, owner] of before) expect(after.get(trial)).toBe(owner);
      }),
      { numRuns: 30 },
    );
  });
});

it("have whole cells where what comes of a cell's trials ends it", () => {
  const grid = gridOf([2, 3, 4, 5, 6], [2, 3]);
  for (const seeds of [
    { untilConverged: 3, atMost: 50 },
    { untilWidth: 0.2, atMost: 300 },
  ]) {
    const plan = planOf({ grid, seeds });
    const owners = dealt(plan, 4);
    expect(owners.size).toBe(plan.trials);
    for (const { key } of plan.cells) {
      expect(new Set(plan.seeds.map((seed) => owners.get(`${key} ${seed}`))).size).toBe(1);
    }
    expect(new Set(owners.values()).size).toBe(4);
  }
});

it("are empty where there is nothing left for them", () => {
  const plan = planOf({ seeds: 3 });
  expect(new Set(dealt(plan, 16).values())).toEqual(new Set([1]));
  const empty = shardOf(plan, { index: 16, count: 16 });
  const store = { seedsDone: () => [], trialsOf: () => [] };
  expect(missingSeeds(empty, store, plan.cells[0])).toEqual([]);
  expect(workLeft(empty, undefined, ENGINE)).toEqual({ trials: 0, seconds: 0 });
});

it("have the seeds of a list by their places in it", () => {
  // Every one would be in the same shard by its value.
  const plan = planOf({ seeds: Array.from({ length: 64 }, (_, i) => 16 * i) });
  const owners = [...dealt(plan, 16).values()];
  for (let index = 1; index <= 16; index++) {
    expect(owners.filter((owner) => owner === index)).toHaveLength(4);
  }
});

it("of the thesis's grid are mixed: none has more of a learning rate than a third over its share", () => {
  const grid = {
    ...SMALL_GRID,
    depth: [2, 5, 10, 15, 20, 25, 30],
    learningRate: [0.1, 0.01, 0.001],
  };
  const plan = planOf({
    grid: { ...grid, width: [2, 4], connection: ["plain", "late-residual"] },
    seeds: 100,
  });
  const owners = dealt(plan, 3);
  for (const rate of grid.learningRate) {
    const cells = plan.cells.filter(({ cell }) => cell.learningRate === rate);
    const all = cells.length * 100;
    for (let index = 1; index <= 3; index++) {
      const own = cells.flatMap(({ key }) =>
        plan.seeds.filter((seed) => owners.get(`${key} ${seed}`) === index),
      );
      expect(own.length).toBeLessThan((all / 3) * (4 / 3));
    }
  }
});

it.each([
  ["0/16", "must be one of the shards; shards are 1/16 to 16/16"],
  ["17/16", "must be one of the shards; shards are 1/16 to 16/16"],
  ["2/1", "must be one of the shards; the only shard is 1/1"],
  ["1/0", "must be of 1 to 100,000 shards, as 3/16"],
  ["1/100001", "must be of 1 to 100,000 shards, as 3/16"],
  ...["", "3", "3/", "/3", "a/b", "-1/4", "1.5/4", "1/4/4", "3 of 16", "1e3/1e4"].map((text) => [
    text,
    "must be which shard and of how many, as 3/16",
  ]),
])("refuses --shard %j", (text, why) => {
  expect(() => parseShard(text)).toThrow(`--shard: ${why}, got ${JSON.stringify(text)}`);
});

it("reads what a shell hands over", () => {
  expect(parseShard("3/16")).toEqual({ index: 3, count: 16 });
  expect(parseShard("003/016")).toEqual({ index: 3, count: 16 });
  expect(parseShard("1/1")).toEqual({ index: 1, count: 1 });
});
