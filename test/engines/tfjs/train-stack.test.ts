import { beforeAll, describe, expect, it } from "vitest";
import { referenceEngine } from "#lrn/engines/reference/engine.js";
import { lossAndGradients } from "#lrn/engines/reference/loss.js";
import { makeWorkspace } from "#lrn/engines/reference/network.js";
import { float32 } from "#lrn/engines/reference/precision.js";
import { passOrders, samplesOfEpoch } from "#lrn/engines/steps.js";
import { makeTfjsEngine } from "#lrn/engines/tfjs/engine.js";
import {
  stackParameters,
  trainedVariables,
  unstackParameters,
} from "#lrn/engines/tfjs/parameters.js";
import { stackSteps } from "#lrn/engines/tfjs/stack-steps.js";
import { tf } from "#lrn/engines/tfjs/tensorflow-js.js";
import { errorsAndGradients, trainStack } from "#lrn/engines/tfjs/train-stack.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { initialParameters } from "#lrn/model/initialization.js";
import { parameterLayout } from "#lrn/model/layout.js";
import { outcomeOf, type Training } from "#lrn/model/outcome.js";
import { OPTIMIZERS, type Trial } from "#lrn/model/trial.js";
import { WHOLE } from "../batches.js";
import { BACKEND_REPORTS, nameOf, SHAPES, TRIAL } from "./trials.js";

const dataset = makeDataset(TRIAL.dataset);
/** The thesis's shapes at depths 1, 2 and 30, of which each has its turn in a short test. */
const DEEP = SHAPES.flatMap((trial, i) => {
  const depths = trial.depth === TRIAL.depth ? [1, 2, 30] : [trial.depth];
  return (WHOLE ? depths : [depths[i % depths.length]]).map((depth) => ({ ...trial, depth }));
});
const LOSSES = WHOLE ? 50 : 5;

for (const { title, usable } of BACKEND_REPORTS) if (!usable) console.warn(title);

/** |a - b|, the largest over the elements, in units of max(1, |b|). */
function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((largest, value, i) => {
    const difference = Math.abs(value - b[i]) / Math.max(1, Math.abs(b[i]));
    return Object.is(value, b[i]) ? largest : Math.max(largest, difference);
  }, 0);
}

