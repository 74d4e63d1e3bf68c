import { expect, it } from "vitest";
import { baselineSchema, countCell, seedsOf } from "#lrn/analysis/baseline.js";
import { cellOf as cellWithDefaults } from "#lrn/model/cells.js";
import type { Outcome } from "#lrn/model/outcome.js";
import { THESIS_DATASET } from "#lrn/model/trial.js";
import { baselineOf, cellOf } from "./baselines.js";

const CELL = cellWithDefaults({
  dataset: THESIS_DATASET,
  depth: 5,
  width: 2,
  connection: "late-residual",
  optimizer: "sgd",
  learningRate: 0.1,
  trainingStyle: "iterative",
  epochs: 3000,
});

it("counts converged trials and what is dead in them alone", () => {
  const outcomes: Outcome[] = [
    { state: "trained", finalRmse: 0.07, deadNeurons: 3, deadLayers: 1 },
    { state: "trained", finalRmse: 0.0701, deadNeurons: 100, deadLayers: 50 },
    { state: "trained", finalRmse: 0.01, deadNeurons: 4, deadLayers: 0 },
    { state: "diverged" },
    { state: "failed", reason: "out of memory" },
  ];
  const trials = outcomes.map((outcome) => ({ outcome, trainMs: 1 }));
  expect(countCell(CELL, trials, 0.07)).toEqual({
    ...CELL,
    trials: 5,
    converged: 2,
    deadNeurons: 7,
    deadLayers: 1,
    failed: 1,
  });
});

it("keeps cells in the order of the tables, whatever order they come in", () => {
  const cells = [
    cellOf({ width: 2, optimizer: "adam", learningRate: 0.1, depth: 20 }),
    cellOf({ width: 2, optimizer: "adam", learningRate: 0.01, depth: 2 }),
    cellOf({ width: 2, optimizer: "adam", learningRate: 0.01, connection: "late-residual" }),
    cellOf({ width: 2, optimizer: "sgd", learningRate: 0.1, trainingStyle: "iterative" }),
    cellOf({ width: 2, optimizer: "sgd", learningRate: 0.1, trainingStyle: "batch" }),
    cellOf({ width: 4, optimizer: "adam", learningRate: 0.1, depth: 2 }),
  ];
  const unsaid = ["failed", "epochs", "dataset", "activation", "initialization", "bias"];
  const expected = cells.map((cell) =>
    Object.fromEntries(Object.entries(cell).filter(([name]) => !unsaid.includes(name))),
  );
  expect(baselineOf(...cells).cells).toEqual(expected);
  expect(baselineOf(...cells.toReversed()).cells).toEqual(expected);
});

it("has what all cells have alike once, and what tells them apart in each", () => {
  const alike = baselineOf(cellOf({ depth: 2 }), cellOf({ depth: 5 }));
  expect(alike).toMatchObject({ epochs: 3000, dataset: THESIS_DATASET });
  expect(alike.cells[0]).not.toHaveProperty("epochs");
  const several = baselineOf(cellOf({ epochs: 100 }), cellOf());
  expect(several).not.toHaveProperty("epochs");
  expect(several.cells.map(({ epochs }) => epochs)).toEqual([100, 3000]);
});

it("is a baseline by the file's own rules", () => {
  const baseline = baselineOf(cellOf());
  expect(baselineSchema.parse(JSON.parse(JSON.stringify(baseline)))).toEqual(baseline);
});

it.each([
  [3, [0, 1, 2]],
  [
    [7, 2, 40],
    [7, 2, 40],
  ],
  [{ untilConverged: 3, atMost: 500 }, [0, 1, 2, 3, 4, 5]], // its longest cell has six trials
  [{ untilWidth: 0.5, atMost: 500 }, [0, 1, 2, 3, 4, 5]],
])("knows its seeds, where they were given as %j", (seeds, expected) => {
  const cells = [cellOf({ trials: 4 }), cellOf({ depth: 2, trials: 6 })];
  const baseline = { ...baselineOf(...cells), seeds };
  expect(seedsOf(baselineSchema.parse(baseline))).toEqual(expected);
});

it.each([0, -1, 1e9, 2.5, "10"])("refuses %j as seeds", (seeds) => {
  expect(baselineSchema.safeParse({ ...baselineOf(cellOf()), seeds }).success).toBe(false);
});
