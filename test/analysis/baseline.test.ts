import { expect, it } from "vitest";
import { baselineSchema, countCell } from "#lrn/analysis/baseline.js";
import type { Outcome } from "#lrn/model/outcome.js";
import { type Cell, THESIS_DATASET } from "#lrn/model/trial.js";
import { baselineOf, cellOf } from "./baselines.js";

const CELL: Cell = {
  dataset: THESIS_DATASET,
  depth: 5,
  width: 2,
  connection: "late-residual",
  optimizer: "sgd",
  learningRate: 0.1,
  trainingStyle: "iterative",
  epochs: 3000,
};

it("counts converged trials and what is dead in them alone", () => {
  const outcomes: Outcome[] = [
    { state: "trained", finalRmse: 0.07, deadNeurons: 3, deadLayers: 1 },
    { state: "trained", finalRmse: 0.0701, deadNeurons: 100, deadLayers: 50 },
    { state: "trained", finalRmse: 0.01, deadNeurons: 4, deadLayers: 0 },
    { state: "diverged" },
    { state: "failed", reason: "out of memory" },
  ];
  const trials = outcomes.map((outcome) => ({ outcome, trainMs: 1 }));
  const { dataset: _, epochs: __, ...axes } = CELL;
  expect(countCell(CELL, trials, 0.07)).toEqual({
    ...axes,
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
  const expected = cells.map(({ failed: _, ...cell }) => cell);
  expect(baselineOf(...cells).cells).toEqual(expected);
  expect(baselineOf(...cells.toReversed()).cells).toEqual(expected);
});

it("is a baseline by the file's own rules", () => {
  const baseline = baselineOf(cellOf());
  expect(baselineSchema.parse(JSON.parse(JSON.stringify(baseline)))).toEqual(baseline);
});
