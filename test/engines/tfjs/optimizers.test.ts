import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeStackOptimizer } from "#lrn/engines/tfjs/optimizers.js";
import { tf } from "#lrn/engines/tfjs/tensorflow-js.js";
import { OPTIMIZERS } from "#lrn/model/trial.js";

const TRIALS = 2;
const STEPS = 30;

/** Gradients of step `k` for a [trials, 2, 3] variable, of sizes from 1e-6 to 10. */
const gradientsOf = (k: number) =>
  tf.tensor3d(
    Array.from({ length: 12 }, (_, i) => Math.sin(3 * i + 0.7 * k) * 10 ** ((i % 8) - 6)),
    [TRIALS, 2, 3],
  );

const start = () => tf.tidy(() => tf.variable(tf.reshape(tf.linspace(-1, 1, 12), [TRIALS, 2, 3])));

describe("against tf.train, one rate for the whole stack", () => {
  beforeAll(() => tf.setBackend("cpu"));

  it.each([
    // tf.train.adam's first steps are off by 7e-6 of a step, because it powers 0.999 in float32.
    ["adam", (rate: number) => tf.train.adam(rate, 0.9, 0.999, 1e-8), 2e-5],
    ["sgd", (rate: number) => tf.train.sgd(rate), 1e-7],
    ["momentum", (rate: number) => tf.train.momentum(rate, 0.9), 1e-7],
  ] as const)("%s takes the same steps", (name, theirs, tolerance) => {
    const rate = 0.05;
    const [a, b] = [start(), start()];
    const ours = makeStackOptimizer(name, [a], [rate, rate], STEPS);
    const optimizer = theirs(rate);
    for (let k = 0; k < STEPS; k++) {
      const g = gradientsOf(k);
      ours.step([g]);
      optimizer.applyGradients([{ name: b.name, tensor: g }]);
      const [mine, other] = [a.dataSync(), b.dataSync()];
      mine.forEach((value, i) => {
        expect(Math.abs(value - other[i]), `step ${k}, element ${i}`).toBeLessThan(tolerance);
      });
    }
  });
});

it.each(OPTIMIZERS)("%s: each trial keeps to its own rate", (name) => {
  const rates = [0.1, 0.001];
  const together = start();
  const stack = makeStackOptimizer(name, [together], rates, STEPS);
  const alone = rates.map((rate) => {
    const variable = start();
    return { variable, optimizer: makeStackOptimizer(name, [variable], [rate, rate], STEPS) };
  });
  for (let k = 0; k < STEPS; k++) {
    const g = gradientsOf(k);
    stack.step([g]);
    for (const { optimizer } of alone) optimizer.step([g]);
  }
  const values = together.dataSync();
  alone.forEach(({ variable }, trial) => {
    const own = variable.dataSync();
    expect(values.slice(6 * trial, 6 * trial + 6)).toEqual(own.slice(6 * trial, 6 * trial + 6));
  });
});

it.each(OPTIMIZERS)("%s gives back its own tensors and no others", (name) => {
  const variable = start();
  const before = tf.memory().numTensors;
  const optimizer = makeStackOptimizer(name, [variable], [0.1, 0.1], STEPS);
  optimizer.dispose();
  expect(tf.memory().numTensors).toBe(before);
  expect(variable.isDisposed).toBe(false);
});

afterAll(() => tf.disposeVariables());
