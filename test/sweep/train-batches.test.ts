import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { TakenBackError } from "#lrn/engines/pool.js";
import { StoppedError } from "#lrn/errors.js";
import { packBatches } from "#lrn/sweep/batches.js";
import { planSweep } from "#lrn/sweep/plan.js";
import { type TrainingPool, trainBatches } from "#lrn/sweep/train-batches.js";
import { ENGINE, SMALL_GRID, sweepOf } from "./sweeps.js";

const plan = planSweep(sweepOf({ grid: SMALL_GRID, seeds: 60, epochs: 300 }), ENGINE.numerics);
const LANES = { ...ENGINE, lanes: 4, mostTrials: 4 };
const batches = () => packBatches(plan, () => plan.seeds, LANES);
const COUNT = [...batches()].length;

/** A pool that has room for so many, and a store that refuses from some batch on. */
function given({
  room = 3,
  refusesFrom = Number.POSITIVE_INFINITY,
  failsAt = -1,
  isShared = true,
  asked = batches,
}) {
  const seen = { atOnce: 0, most: 0, asked: 0, written: 0, kept: 0, left: 0 };
  const waiting = new Set<() => void>();
  let leave!: () => void;
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(new TakenBackError());
  });
  left.catch(() => {});
  const pool: TrainingPool = {
    workers: room,
    async train(trials) {
      const own = seen.asked++;
      seen.most = Math.max(seen.most, ++seen.atOnce);
      await Promise.race([wait(own === failsAt ? 0 : 1 + (own % 3)), left]);
      seen.atOnce--;
      for (const enter of waiting) enter();
      if (own === failsAt) throw new StoppedError("no worker is left");
      return {
        numerics: ENGINE.numerics,
        outcomes: trials.map(() => ({ state: "diverged" })),
        trainMs: trials.map(() => 1),
        written: () => void seen.kept++,
      };
    },
    ...(isShared && {
      shared: {
        packedFor: 1,
        async room() {
          while (seen.atOnce >= room && seen.left === 0) {
            await new Promise<void>((resolve) => waiting.add(resolve));
          }
        },
        async leave() {
          seen.left++;
          leave();
          for (const enter of waiting) enter();
        },
      },
    }),
  };
  const stored: number[] = [];
  const work = trainBatches(asked(), {
    ...{ pool, engine: ENGINE, threshold: undefined, signal: undefined },
    store: {
      write() {
        if (seen.written >= refusesFrom) throw new StoppedError("the disk is full");
        seen.written++;
      },
    },
    onStored: (batch) => stored.push(batch.length),
  });
  return { work, seen, stored };
}

it.each([true, false])("has as many at work as there is room for, shared: %s", async (isShared) => {
  const { work, seen, stored } = given({ isShared });
  await work;
  expect(seen).toMatchObject({ asked: COUNT, written: COUNT, kept: COUNT, left: 0 });
  expect(seen.most).toBe(isShared ? 3 : 6);
  expect(stored.reduce((sum, trials) => sum + trials, 0)).toBe(plan.trials);
});

it("leaves a shared pool at once where a batch cannot be written, and what it trained is not let go", async () => {
  const { work, seen } = given({ refusesFrom: 5 });
  await expect(work).rejects.toThrow("the disk is full");
  expect(seen).toMatchObject({ written: 5, kept: 5, left: 1 });
  expect(seen.asked).toBeLessThan(12);
});

it("writes what the others at work give where one finds no worker", async () => {
  const { work, seen } = given({ failsAt: 4, isShared: false });
  await expect(work).rejects.toThrow("no worker is left");
  expect(seen.written).toBe(seen.asked - 1);
  expect(seen.asked).toBeLessThan(COUNT);
});

it("writes what is at work where further batches cannot be made", async () => {
  const { work, seen } = given({
    isShared: false,
    *asked() {
      let made = 0;
      for (const batch of batches()) {
        if (made++ === 4) throw new StoppedError("the store cannot be read");
        yield batch;
      }
    },
  });
  await expect(work).rejects.toThrow("the store cannot be read");
  expect(seen).toMatchObject({ asked: 4, written: 4 });
});
