import { batchShape } from "#lrn/engines/contract.js";
import type { Trial } from "#lrn/model/trial.js";
import { expect, it } from "vitest";
import { THESIS_DATASET } from "../fixtures/pytorch/fixtures.js";

const TRIAL: Trial = {
  dataset: THESIS_DATASET,
  depth: 5,
  width: 2,
  connection: "plain",
  optimizer: "adam",
  learningRate: 0.01,
  trainingStyle: "batch",
  epochs: 3000,
  seed: 0,
};

it("puts trials that differ in seed and learning rate into one batch", () => {
  expect(batchShape({ ...TRIAL, seed: 9, learningRate: 0.1 })).toBe(batchShape(TRIAL));
});

it.each<Partial<Trial>>([
  { dataset: { ...THESIS_DATASET, seed: 43 } },
  { depth: 6 },
  { width: 4 },
  { connection: "late-residual" },
  { optimizer: "sgd" },
  { trainingStyle: "iterative" },
  { epochs: 2999 },
])("keeps a trial with %j apart", (change) => {
  expect(batchShape({ ...TRIAL, ...change })).not.toBe(batchShape(TRIAL));
});