describe.each(BACKEND_REPORTS.map((report) => [report.title, report] as const))(
  "%s",
  (_title, { backend, usable }) => {
    beforeAll(async () => {
      if (usable) await tf.setBackend(backend);
    });

    describe.skipIf(!usable)("from the reference engine's initial parameters", () => {
      it.each(DEEP.map((trial) => [nameOf(trial), trial] as const))(
        "gives the first step's loss and gradients within 1e-5: %s",
        (_, trial) => {
          const points = makeDataset(trial.dataset);
          const initial = [3, 4].map((seed) => initialParameters(trial, seed));
          const { errors, gradients } = tf.tidy(() => {
            const parameters = stackParameters(trial, initial);
            const steps = stackSteps(
              [3, 4].map((seed) => ({ ...trial, seed })),
              points,
            );
            const result = errorsAndGradients(trial, parameters, steps.at(0));
            const names = Object.keys(trainedVariables(trial, parameters));
            const byName = Object.fromEntries(result.gradients.map((g, i) => [names[i], g]));
            tf.dispose(Object.values(parameters));
            return {
              errors: result.errors.dataSync(),
              gradients: unstackParameters(trial, byName, initial.length),
            };
          });
          initial.forEach((parameters, i) => {
            const expected = float32.zeros(parameters.length);
            const space = makeWorkspace(float32, trial);
            const order = passOrders({ ...trial, seed: 3 + i }, points.samples)();
            const seen = order.subarray(...samplesOfEpoch(trial, points.samples, 0));
            const loss = lossAndGradients(float32, space, parameters, points, seen, expected);
            expect(Math.abs(errors[i] - loss)).toBeLessThan(1e-5);
            expect(largestDifference(gradients[i], expected)).toBeLessThan(1e-5);
          });
        },
      );

      it.each(SHAPES.map((trial) => [nameOf(trial), trial] as const))(
        `gives the first ${LOSSES} losses within 1e-3 of theirs: %s`,
        async (_, trial) => {
          const batch = {
            trials: [0, 1].map((seed) => ({ ...trial, epochs: LOSSES, seed })),
            recordLosses: true,
          };
          const engine = await makeTfjsEngine(backend);
          const ours = await engine.train(batch);
          const reference = (await referenceEngine.train(batch)) as Training[];
          ours.forEach((own, i) => {
            const theirs = reference[i];
            expect(own.initial).toEqual(theirs.initial);
            for (const field of ["predictions", "activations"] as const) {
              const difference = largestDifference(own.atStart[field], theirs.atStart[field]);
              expect(difference, field).toBeLessThan(1e-5);
            }
            own.losses!.forEach((loss, epoch) => {
              const expected = theirs.losses![epoch];
              const message = `epoch ${epoch}`;
              expect(Math.abs(loss - expected), message).toBeLessThanOrEqual(1e-3 * expected);
            });
            const [tested, expected] = [own, theirs].map((of) => of.testPredictions ?? []);
            expect(largestDifference(tested, expected)).toBeLessThan(1e-3);
          });
        },
      );
    });

    describe.skipIf(!usable)("a stack of different trials", () => {
      const trials: Trial[] = Array.from({ length: WHOLE ? 8 : 3 }, (_, seed) => ({
        ...TRIAL,
        seed,
        learningRate: [0.1, 0.01, 0.001][seed % 3],
        epochs: WHOLE ? 20 : 4,
      }));

      it.each(SHAPES.map((shape) => [nameOf(shape), shape] as const))(
        "gives what stacks of one give, within 1e-5: %s",
        async (_, shape) => {
          const engine = await makeTfjsEngine(backend);
          const stack = trials.map(({ seed, learningRate, epochs }) => ({
            ...shape,
            seed,
            learningRate,
            epochs,
          }));
          const together = await engine.train({ trials: stack, recordLosses: true });
          for (const [i, trial] of stack.entries()) {
            const [alone] = await engine.train({ trials: [trial], recordLosses: true });
            for (const field of ["parameters", "predictions", "activations", "losses"] as const) {
              expect(largestDifference(together[i][field]!, alone[field]!), field).toBeLessThan(
                1e-5,
              );
            }
          }
        },
      );

      it("keeps one trial's overflow from the others", async () => {
        const engine = await makeTfjsEngine(backend);
        const sgd = {
          ...TRIAL,
          optimizer: "sgd",
          connection: "late-residual",
          epochs: 20,
        } as const;
        const calm = { ...sgd, learningRate: 0.01 };
        const wild = { ...sgd, learningRate: 1e6, seed: 1 };
        const [first, second] = await engine.train({ trials: [calm, wild] });
        const [alone] = await engine.train({ trials: [calm] });
        expect(outcomeOf(wild, dataset, second)).toEqual({ state: "diverged" });
        expect(largestDifference(first.parameters, alone.parameters)).toBeLessThan(1e-5);
      });

      it.each(OPTIMIZERS)("leaves no tensor behind: %s", async (optimizer) => {
        const before = tf.memory().numTensors;
        const afterEpochs = new Set<number>();
        const stack = trials.map((trial) => ({ ...trial, optimizer }));
        await trainStack({
          trials: stack,
          dataset,
          initial: stack.map((trial) => initialParameters(trial, trial.seed)),
          recordLosses: true,
          onEpoch: () => afterEpochs.add(tf.memory().numTensors),
        });
        expect(afterEpochs.size).toBe(1);
        expect(tf.memory().numTensors).toBe(before);
      });
    });
  },
);

it("gives what it trained: parameters, and the predictions and activations of these parameters", async () => {
  const trial = { ...TRIAL, width: 4, seed: 7 };
  const engine = await makeTfjsEngine("cpu");
  const [trained] = await engine.train({ trials: [trial] });
  const still = { ...trial, learningRate: 0, optimizer: "sgd", epochs: 1 } as const;
  const [expected] = (await referenceEngine.train({
    trials: [still],
    initial: [trained.parameters],
  })) as Training[];
  expect(largestDifference(trained.predictions, expected.predictions)).toBeLessThan(1e-5);
  expect(largestDifference(trained.activations, expected.activations)).toBeLessThan(1e-5);
  expect(trained.losses).toBeUndefined();
});

it("leaves frozen hidden layers as they were drawn, and trains the output", async () => {
  const trial = { ...TRIAL, connection: "late-residual-frozen" } as const;
  const engine = await makeTfjsEngine("cpu");
  const [{ initial, parameters }] = await engine.train({ trials: [trial] });
  const { weights } = parameterLayout(trial).output;
  expect(parameters.slice(0, weights)).toEqual(initial.slice(0, weights));
  expect(parameters.slice(weights)).not.toEqual(initial.slice(weights));
});
