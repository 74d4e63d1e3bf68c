import { describe, expect, it } from "vitest";
import { initialParameters } from "#lrn/model/initialization.js";
import { type LinearLayout, parameterLayout } from "#lrn/model/layout.js";
import type { Network } from "#lrn/model/trial.js";
import { KS_1_PERCENT, ksStatistic, uniformCdf } from "./distributions.js";

const LATE: Network = { depth: 6, width: 4, connection: "late-residual" };
const SEEDS = Array.from({ length: 600 }, (_, seed) => seed);

function layersOf(network: Network): LinearLayout[] {
  const { hidden, output } = parameterLayout(network);
  return [...hidden, output];
}

/** Weights and biases of one layer. */
function slice(parameters: Float32Array, layer: LinearLayout): Float32Array {
  return parameters.subarray(layer.weights, layer.biases + layer.outputs);
}

function hiddenOf(network: Network, seed: number): Float32Array {
  return initialParameters(network, seed).subarray(0, parameterLayout(network).output.weights);
}

function outputOf(network: Network, seed: number): Float32Array {
  return slice(initialParameters(network, seed), parameterLayout(network).output);
}

describe("initial parameters", () => {
  // (2u - 1)/√fan_in of what seedrandom draws for "0/2x2/hidden" and "0/2x2/output".
  it("are pinned", () => {
    const parameters = initialParameters({ depth: 2, width: 2, connection: "late-residual" }, 0);
    expect(parameters).toHaveLength(15);
    const first = [0.7051752679534172, 0.19086760480094017, 0.4700972028627274];
    expect([...parameters.slice(0, 3)]).toEqual(first.map((u) => Math.fround(2 * u - 1)));
    const output = [0.9569920321642896, 0.36866144400367845, 0.5693646796101356];
    expect([...parameters.slice(10, 13)]).toEqual(
      output.map((u) => Math.fround((2 * u - 1) * (1 / Math.sqrt(4)))),
    );
    expect([...parameters.slice(4, 10)]).toEqual([
      -0.010973353870213032, -0.6174246072769165, -0.6706836819648743, 0.3616219460964203,
      0.02014641836285591, -0.575035035610199,
    ]);
  });

  it.each<Network>([LATE, { ...LATE, connection: "plain" }])(
    "fill ±1/√fan_in in every layer, $connection",
    (network) => {
      const drawn = SEEDS.map((seed) => initialParameters(network, seed));
      for (const layer of layersOf(network)) {
        const bound = Math.fround(1 / Math.sqrt(layer.inputs));
        const values = drawn.flatMap((parameters) => [...slice(parameters, layer)]);
        expect(Math.max(...values)).toBeLessThanOrEqual(bound);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(-bound);
        expect(Math.max(...values)).toBeGreaterThan(0.99 * bound);
        expect(Math.min(...values)).toBeLessThan(-0.99 * bound);
      }
    },
  );

  it.each(["weights", "biases"])(
    "are uniform by the Kolmogorov-Smirnov test at the 1 percent level, %s",
    (kind) => {
      const scaled = SEEDS.flatMap((seed) => {
        const parameters = initialParameters(LATE, seed);
        return layersOf(LATE).flatMap(({ inputs, outputs, weights, biases }) => {
          const [from, to] = kind === "weights" ? [weights, biases] : [biases, biases + outputs];
          return Array.from(parameters.subarray(from, to), (p) => p * Math.sqrt(inputs));
        });
      });
      expect(ksStatistic(scaled, uniformCdf)).toBeLessThan(KS_1_PERCENT);
    },
  );

  it("share the hidden layers between the plain and the late-residual network of a seed", () => {
    for (const seed of SEEDS) {
      expect(hiddenOf({ ...LATE, connection: "plain" }, seed)).toEqual(hiddenOf(LATE, seed));
    }
  });

  it("draw from streams of their own for each depth and width", () => {
    const starts = [LATE, { ...LATE, depth: 7 }, { ...LATE, width: 5 }].flatMap((network) => [
      hiddenOf(network, 3)[0],
      outputOf(network, 3)[0] * Math.sqrt(parameterLayout(network).output.inputs),
    ]);
    expect(new Set(starts).size).toBe(6);
  });

  it("differ from seed to seed, and within a network", () => {
    const drawn = SEEDS.flatMap((seed) => [...initialParameters(LATE, seed)]);
    // On float32's grid of some 2^24 numbers, a few fall together by chance.
    expect(new Set(drawn).size).toBeGreaterThan(0.99 * drawn.length);
  });
});
