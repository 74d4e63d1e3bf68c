import fc from "fast-check";
import { expect, it } from "vitest";
import { cellOf } from "#lrn/model/cells.js";
import type { Outcome } from "#lrn/model/outcome.js";
import { THESIS_DATASET } from "#lrn/model/trial.js";
import type { StoredTrial } from "#lrn/store/store.js";
import { planCells } from "#lrn/sweep/plan.js";
import { countedTrials, freeSeeds, isComplete, missingSeeds, rangesOf } from "#lrn/sweep/seeds.js";

const CELL = cellOf({
  dataset: THESIS_DATASET,
  depth: 2,
  width: 2,
  connection: "plain",
  optimizer: "adam",
  learningRate: 0.01,
  trainingStyle: "batch",
  epochs: 3000,
});

/** Trials whose seeds are all that is known of them: a seed is the trial's final RMSE. */
function trialOf(seed: number): StoredTrial {
  const outcome = { state: "trained", finalRmse: seed, deadNeurons: 0, deadLayers: 0 } as const;
  return { key: String(seed), seed, engine: "fused", outcome, trainMs: 1 };
}

/** Trains what is missing, block after block, until nothing is. */
function search(seeds: readonly number[], count: number, atMost: number, first = 0) {
  const wanted = (outcome: Outcome) =>
    outcome.state === "trained" && seeds.includes(outcome.finalRmse);
  const plan = planCells(
    [CELL],
    "float32/1",
    [...Array(atMost).keys()].map((i) => first + i),
    { wanted, count },
  );
  const asked: number[] = [];
  const store = {
    seedsDone: () => asked,
    trialsOf: () => asked.map(trialOf),
  };
  for (;;) {
    const missing = missingSeeds(plan, store, plan.cells[0]);
    if (missing.length === 0) break;
    asked.push(...missing);
  }
  const trials = countedTrials(plan, store.trialsOf());
  return { asked, trials, reached: isComplete(plan, store.trialsOf()) };
}

it.each([
  [[0], 1, 1],
  [[7, 8], 1, 8],
  [[3, 20, 21, 90], 3, 22],
  [[999], 1, 1000],
])("with %j wanted, %i of them are in the first %i seeds", (wanted, count, length) => {
  const { trials, reached } = search(wanted, count, 1000);
  expect(reached).toBe(true);
  expect(trials.map(({ seed }) => seed)).toEqual([...Array(length).keys()]);
});

it("gives up at the cap, with all that was trained", () => {
  const { asked, trials, reached } = search([5, 50], 2, 50);
  expect(reached).toBe(false);
  expect(trials).toHaveLength(50);
  expect(asked).toEqual([...Array(50).keys()]);
});

it("trains no more than twice what it needs, and each seed once", () => {
  const { asked } = search([100], 1, 1000);
  expect(asked.length).toBeLessThanOrEqual(2 * 101);
  expect(new Set(asked).size).toBe(asked.length);
});

it("counts from the first seed of those to be searched, whichever it is", () => {
  const { trials, reached } = search([3, 503, 507, 508], 2, 500, 500);
  expect(reached).toBe(true);
  expect(trials.map(({ seed }) => seed)).toEqual([500, 501, 502, 503, 504, 505, 506, 507]);
});

it.each([
  [
    [0, 1, 2],
    [0, 1, 2],
    [3, 4, 5],
  ],
  [
    [0, 1, 2, 3],
    [0, 1],
    [2, 3, 4, 5],
  ],
  [
    [7, 3, 100],
    [3, 0],
    [1, 7, 100],
  ],
  [[5], [0, 1], [5]],
])("for %j where %j are taken, the free seeds are %j", (asked, taken, free) => {
  expect(freeSeeds(asked, taken)).toEqual(free);
});

const seedSet = fc.uniqueArray(fc.nat(60), { minLength: 1 });

it("finds as many seeds as are asked for, each once and none that is taken", () => {
  fc.assert(
    fc.property(seedSet, seedSet, (asked, taken) => {
      const free = freeSeeds(asked, taken);
      expect(new Set(free).size).toBe(asked.length);
      expect(free.filter((seed) => taken.includes(seed))).toEqual([]);
    }),
  );
});

it("has as ranges exactly the seeds", () => {
  expect(rangesOf([12, 10, 11, 3])).toEqual([
    [3, 3],
    [10, 12],
  ]);
  fc.assert(
    fc.property(seedSet, (seeds) => {
      const all = rangesOf(seeds).flatMap(([first, last]) =>
        Array.from({ length: last - first + 1 }, (_, i) => first + i),
      );
      expect(all).toEqual(seeds.toSorted((a, b) => a - b));
    }),
  );
});
