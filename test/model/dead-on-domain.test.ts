import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadEngine } from "#lrn/engines/load.js";
import { forward, makeWorkspace } from "#lrn/engines/reference/network.js";
import { float32, type Precision } from "#lrn/engines/reference/precision.js";
import { cellOf } from "#lrn/model/cells.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { countDead, findDeadNeurons } from "#lrn/model/dead-neurons.js";
import { findDeadOnDomain } from "#lrn/model/dead-on-domain.js";
import { initialParameters } from "#lrn/model/initialization.js";
import { parameterLayout } from "#lrn/model/layout.js";
import { CONNECTIONS, type Network, THESIS_DATASET, type Trial } from "#lrn/model/trial.js";
import { float64 } from "../engines/float64.js";

const DOMAIN = [-1, 1] as const;
const TWO_INPUTS = { ...THESIS_DATASET, function: "abs-sum-difference" } as const;

/** Whether each hidden neuron puts out more than 0 at an input, by the reference's forward pass. */
function isAliveAt(network: Network, parameters: Float32Array, precision: Precision = float64) {
  const space = makeWorkspace(precision, network);
  const values = precision === float64 ? Float64Array.from(parameters) : parameters;
  return (input: number): boolean[] => {
    forward(precision, space, values, Float64Array.of(input));
    const alive: boolean[] = [];
    for (const h of space.layers) for (let j = 0; j < h.length; j++) alive.push(h[j] > 0);
    return alive;
  };
}

function deadAt(network: Network, parameters: Float32Array, inputs: readonly number[]) {
  const alive = inputs.map(isAliveAt(network, parameters));
  return countDead(
    Array.from({ length: network.depth }, (_, layer) =>
      Array.from({ length: network.width }, (_, neuron) =>
        alive.every((at) => !at[layer * network.width + neuron]),
      ),
    ),
  );
}

const POINTS = 1000;

/**
 * What looking at many points says: evenly spaced ones, and both sides of every place between two of
 * them where a neuron comes alive or dies, found by halving.
 */
function aliveSomewhere(
  network: Network,
  parameters: Float32Array,
  [low, high]: readonly [number, number],
): boolean[] {
  const aliveAt = isAliveAt(network, parameters);
  const somewhere = new Array<boolean>(network.depth * network.width).fill(false);
  const look = (input: number) => {
    const alive = aliveAt(input);
    for (let i = 0; i < alive.length; i++) somewhere[i] ||= alive[i];
    return alive;
  };
  let left = { at: low, alive: look(low) };
  for (let k = 1; k <= POINTS; k++) {
    const right = { at: low + (k / POINTS) * (high - low), alive: undefined as never as boolean[] };
    right.alive = look(right.at);
    for (let i = 0; i < somewhere.length; i++) {
      const isAlive = left.alive[i];
      if (isAlive === right.alive[i]) continue;
      let [from, to] = [left.at, right.at];
      for (let half = 0; half < 50; half++) {
        const middle = (from + to) / 2;
        if (look(middle)[i] === isAlive) from = middle;
        else to = middle;
      }
    }
    left = right;
  }
  return somewhere;
}

/** Holds the verdict on every neuron that is dead on the samples to what many points say. */
function expectAsManyPoints(
  network: Network,
  parameters: Float32Array,
  domain: readonly [number, number],
  onSamples: ReturnType<typeof countDead>,
) {
  const { mask, neurons, layers } = findDeadOnDomain(network, parameters, [domain], onSamples)!;
  const somewhere = aliveSomewhere(network, parameters, domain);
  const expected = onSamples.mask.map((layer, l) =>
    layer.map((dead, neuron) => dead && !somewhere[l * network.width + neuron]),
  );
  expect(mask).toEqual(expected);
  expect({ neurons, layers }).toEqual({
    neurons: expected.flat().filter(Boolean).length,
    layers: expected.filter((layer) => !layer.includes(false)).length,
  });
  return onSamples.neurons - neurons;
}

const network = (depth: number, width: number, connection: Network["connection"] = "plain") => ({
  depth,
  width,
  connection,
});

