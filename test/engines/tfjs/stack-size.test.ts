import { expect, it } from "vitest";
import { makeTfjsEngine } from "#lrn/engines/tfjs/engine.js";
import { bytesPerTrial } from "#lrn/engines/tfjs/stack-size.js";
import { tf } from "#lrn/engines/tfjs/tensorflow-js.js";
import { trainStack } from "#lrn/engines/tfjs/train-stack.js";
import { UserError } from "#lrn/errors.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { initialParameters } from "#lrn/model/initialization.js";
import { nameOf, SHAPES, TRIAL } from "./trials.js";

/** Steps on all samples, and optimizers that keep something, take the most. */
const FULLEST = SHAPES.filter(
  ({ trainingStyle, optimizer }) => trainingStyle === "batch" && optimizer !== "sgd",
);

it.each(
  [
    ...FULLEST.map((trial, i) => ({ ...trial, depth: [1, 10][i % 2] })),
    // Here the parameters take most of it, above the outputs; here the test points; here a concatenation.
    { ...TRIAL, width: 100 },
    { ...TRIAL, dataset: { ...TRIAL.dataset, testSamples: 300 } },
    {
      ...TRIAL,
      connection: "dense" as const,
      depth: 15,
      dataset: { ...TRIAL.dataset, samples: 90 },
    },
  ].map((trial) => [nameOf(trial), { ...trial, epochs: 2 }] as const),
)("bounds what a trial takes, as tf.profile sees it: %s", async (_, trial) => {
  await tf.setBackend("wasm");
  const before = tf.memory().numBytes;
  const trials = Array.from({ length: 16 }, (_, seed) => ({ ...trial, seed }));
  const run = {
    trials,
    dataset: makeDataset(trial.dataset),
    initial: trials.map((t) => initialParameters(t, t.seed)),
    recordLosses: false,
  };
  const { peakBytes } = await tf.profile(async () => {
    await trainStack(run);
    return [];
  });
  expect(peakBytes).toBeGreaterThan(0);
  expect((peakBytes - before) / trials.length).toBeLessThan(bytesPerTrial(trial));
});

it("refuses a trial that is too large before anything is allocated", async () => {
  const engine = await makeTfjsEngine("cpu");
  const giant = { ...TRIAL, depth: 1000, width: 10_000 };
  await expect(engine.train({ trials: [giant] })).rejects.toThrow(UserError);
  expect(engine.tooLarge!(giant)).toMatch(
    /^depth 1000, width 10000: .* GiB; take a smaller network/,
  );
});
