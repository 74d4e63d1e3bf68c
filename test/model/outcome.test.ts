import { describe, expect, it } from "vitest";
import type { Dataset } from "#lrn/model/dataset.js";
import { deadCounts } from "#lrn/model/dead-counts.js";
import {
  hasConverged,
  isOfOtherThreshold,
  numberOf,
  type Outcome,
  outcomeOf,
  rmse,
  rmsePerEpoch,
  type Training,
  unstandardized,
} from "#lrn/model/outcome.js";
import type { Network } from "#lrn/model/trial.js";

const NETWORK: Network = { depth: 2, width: 1, connection: "plain" };

/** Two points; a standardized value z stands for 2 + z/2. */
const DATASET: Dataset = {
  samples: 2,
  x: Float64Array.of(-2, 3),
  t: Float64Array.of(2, 3),
  inputs: Float32Array.of(-1, 1),
  domains: [[-2, 3]],
  inputDomains: [[-1, 1]],
  targets: Float32Array.of(0, 2),
  inputScalings: [{ mean: 0.5, deviation: 2.5 }],
  targetScalings: [{ mean: 2, deviation: 0.5 }],
};

function training(changes: Partial<Training> = {}): Training {
  return {
    initial: Float32Array.of(1, 1, 1, 1, 1, 1),
    parameters: Float32Array.of(1, 2, 3, 4, 5, 6),
    predictions: Float32Array.of(0, 1),
    activations: Float32Array.of(0, 1, 0, 0),
    atStart: { predictions: new Float32Array(2), activations: new Float32Array(4) },
    trainMs: 1,
    ...changes,
  };
}

describe("an outcome", () => {
  it("has the RMSE in original units and the dead neurons and layers", () => {
    // Predictions 2 and 2.5 for 2 and 3: √((0² + 0.5²)/2).
    const own = training();
    expect(outcomeOf(NETWORK, DATASET, own)).toEqual({
      state: "trained",
      finalRmse: Math.sqrt(0.125),
      deadNeurons: 1,
      deadLayers: 1,
      deadOnDomain: 0, // 3·(x + 2) + 4 is above 0 everywhere, whatever the activations say
      ...deadCounts(NETWORK, own),
      firstLayerRmse: expect.closeTo(0, 15), // its outputs 0 and 1 fit targets 2 and 3
    });
  });

  it("has the epochs to converge, of one threshold, where it ends at or under that", () => {
    const finalRmse = Math.sqrt(0.125);
    const ended = (threshold: number) =>
      outcomeOf(NETWORK, DATASET, training({ under: { threshold, from: 40 } })) as never;
    expect(ended(finalRmse)).toMatchObject({ epochsToConverge: 40, thresholdRmse: finalRmse });
    expect(ended(0.35)).not.toHaveProperty("epochsToConverge");
    expect(ended(0.35)).toMatchObject({ thresholdRmse: 0.35 });
    expect(numberOf(ended(0.4), "epochsToConverge", 0.4)).toBe(40);
    expect(numberOf(ended(0.4), "epochsToConverge", 0.5)).toBeUndefined();
    expect(numberOf(ended(0.4), "deadNeurons", 0.5)).toBe(1);
  });

  it("is of another threshold only where it would have epochs to converge with the one it is read with", () => {
    const trained = outcomeOf(NETWORK, DATASET, training({ under: { threshold: 0.4, from: 1 } }));
    const before = outcomeOf(NETWORK, DATASET, training()); // as of an earlier version
    const is = (outcome: Outcome, threshold: number) => isOfOtherThreshold(outcome, threshold);
    expect([0.4, 0.5, 0.36, 0.35].map((threshold) => is(trained, threshold))).toEqual([
      ...[false, true, true, false],
    ]);
    expect([is(before, 0.5), is({ state: "diverged" }, 0.5)]).toEqual([false, false]);
  });

  it("has the error at the dataset's test points", () => {
    const points = { ...DATASET, t: Float64Array.of(2, 2) };
    const outcome = outcomeOf(
      NETWORK,
      { ...DATASET, test: points },
      training({ testPredictions: Float32Array.of(0, 2) }),
    );
    expect(outcome).toMatchObject({ finalRmse: Math.sqrt(0.125), testRmse: Math.sqrt(0.5) });
    const overflown = training({ testPredictions: Float32Array.of(0, Number.NaN) });
    expect(outcomeOf(NETWORK, { ...DATASET, test: points }, overflown).state).toBe("diverged");
  });

  it("counts as dead on the domain those dead neurons alone that are so everywhere", () => {
    // h = max(0, x + 2), and then -h - 1, below 0
    const parameters = Float32Array.of(1, 2, -1, -1, 1, 0);
    expect(outcomeOf(NETWORK, DATASET, training({ parameters }))).toMatchObject({
      deadNeurons: 1,
      deadOnDomain: 1,
    });
    const activations = Float32Array.of(0, 1, 0, 1);
    expect(outcomeOf(NETWORK, DATASET, training({ parameters, activations }))).toMatchObject({
      deadNeurons: 0,
      deadOnDomain: 0,
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "is diverged where a prediction is %d",
    (value) => {
      const predictions = Float32Array.of(0, value);
      expect(outcomeOf(NETWORK, DATASET, training({ predictions }))).toEqual({ state: "diverged" });
    },
  );

  // Behind a dead neuron a parameter can overflow without a trace in the predictions.
  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "is diverged where nothing but a parameter is %d",
    (value) => {
      const parameters = Float32Array.of(1, 2, value, 4, 5, 6);
      expect(outcomeOf(NETWORK, DATASET, training({ parameters }))).toEqual({ state: "diverged" });
    },
  );

  it("is trained however far off float32's largest predictions are", () => {
    const predictions = Float32Array.of(-3e38, 3e38);
    const outcome = outcomeOf(NETWORK, DATASET, training({ predictions }));
    expect(outcome).toMatchObject({ state: "trained" });
    expect(rmse(DATASET, predictions) / 1.5e38).toBeCloseTo(1, 6);
  });
});

it("takes predictions back to original units", () => {
  expect([...unstandardized(DATASET, Float32Array.of(-1, 0, 2))]).toEqual([1.5, 2, 3]);
});

it("has an RMSE of 0 for perfect predictions, and NaN for NaN", () => {
  expect(rmse(DATASET, DATASET.targets)).toBe(0);
  expect(rmse(DATASET, Float32Array.of(0, Number.NaN))).toBeNaN();
});

it("turns losses into RMSEs in original units, epoch by epoch", () => {
  const losses = Float32Array.of(4, 1, 0.25, 0, Number.POSITIVE_INFINITY, Number.NaN);
  expect([...rmsePerEpoch(DATASET, losses)]).toEqual([
    1,
    0.5,
    0.25,
    0,
    Number.POSITIVE_INFINITY,
    Number.NaN,
  ]);
});

describe("convergence", () => {
  const trained = (finalRmse: number) =>
    ({ state: "trained", finalRmse, deadNeurons: 0, deadLayers: 0 }) as const;

  it("includes the threshold itself", () => {
    expect(hasConverged(trained(0.07), 0.07)).toBe(true);
    expect(hasConverged(trained(0.0700001), 0.07)).toBe(false);
  });

  it("needs a trained network", () => {
    expect(hasConverged({ state: "diverged" }, 0.07)).toBe(false);
    expect(hasConverged({ state: "failed", reason: "" }, 0.07)).toBe(false);
  });
});
