import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { confidenceSequence } from "#lrn/analysis/confidence-sequence.js";
import { loadEngine } from "#lrn/engines/load.js";
import type { Pool } from "#lrn/engines/pool.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { outcomeOf } from "#lrn/model/outcome.js";
import { THESIS_DATASET } from "#lrn/model/trial.js";
import { openStore, type Store } from "#lrn/store/store.js";
import { type Plan, planSweep } from "#lrn/sweep/plan.js";
import { runPlan } from "#lrn/sweep/run.js";
import type { TrainingPool } from "#lrn/sweep/train-batches.js";
import { countedTrials } from "#lrn/sweep/seeds.js";
import { ENGINE, SMALL_GRID, sweepOf } from "./sweeps.js";

const GRID = {
  ...SMALL_GRID,
  connection: ["plain", "late-residual"],
  learningRate: [0.1, 0.01],
};
const FIXED = planSweep(sweepOf({ grid: GRID, seeds: 23, epochs: 300 }), ENGINE.numerics);
const UNTIL = planSweep(
  sweepOf({ grid: GRID, seeds: { untilConverged: 2, atMost: 30 }, epochs: 300 }),
  ENGINE.numerics,
);

const UNTIL_KNOWN = planSweep(
  sweepOf({ grid: GRID, seeds: { untilWidth: 0.4, atMost: 60 }, epochs: 300 }),
  ENGINE.numerics,
);

let train: Pool["train"];
beforeAll(async () => {
  const engine = await loadEngine("fused");
  const dataset = makeDataset(THESIS_DATASET);
  train = async (trials) => {
    const trainings = await engine.train({ trials });
    return {
      outcomes: trainings.map((it, i) => outcomeOf(trials[i], dataset, it)),
      trainMs: trials.map(() => 1),
      numerics: ENGINE.numerics,
    };
  };
});

const emptyStore = () => openStore(join(mkdtempSync(join(tmpdir(), "lrn-resume-")), "trials.db"));

function rows(plan: Plan, store: Store) {
  return plan.cells.map(({ key }) =>
    store.trialsOf(key).map(({ trainMs: _trainMs, ...kept }) => kept),
  );
}

/** Runs the plan in pieces: each is interrupted after so many batches, the last is not. */
async function inPieces(
  plan: Plan,
  pieces: readonly { workers: number; lanes: number; batches: number }[],
) {
  const store = emptyStore();
  for (const { workers, lanes, batches } of [...pieces, { workers: 2, lanes: 4, batches: 1e9 }]) {
    const controller = new AbortController();
    let left = batches;
    await runPlan(
      plan,
      store,
      { workers, train },
      {
        engine: { ...ENGINE, lanes },
        signal: controller.signal,
        onProgress: () => {
          if (--left <= 0) controller.abort();
        },
      },
    );
  }
  const kept = rows(plan, store);
  store.close();
  return kept;
}

const pieces = fc.array(
  fc.record({
    workers: fc.integer({ min: 1, max: 4 }),
    lanes: fc.constantFrom(1, 3, 4, 8),
    batches: fc.integer({ min: 1, max: 6 }),
  }),
  { maxLength: 6 },
);

it.each([
  ["a number of seeds", FIXED],
  ["seeds until enough converged", UNTIL],
  ["seeds until the rate is known well enough", UNTIL_KNOWN],
])("ends in the same store however a sweep is split, with %s", async (_name, plan) => {
  const whole = await inPieces(plan, []);
  await fc.assert(
    fc.asyncProperty(pieces, async (split) => {
      expect(await inPieces(plan, split)).toEqual(whole);
    }),
    { numRuns: 15 },
  );
});

it("takes the shortest run of seeds with enough convergences, and all where there are too few", async () => {
  const everything = planSweep(sweepOf({ grid: GRID, seeds: 30, epochs: 300 }), ENGINE.numerics);
  const store = emptyStore();
  const pool = { workers: 1, train, close: async () => {} };
  await runPlan(everything, store, pool, { engine: ENGINE });
  const converged = (index: number) =>
    store
      .trialsOf(everything.cells[index].key)
      .map(({ outcome }) => outcome.state === "trained" && outcome.finalRmse <= 0.07);
  const ends = UNTIL.cells.map((_, index) => {
    const second = converged(index).flatMap((yes, seed) => (yes ? [seed] : []))[1];
    return second === undefined ? 30 : second + 1;
  });
  expect(new Set(ends).size).toBeGreaterThan(1);

  const own = emptyStore();
  await runPlan(UNTIL, own, pool, { engine: ENGINE });
  UNTIL.cells.forEach(({ key }, index) => {
    const counted = countedTrials(UNTIL, own.trialsOf(key));
    expect(counted.map(({ seed }) => seed)).toEqual([...Array(ends[index]).keys()]);
  });
});

it("ends each cell at the first look with a narrow interval, and trains nothing beyond it", async () => {
  const store = emptyStore();
  await runPlan(UNTIL_KNOWN, store, { workers: 2, train }, { engine: ENGINE });
  const ends = UNTIL_KNOWN.cells.map(({ key }) => {
    const trials = store.trialsOf(key);
    expect(trials.map(({ seed }) => seed)).toEqual([...trials.keys()]);
    const found = [8, 16, 24, 32, 40, 48, 56, 60].find((look) => {
      const first = trials.slice(0, look);
      const converged = first.filter(
        ({ outcome }) => outcome.state === "trained" && outcome.finalRmse <= 0.07,
      );
      const { low, high } = confidenceSequence(converged.length, first.length);
      return high - low <= 0.4;
    });
    expect(trials).toHaveLength(found ?? 60);
    expect(countedTrials(UNTIL_KNOWN, trials)).toEqual(trials);
    return trials.length;
  });
  expect(new Set(ends).size).toBeGreaterThan(1);
});

it("trains only what is new when a sweep grows, and nothing for another threshold", async () => {
  const store = emptyStore();
  const trained: number[] = [];
  const pool = { workers: 1, train };
  const run = async (fields: object) =>
    trained.push(
      await runPlan(planSweep(sweepOf(fields), ENGINE.numerics), store, pool, { engine: ENGINE }),
    );
  await run({ grid: GRID, seeds: 3 });
  await run({ grid: GRID, seeds: 5 });
  await run({ grid: { ...GRID, depth: [2, 3] }, seeds: 5 });
  await run({ grid: { ...GRID, depth: [2, 3] }, seeds: 5, convergence: { rmse: 0.01 } });
  expect(trained).toEqual([12, 8, 20, 0]);
});

it("trains failed trials again only when asked to", async () => {
  const store = emptyStore();
  const failing: TrainingPool = {
    workers: 1,
    train: async (trials) => ({
      outcomes: trials.map(({ learningRate }) =>
        learningRate === 0.1
          ? { state: "failed", reason: "broken" }
          : { state: "trained", finalRmse: 1, deadNeurons: 0, deadLayers: 0 },
      ),
      trainMs: trials.map(() => 1),
      numerics: ENGINE.numerics,
    }),
  };
  const sound = { workers: 1, train };
  const plan = planSweep(sweepOf({ grid: GRID, seeds: 3 }), ENGINE.numerics);
  expect(await runPlan(plan, store, failing, { engine: ENGINE })).toBe(12);
  expect(await runPlan(plan, store, sound, { engine: ENGINE })).toBe(0);
  expect(await runPlan(plan, store, sound, { engine: ENGINE, retryFailed: true })).toBe(6);
  const states = rows(plan, store)
    .flat()
    .map(({ outcome }) => outcome.state);
  expect(new Set(states)).toEqual(new Set(["trained"]));
});
