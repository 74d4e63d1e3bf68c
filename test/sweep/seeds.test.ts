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
  return searched(seeds, { count }, atMost, first);
}

function searched(
  seeds: readonly number[],
  enough: { count: number } | { width: number },
  atMost: number,
  first = 0,
) {
  const wanted = (outcome: Outcome) =>
    outcome.state === "trained" && seeds.includes(outcome.finalRmse);
  const plan = planCells(
    [CELL],
    "float32/1",
    [...Array(atMost).keys()].map((i) => first + i),
    { wanted, ...enough },
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

// By SciPy 1.17.1, as in confidence-sequence.test.ts: after 3 of 32 it is 0.3248 wide, after 3 of 40 0.2727.
it.each([
  ["no trial is wanted, 0.3 wide", [], 0.3, 24],
  ["one of the first is, 0.3 wide", [2], 0.3, 24],
  ["three of the first are, 0.3 wide", [0, 5, 9], 0.3, 40],
  ["half of them are, 0.4 wide", [...Array(100).keys()].map((i) => 2 * i), 0.4, 56],
])(
  "trains and counts to the first look at which the rate is known: %s",
  (_, wanted, width, end) => {
    const { asked, trials, reached } = searched(wanted, { width }, 1000);
    expect(reached).toBe(true);
    expect(asked).toEqual([...Array(end).keys()]);
    expect(trials.map(({ seed }) => seed)).toEqual(asked);
  },
);

it("ends at the cap where the rate is not known by then", () => {
  const { asked, trials, reached } = searched([0, 3, 6, 9, 12, 15], { width: 0.3 }, 30);
  expect(reached).toBe(false);
  expect(asked).toEqual([...Array(30).keys()]);
  expect(trials).toHaveLength(30);
});

it("counts only to where a rate is known of trials that go on, and none behind a gap", () => {
  const plan = (width: number) =>
    planCells([CELL], "float32/1", [...Array(1000).keys()], { wanted: () => false, width });
  const all = [...Array(500).keys()].map(trialOf);
  expect(countedTrials(plan(0.3), all)).toHaveLength(24);
  expect(
    missingSeeds(
      plan(0.3),
      { seedsDone: () => all.map(({ seed }) => seed), trialsOf: () => all },
      plan(0.3).cells[0],
    ),
  ).toEqual([]);
  expect(countedTrials(plan(0.3), all.toSpliced(10, 1))).toHaveLength(10);
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
