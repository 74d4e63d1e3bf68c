/** The fused engine's shortcuts against the same engine without them, bit for bit. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Batch } from "#lrn/engines/contract.js";
import { makeFusedEngine } from "#lrn/engines/fused/host.js";
import { loadKernel } from "#lrn/engines/fused/load-kernel.js";
import { cellOf } from "#lrn/model/cells.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { initialParameters } from "#lrn/model/initialization.js";
import { CONNECTIONS, OPTIMIZERS } from "#lrn/model/trial.js";
import { awake, batchOf, firstDifference } from "./batches.js";
import { ACTIVATION_VALUES, STYLES } from "./values.js";

const kernel = await loadKernel();
const short = makeFusedEngine(kernel);
const full = makeFusedEngine(kernel, { shortcuts: false });

/** Trains the batch both ways, and says what the shortcuts left out of its last four trials. */
async function leftOut(batch: Batch) {
  const [actual, expected] = [await short.train(batch), await full.train(batch)];
  expect(firstDifference(actual, expected)).toBeNull();
  expect(full.leftOut()).toEqual({ frozenLayers: 0, skippedEpochs: 0 });
  return short.leftOut();
}

/** The batch with the neurons of `layer` (from 1) dead from the start: no weights, biases -1. */
function deadAt(layer: number, batch: Batch): Batch {
  const { width } = batch.trials[0];
  const weights = 2 * width + (layer - 1) * (width * width + width);
  const biases = weights + width * width;
  const initial = batch.trials.map((trial) =>
    initialParameters(trial, trial.seed)
      .map(Math.abs)
      .fill(0, weights, biases)
      .fill(-1, biases, biases + width),
  );
  return { ...batch, initial };
}

describe.each(STYLES)("%o", (trainingStyle) => {
  describe.each(OPTIMIZERS)("%s", (optimizer) => {
    it.each([1, 2, 4, 5])(
      "layers up to a dead one of a plain network are frozen, width %i",
      async (width) => {
        const shape = { connection: "plain", optimizer, trainingStyle, width, depth: 6 } as const;
        const batch = deadAt(3, batchOf({ ...shape, epochs: 250, learningRate: 0.001 }, 4));
        expect((await leftOut(batch)).frozenLayers).toBe(4);
      },
    );

    it("a late-residual network's are not: its output neuron reads them", async () => {
      const shape = { connection: "late-residual", optimizer, trainingStyle, depth: 6 } as const;
      expect((await leftOut(deadAt(3, batchOf(shape, 4)))).frozenLayers).toBe(0);
    });

    it("a layer is not frozen where it is dead in some of the networks alone", async () => {
      const shape = { connection: "plain", optimizer, trainingStyle, depth: 6 } as const;
      const batch = batchOf({ ...shape, learningRate: 0.001 }, 4);
      const dead = deadAt(3, batch).initial!;
      const mixed = awake(batch).initial!.map((own, lane) => (lane === 2 ? own : dead[lane]));
      expect((await leftOut({ ...batch, initial: mixed })).frozenLayers).toBe(0);
    });
  });
});

it.each([
  { trainingStyle: "batch", layer: 1 },
  { trainingStyle: "iterative", layer: 2 },
] as const)("SGD that repeats itself is not repeated, $trainingStyle", async (setting) => {
  const { trainingStyle, layer } = setting;
  const shape = { connection: "plain", optimizer: "sgd", trainingStyle, depth: 3 } as const;
  const batch = batchOf({ ...shape, learningRate: 0.1, epochs: 3001 }, 1);
  expect((await leftOut(deadAt(layer, batch))).skippedEpochs).toBeGreaterThan(2500);
});

it("a step that changes nothing does not end a cycle of samples that others change", async () => {
  const shape = { connection: "plain", optimizer: "sgd", trainingStyle: "iterative" } as const;
  const batch = deadAt(2, batchOf({ ...shape, depth: 3 }, 1));
  // The first sample is predicted exactly: its gradient is 0.
  const { targets } = makeDataset(batch.trials[0].dataset);
  const initial = batch.initial!.map((own) => own.fill(targets[0], -1));
  expect((await leftOut({ ...batch, initial })).skippedEpochs).toBe(0);
});

