import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openPool } from "#lrn/engines/pool.js";
import { cellOf } from "#lrn/model/cells.js";
import { THESIS_DATASET, type Trial } from "#lrn/model/trial.js";
import { keepNoThreads } from "../kept-threads.js";
import { WHOLE } from "./batches.js";

keepNoThreads();

const TRIALS: Trial[] = [0, 1, 2].map((seed) => ({
  ...cellOf({
    dataset: THESIS_DATASET,
    depth: 2,
    width: 2,
    connection: "plain",
    optimizer: "adam",
    learningRate: 0.01,
    trainingStyle: "batch",
    epochs: 20,
  }),
  seed,
}));

const worker = (name: string) => new URL(`../fixtures/workers/${name}`, import.meta.url);

it("runs a batch again whose worker exits, in a worker of its own", async () => {
  process.env.LRN_TEST_MARKS = mkdtempSync(join(tmpdir(), "lrn-worker-"));
  const dying = openPool("fused", 1, { worker: worker("exits-twice.js") });
  const sound = openPool("fused", 1);
  const { outcomes } = await dying.train(TRIALS);
  expect(outcomes).toEqual((await sound.train(TRIALS)).outcomes);
  await Promise.all([dying.close(), sound.close()]);
});

it("gives a batch up whose workers die three times", async () => {
  const pool = openPool("fused", 2, { worker: worker("throws.js") });
  await expect(pool.train(TRIALS)).rejects.toThrow(
    "its worker died 3 times: thrown out of the thread",
  );
  await pool.close();
});

it("gives up workers that cannot load the engine, and trains with those that can", async () => {
  process.env.LRN_TEST_MARKS = mkdtempSync(join(tmpdir(), "lrn-worker-"));
  const givenUp: [number, string][] = [];
  const pool = openPool("fused", 4, {
    worker: worker("loads-once.js"),
    onGivenUp: (left, reason) => givenUp.push([left, reason]),
  });
  const batches = await Promise.all(Array.from({ length: 12 }, () => pool.train(TRIALS)));
  const states = batches.flatMap(({ outcomes }) => outcomes.map(({ state }) => state));
  expect(new Set(states)).toEqual(new Set(["trained"]));
  // Some may still be loading.
  await expect.poll(() => givenUp.length).toBe(3);
  expect(givenUp.map(([left]) => left)).toEqual([3, 2, 1]);
  expect(givenUp.map(([, reason]) => reason).toSorted()).toEqual([
    "a worker ended with exit code 3",
    "out of memory",
    "out of memory",
  ]);
  await pool.close();
});

it("ends with the reason where no worker can load the engine, also for batches that come later", async () => {
  const pool = openPool("fused", 3, { worker: worker("never-loads.js") });
  const waiting = Array.from({ length: 5 }, () => pool.train(TRIALS));
  for (const end of await Promise.allSettled(waiting)) {
    expect(end).toMatchObject({
      status: "rejected",
      reason: {
        name: "StoppedError",
        message: expect.stringContaining(
          "no worker can load engine fused (out of memory); what is",
        ),
      },
    });
  }
  await expect(pool.train(TRIALS)).rejects.toThrow("no worker can load engine fused");
  await pool.close();
});

it("closes at any moment: before, while and after its workers load", async () => {
  const step = WHOLE ? 20 : 60;
  for (let delay = 0; delay < 400; delay += step) {
    const pool = openPool("fused", 2);
    const training = delay % (2 * step) === 0 ? pool.train(TRIALS).catch(() => {}) : undefined;
    await new Promise((resolve) => setTimeout(resolve, delay));
    await pool.close();
    await training;
    await expect(pool.train(TRIALS)).rejects.toThrow("the pool was closed");
  }
});

it("fails the trials that the engine cannot train, and only those", async () => {
  const pool = openPool("fused", 1);
  // 19 GiB for four networks: more than WebAssembly has.
  const huge = TRIALS.map((trial) => ({ ...trial, depth: 1000, width: 256 }));
  const { outcomes } = await pool.train(huge.slice(0, 2));
  expect(outcomes).toEqual(
    [0, 1].map(() => ({ state: "failed", reason: expect.stringContaining("memory") })),
  );
  const again = await pool.train(TRIALS);
  expect(again.outcomes.map(({ state }) => state)).toEqual(["trained", "trained", "trained"]);
  await pool.close();
});
