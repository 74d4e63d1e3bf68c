/**
 * Both embedded engines against PyTorch, from the same initial parameters. The bounds are far above
 * what float32 rounding does to these trainings: PyTorch's own float32 and float64 losses agree
 * within 2e-5 in each of them (make_fixtures.py sees to that), whatever our engines make of it.
 */

import { describe, expect, it } from "vitest";
import type { Engine } from "#lrn/engines/contract.js";
import { makeFusedEngine } from "#lrn/engines/fused/host.js";
import { loadKernel } from "#lrn/engines/fused/load-kernel.js";
import { referenceEngine } from "#lrn/engines/reference/engine.js";
import { makeDataset } from "#lrn/model/dataset.js";
import type { Training } from "#lrn/model/outcome.js";
import type { Trial } from "#lrn/model/trial.js";
import {
  type PyTorchTraining,
  pytorch,
  THESIS_DATASET,
  trialOf,
} from "../fixtures/pytorch/fixtures.js";

const NAME = "$depth × $width $connection, $optimizer at $learningRate, $trainingStyle";

async function train(engine: Engine, trial: Trial, initial: readonly number[]): Promise<Training> {
  const start = [Float32Array.from(initial)];
  return (await engine.train({ trials: [trial], initial: start, recordLosses: true }))[0];
}

/**
 * Read off one SGD step, p' = p - rate·g. The rate is a power of two, so that its product with a
 * gradient is exact, and a large one, so that p' has the gradient's digits and not p's.
 */
async function firstGradients(engine: Engine, training: PyTorchTraining): Promise<number[]> {
  const learningRate = 2 ** 20;
  const trial: Trial = { ...trialOf(training), optimizer: "sgd", learningRate, epochs: 1 };
  const { initial, parameters } = await train(engine, trial, training.initial);
  return Array.from(parameters, (after, i) => (initial[i] - after) / learningRate);
}

function largest(values: Iterable<number>): number {
  let maximum = 0;
  for (const value of values) if (!(value <= maximum)) maximum = value;
  return maximum;
}

it("trains on PyTorch's standardized dataset, to the last bit", () => {
  const { inputs, targets } = makeDataset(THESIS_DATASET);
  expect(inputs).toEqual(Float32Array.from(pytorch.inputs));
  expect(targets).toEqual(Float32Array.from(pytorch.targets));
});

describe.each<Engine>([referenceEngine, makeFusedEngine(await loadKernel())])("$name", (engine) => {
  describe.each(pytorch.trainings)(NAME, (training) => {
    it("has PyTorch's gradients in its first step, to 1e-6", async () => {
      const gradients = await firstGradients(engine, training);
      expect(gradients).toHaveLength(training.gradients.length);
      const errors = training.gradients.map((expected, i) => Math.abs(gradients[i] - expected));
      expect(largest(errors)).toBeLessThanOrEqual(1e-6);
    });

    it("has PyTorch's losses in its first 100 steps, to 1e-4 of each, and then its parameters, to 2e-6", async () => {
      const trained = await train(engine, trialOf(training), training.initial);
      expect(trained.losses).toHaveLength(100);
      const losses = training.losses.map((loss, i) => Math.abs(trained.losses![i] - loss) / loss);
      expect(largest(losses)).toBeLessThanOrEqual(1e-4);

      expect(trained.parameters).toHaveLength(training.parameters.length);
      const parameters = training.parameters.map((p, i) => Math.abs(trained.parameters[i] - p));
      expect(largest(parameters)).toBeLessThanOrEqual(2e-6);
    });
  });
});
