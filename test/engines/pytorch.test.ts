/**
 * Every engine against PyTorch, from the same initial parameters. The bounds are far above what float32
 * rounding does to these trainings: PyTorch's own float32 and float64 losses agree within 2e-5 in each
 * of them, and no sum comes within rounding of a kink (make_fixtures.py sees to that), whatever our engines make of it. What an engine does not
 * train yet is skipped, with its refusal as the name.
 */

import { describe, expect, it } from "vitest";
import { type Engine, refusalOf } from "#lrn/engines/contract.js";
import { makeFusedEngine } from "#lrn/engines/fused/host.js";
import { loadKernel } from "#lrn/engines/fused/load-kernel.js";
import { loadEngine } from "#lrn/engines/load.js";
import { referenceEngine } from "#lrn/engines/reference/engine.js";
import { cellName } from "#lrn/model/cells.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { parameterLayout } from "#lrn/model/layout.js";
import { outcomeOf, type Training } from "#lrn/model/outcome.js";
import type { DrawnDataset, Trial } from "#lrn/model/trial.js";
import {
  type PyTorchTraining,
  pytorch,
  THESIS_DATASET,
  trialOf,
} from "../fixtures/pytorch/fixtures.js";
import { WHOLE } from "./batches.js";

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

/** The next float32 above |value|, less |value|. */
function lastPlace(value: number): number {
  const bits = new Uint32Array(Float32Array.of(Math.abs(value)).buffer);
  return new Float32Array(bits.map((pattern) => pattern + 1).buffer)[0] - Math.abs(value);
}

function expectSame(actual: Float32Array, expected: readonly number[], lastPlaces: number) {
  expect(actual).toHaveLength(expected.length);
  const off = Array.from(
    Float32Array.from(expected),
    (value, i) => Math.abs(actual[i] - value) / lastPlace(value),
  );
  expect(largest(off)).toBeLessThanOrEqual(lastPlaces);
}

/** Sums, products and |x| alone are the same everywhere; quotients and sines may differ in the last place. */
const isExact = ({ function: name, targetScale = 1 }: DrawnDataset) =>
  !["x-sin-5x", "step-plus-sine"].includes(name) && Math.log2(targetScale) % 1 === 0;

it.each(pytorch.datasets.map((dataset) => [JSON.stringify(dataset.spec), dataset] as const))(
  "makes NumPy's dataset %s",
  (_, { spec, inputs, targets }) => {
    const dataset = makeDataset(spec);
    const { standardize = "both" } = spec;
    const raw = (of: string) => ![of, "both"].includes(standardize);
    expectSame(dataset.inputs, inputs, raw("inputs") ? 0 : 1);
    expectSame(dataset.targets, targets, raw("targets") && isExact(spec) ? 0 : 1);
  },
);

it.each(pytorch.trainings.map((training) => [cellName(trialOf(training)), training] as const))(
  "has as many parameters as PyTorch: %s",
  (_, training) => {
    expect(parameterLayout(trialOf(training)).count).toBe(training.initial.length);
  },
);

/** TensorFlow.js takes half a minute for all of them; train-stack.test.ts holds it to the reference. */
const ENGINES: Engine[] = [
  referenceEngine,
  makeFusedEngine(await loadKernel()),
  ...(WHOLE ? [await loadEngine("tfjs")] : []),
];

describe.each(ENGINES)("$name", (engine) => {
  for (const training of pytorch.trainings) {
    const trial = trialOf(training);
    const refusal = refusalOf(engine, trial);
    const skipped = refusal === undefined ? "" : ` (skipped: ${refusal})`;

    describe.skipIf(refusal !== undefined)(cellName(trial) + skipped, () => {
      it("has PyTorch's gradients in its first step, to 1e-6", async () => {
        const gradients = await firstGradients(engine, training);
        expect(gradients).toHaveLength(training.gradients.length);
        const errors = training.gradients.map((expected, i) => Math.abs(gradients[i] - expected));
        expect(largest(errors)).toBeLessThanOrEqual(1e-6);
      });

      it("has PyTorch's losses in its first 100 steps, to 1e-4 of each, and then its parameters, to 2e-6", async () => {
        const trained = await train(engine, trial, training.initial);
        expect(trained.losses).toHaveLength(100);
        const losses = training.losses.map((loss, i) => Math.abs(trained.losses![i] - loss) / loss);
        expect(largest(losses)).toBeLessThanOrEqual(1e-4);

        expect(trained.parameters).toHaveLength(training.parameters.length);
        const parameters = training.parameters.map((p, i) => Math.abs(trained.parameters[i] - p));
        expect(largest(parameters)).toBeLessThanOrEqual(2e-6);
      });

      it.skipIf(training.finalRmse === undefined)(
        "has its errors in original units, to 1e-5 of each",
        async () => {
          const trained = await train(engine, trial, training.initial);
          const outcome = outcomeOf(trial, makeDataset(trial.dataset), trained);
          expect(outcome.state).toBe("trained");
          for (const name of ["finalRmse", "testRmse"] as const) {
            const [ours, theirs] = [Reflect.get(outcome, name), training[name]];
            if (theirs === undefined) expect(ours).toBeUndefined();
            else expect(Math.abs(ours / theirs - 1)).toBeLessThanOrEqual(1e-5);
          }
        },
      );
    });
  }
});