it("Adam freezes a layer that dies only once its momentum is spent", async () => {
  const shape = { connection: "plain", optimizer: "adam", trainingStyle: "batch" } as const;
  const dying = (epochs: number) =>
    leftOut(awake(batchOf({ ...shape, depth: 5, learningRate: 1, epochs }, 4, 40)));
  expect((await dying(40)).frozenLayers).toBe(0);
  expect((await dying(3000)).frozenLayers).toBeGreaterThan(0);
});

describe("a dead layer is not frozen where 0 times a number may be NaN", () => {
  const shape = { connection: "plain", optimizer: "sgd", depth: 5, epochs: 40 } as const;
  const batch = deadAt(3, batchOf(shape, 4));
  const withParameters = (from: number, to: number, value: number) => ({
    ...batch,
    initial: batch.initial!.map((own) => own.slice().fill(value, from, to)),
  });
  const [first, dead] = [
    [0, 2],
    [4 + 2 * 6, 4 + 2 * 6 + 4],
  ];

  it("an infinite weight", async () => {
    expect((await leftOut(withParameters(dead[0], dead[1], -Infinity))).frozenLayers).toBe(0);
  });

  it("an infinite output below it", async () => {
    const { initial } = withParameters(first[0], first[1], 3e38);
    const negative = initial.map((own) => own.fill(-0.5, dead[0], dead[1]));
    expect((await leftOut({ ...batch, initial: negative })).frozenLayers).toBe(0);
  });

  it("an infinite learning rate", async () => {
    const trials = batch.trials.map((trial) => ({ ...trial, learningRate: 1e39 }));
    expect((await leftOut({ ...batch, trials })).frozenLayers).toBe(0);
  });
});

describe.each(["iterative", "batch"] as const)(
  "hidden layers that are kept, %s",
  (trainingStyle) => {
    const shape = {
      connection: "late-residual-frozen",
      trainingStyle,
      depth: 4,
      epochs: 70,
    } as const;

    it.each(OPTIMIZERS)("are worked out once, %s", async (optimizer) => {
      for (const activation of ACTIVATION_VALUES) {
        const batch = batchOf({ ...shape, optimizer, activation }, 4);
        expect((await leftOut(batch)).frozenLayers).toBe(4);
      }
    });

    it.each(OPTIMIZERS)("are not where the rate times 0 may be NaN, %s", async (optimizer) => {
      const batch = batchOf({ ...shape, optimizer, learningRate: 1e38 }, 4);
      expect((await leftOut(batch)).frozenLayers).toBe(0);
    });
  },
);

it("nothing changes, whatever the trials", async () => {
  const shapes = fc.record({
    samples: fc.integer({ min: 2, max: 24 }),
    depth: fc.integer({ min: 1, max: 12 }),
    width: fc.integer({ min: 1, max: 5 }),
    optimizer: fc.constantFrom(...OPTIMIZERS),
    trainingStyle: fc.constantFrom(...STYLES),
    connection: fc.oneof(
      { arbitrary: fc.constant("plain" as const), weight: 9 },
      { arbitrary: fc.constantFrom(...CONNECTIONS), weight: 1 },
    ),
    activation: fc.oneof(
      { arbitrary: fc.constant("relu" as const), weight: 9 },
      { arbitrary: fc.constantFrom(...ACTIVATION_VALUES), weight: 1 },
    ),
    epochs: fc.integer({ min: 1, max: 1500 }),
  });
  const lanes = fc.array(
    fc.record({
      seed: fc.nat(10_000),
      learningRate: fc.double({ min: -3, max: 1, noNaN: true }).map((power) => 10 ** power),
    }),
    { minLength: 1, maxLength: 9 },
  );
  const found = { frozen: 0, skipped: 0 };
  const property = fc.asyncProperty(
    shapes,
    lanes,
    fc.boolean(),
    async ({ samples, ...shape }, own, isAwake) => {
      const dataset = { function: "abs", samples, generator: "numpy", seed: 42 } as const;
      const trials = own.map(({ seed, ...lane }) => ({
        ...cellOf({ dataset, ...shape, ...lane }),
        seed,
      }));
      const batch = { trials, recordLosses: true };
      const { frozenLayers, skippedEpochs } = await leftOut(isAwake ? awake(batch) : batch);
      if (frozenLayers > 0) found.frozen++;
      if (skippedEpochs > 0) found.skipped++;
    },
  );
  await fc.assert(property, { seed: 42, numRuns: 300 });
  expect(found.frozen).toBeGreaterThan(50);
  expect(found.skipped).toBeGreaterThan(20);
});
