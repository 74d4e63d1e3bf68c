import { expect, it } from "vitest";
import { batchShape } from "#lrn/engines/contract.js";
import type { Cell, Trial } from "#lrn/model/trial.js";
import { THESIS_DATASET } from "../fixtures/pytorch/fixtures.js";

const CELL: Cell = {
  dataset: THESIS_DATASET,
  depth: 5,
  width: 2,
  connection: "plain",
  optimizer: "adam",
  learningRate: 0.01,
  trainingStyle: "batch",
  epochs: 3000,
};

it("puts trials that differ in seed and learning rate into one batch", () => {
  const trial: Trial = { ...CELL, seed: 9, learningRate: 0.1 };
  expect(batchShape(trial)).toBe(batchShape(CELL));
});

it.each<Partial<Cell>>([
  { dataset: { ...THESIS_DATASET, seed: 43 } },
  { depth: 6 },
  { width: 4 },
  { connection: "late-residual" },
  { optimizer: "sgd" },
  { trainingStyle: "iterative" },
  { epochs: 2999 },
])("keeps a trial with %j apart", (change) => {
  expect(batchShape({ ...CELL, ...change })).not.toBe(batchShape(CELL));
});
