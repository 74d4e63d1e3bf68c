/** Batches to compare engines on, and the comparison. */

import type { Batch } from "#lrn/engines/contract.js";
import { cellOf } from "#lrn/model/cells.js";
import { initialParameters } from "#lrn/model/initialization.js";
import type { Training } from "#lrn/model/outcome.js";
import type { Trial } from "#lrn/model/trial.js";
import { THESIS_DATASET } from "../fixtures/pytorch/fixtures.js";

/** Whether long comparisons run at full size, by `npm run test:whole`; every `npm test` has a shorter form of each. */
export const WHOLE = process.env.LRN_WHOLE !== undefined;

/** An RMSE that networks come under and leave again: a constant has about 0.3 on |x|. */
export const THRESHOLD = 0.3;

const RATES = [0.1, 0.01, 0.001, 0.03, 1, 0.3, 0.003];
const FIELDS = [
  "initial",
  "parameters",
  "predictions",
  "activations",
  "losses",
  "testPredictions",
] as const satisfies readonly (keyof Training)[];
export type Field = (typeof FIELDS)[number];

const BASE: Trial = {
  ...cellOf({
    dataset: THESIS_DATASET,
    depth: 3,
    width: 2,
    connection: "late-residual",
    optimizer: "adam",
    learningRate: 0.01,
    trainingStyle: "batch",
    epochs: 22,
  }),
  seed: 0,
};

/** `lanes` trials of one shape, each with its own seed and learning rate. */
export function batchOf(shape: Partial<Trial>, lanes: number, firstSeed = 0): Batch {
  const trials = Array.from({ length: lanes }, (_, lane) => ({
    ...BASE,
    learningRate: RATES[lane % RATES.length],
    ...shape,
    seed: firstSeed + lane,
  }));
  return { trials, recordLosses: true, threshold: THRESHOLD };
}

/** The batch started from its parameters' magnitudes: hardly a neuron is dead at first, however deep. */
export function awake(batch: Batch): Batch {
  return { ...batch, initial: batch.trials.map((t) => initialParameters(t, t.seed).map(Math.abs)) };
}

/** Where two lists of trainings first differ in a bit, or null: -0 is not 0, but NaN is NaN. */
export function firstDifference(actual: readonly Training[], expected: readonly Training[]) {
  if (actual.length !== expected.length) return `${actual.length} trainings`;
  for (const [lane, training] of expected.entries()) {
    const own = actual[lane];
    const difference = differenceOf(own, training) ?? differenceOf(own.atStart, training.atStart);
    if (difference !== undefined) return `lane ${lane}, ${difference}`;
  }
  return null;
}

function differenceOf(actual: Partial<Training>, expected: Partial<Training>) {
  if (actual.under?.from !== expected.under?.from) {
    return `under from ${actual.under?.from}, not ${expected.under?.from}`;
  }
  for (const field of FIELDS) {
    const [is, shouldBe] = [actual[field], expected[field]];
    if (is?.length !== shouldBe?.length) return `${is?.length} ${field}`;
    const at = shouldBe?.findIndex((value, i) => !Object.is(is![i], value)) ?? -1;
    if (at >= 0) return `${field}[${at}]: ${is![at]}, not ${shouldBe![at]}`;
  }
  return undefined;
}