describe("a neuron that is dead on the samples", () => {
  const onDomain = (described: Network, parameters: number[], samples: number[]) => {
    const values = Float32Array.from(parameters);
    const onSamples = deadAt(described, values, samples);
    return {
      samples: onSamples.mask,
      domain: findDeadOnDomain(described, values, [DOMAIN], onSamples)!.mask,
    };
  };

  it("may be alive beyond the outermost sample", () => {
    // z = x - 0.9, and z = x - 1, which is 0 at the end and nowhere above
    for (const [bias, dead] of [
      [-0.9, false],
      [-1, true],
    ] as const) {
      const found = onDomain(network(1, 1), [1, bias, 1, 0], [-0.5, 0.5]);
      expect(found).toEqual({ samples: [[true]], domain: [[dead]] });
    }
  });

  it.each(["plain", "late-residual"] as const)(
    "may be alive between two samples (%s)",
    (connection) => {
      // h = max(0, x), max(0, -x); then 0.1 - h₁ - h₂, a tent over 0, and h₁ - h₂ - 2, nowhere above 0
      const hidden = [1, -1, 0, 0, -1, -1, 1, -1, 0.1, -2];
      const found = onDomain(network(2, 2, connection), [...hidden, 1, 1, 1, 1, 0], [-0.5, 0.5]);
      expect(found.samples).toEqual([
        [false, false],
        [true, true],
      ]);
      expect(found.domain).toEqual([
        [false, false],
        [false, true],
      ]);
    },
  );

  it("is what the samples say behind a layer that is dead everywhere", () => {
    const found = onDomain(network(3, 1), [1, -5, 1, 2, -1, 1, 1, 0], [0]);
    expect(found.samples).toEqual([[true], [false], [true]]);
    expect(found.domain).toEqual([[true], [false], [true]]);
  });

  it("may have a sum just above 0 that float32 rounds away", () => {
    // h₁ = h₂ = 1 everywhere, and z = 1e-9 + h₁ - h₂
    const parameters = [0, 0, 1, 1, 1, -1, -1, -1, 1e-9, 0, 1, 1, 0];
    const described = network(2, 2);
    const values = Float32Array.from(parameters);
    expect(isAliveAt(described, values, float32)(0.5)).toEqual([true, true, false, false]);
    const onSamples = countDead([
      [false, false],
      [true, true],
    ]);
    expect(findDeadOnDomain(described, values, [DOMAIN], onSamples)!.mask).toEqual([
      [false, false],
      [false, true],
    ]);
  });
});

it("agrees with many points, for networks of any parameters", () => {
  let differing = 0;
  fc.assert(
    fc.property(
      fc.record({
        depth: fc.integer({ min: 1, max: 5 }),
        width: fc.integer({ min: 1, max: 4 }),
        connection: fc.constantFrom(...CONNECTIONS),
      }),
      fc.nat(),
      fc.constantFrom(1, 3),
      (described, seed, scale) => {
        const parameters = initialParameters(described, seed).map((value) => scale * value);
        const onSamples = deadAt(described, parameters, [-0.4, 0.3]);
        differing += expectAsManyPoints(described, parameters, DOMAIN, onSamples);
      },
    ),
    { seed: 42, numRuns: 100 },
  );
  expect(differing).toBeGreaterThan(10);
});

it("agrees with many points, for networks that were trained", async () => {
  const engine = await loadEngine("fused");
  const dataset = makeDataset(THESIS_DATASET);
  const recipe = { optimizer: "adam", learningRate: 0.1, trainingStyle: "batch" } as const;
  let differing = 0;
  for (const connection of CONNECTIONS) {
    for (const [depth, width] of [
      [2, 2],
      [5, 4],
      [10, 2],
    ] as const) {
      const cell = cellOf({ depth, width, connection, ...recipe, epochs: 500 });
      const trials = Array.from({ length: 12 }, (_, seed): Trial => ({ ...cell, seed }));
      const trainings = await engine.train({ trials });
      for (const { parameters, activations } of trainings) {
        const onSamples = findDeadNeurons(cell, activations);
        differing += expectAsManyPoints(cell, parameters, dataset.inputDomains[0], onSamples);
      }
    }
  }
  expect(differing).toBeGreaterThan(0);
});

it("says no more of a network whose sums overflow than its samples do", () => {
  const described = network(12, 2);
  const parameters = new Float32Array(parameterLayout(described).count).map((_, i) =>
    i % 3 === 0 ? -3e38 : 3e38,
  );
  const onSamples = countDead(Array.from({ length: 12 }, (_, l) => [l % 2 === 0, true]));
  const { mask, neurons } = findDeadOnDomain(described, parameters, [DOMAIN], onSamples)!;
  expect(mask).toHaveLength(12);
  expect(neurons).toBeLessThanOrEqual(onSamples.neurons);
  mask.forEach((layer, l) => {
    layer.forEach((dead, neuron) => {
      if (dead) expect(onSamples.mask[l][neuron]).toBe(true);
    });
  });
});

it("is not decided for several inputs, nor for another activation than ReLU", () => {
  const none = countDead([[false], [false]]);
  const { count } = parameterLayout({ ...network(2, 1), dataset: TWO_INPUTS });
  const two = { ...network(2, 1), dataset: TWO_INPUTS };
  const parameters = new Float32Array(count);
  expect(findDeadOnDomain(two, parameters, [DOMAIN, DOMAIN], none)).toBeUndefined();
  const gelu = { ...network(2, 1), activation: "gelu" } as const;
  expect(findDeadOnDomain(gelu, parameters, [DOMAIN], none)).toBeUndefined();
});
