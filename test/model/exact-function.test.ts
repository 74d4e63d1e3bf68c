import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forward, makeWorkspace } from "#lrn/engines/reference/network.js";
import { float32, type Precision } from "#lrn/engines/reference/precision.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { countDead } from "#lrn/model/dead-neurons.js";
import { findDeadOnDomain } from "#lrn/model/dead-on-domain.js";
import { type ExactFunction, exactFunction, inOriginalUnits } from "#lrn/model/exact-function.js";
import { initialParameters } from "#lrn/model/initialization.js";
import { parameterLayout } from "#lrn/model/layout.js";
import { unstandardized } from "#lrn/model/outcome.js";
import {
  type Activation,
  CONNECTIONS,
  type FileDataset,
  type Network,
  THESIS_DATASET,
} from "#lrn/model/trial.js";
import { float64 } from "../engines/float64.js";

/** Neither symmetric nor with round ends, so that sums cross 0 where rounding shows. */
const DOMAIN = [-1.4123, 1.6789] as const;
const TWO_OUTPUTS: FileDataset = {
  file: "data.csv",
  inputs: ["x"],
  targets: ["a", "b"],
  samples: 10,
  sha256: "0".repeat(64),
};
/** Slopes that are float32 numbers, so that the reference in float64 has the same. */
const ACTIVATION_VALUES: Activation[] = [
  "relu",
  { name: "leaky-relu", slope: 0.25 },
  { name: "prelu", slope: 0.25 },
];

/** The outputs at an input, and whether a hidden neuron's sum is above 0 there, by the reference's forward pass. */
function reference(network: Network, parameters: Float32Array, precision: Precision = float64) {
  const space = makeWorkspace(precision, network);
  const values = precision === float64 ? Float64Array.from(parameters) : parameters;
  const outputs = (input: number) => [...forward(precision, space, values, Float64Array.of(input))];
  const isAbove = (input: number, layer: number, neuron: number) => {
    outputs(input);
    return space.sums[layer][neuron] > 0;
  };
  return { outputs, isAbove };
}

function exact(network: Network, parameters: Float32Array, domain: readonly [number, number]) {
  const found = exactFunction(network, parameters, [domain])!;
  const { at, values } = found.outputs;
  const outputs = values.length / at.length;
  const segments = at.slice(1).map((to, p) => {
    const line = (share: number) =>
      Array.from({ length: outputs }, (_, k) => {
        const [left, right] = [values[p * outputs + k], values[(p + 1) * outputs + k]];
        return left + share * (right - left);
      });
    return { from: at[p], to, line };
  });
  const valueAt = (x: number) => {
    const { from, to, line } = segments.find((segment) => x <= segment.to)!;
    return line((x - from) / (to - from));
  };
  return { ...found, ...activity(found, domain), at, segments, valueAt };
}

/** Where each neuron comes to be above 0 or ceases to be, and which ones never are. */
function activity({ active }: ExactFunction, [low, high]: readonly [number, number]) {
  return {
    hinges: active.map((layer) =>
      layer.map((stretches) => stretches.flat().filter((end) => end > low && end < high)),
    ),
    neverAbove0: active.map((layer) => layer.map((stretches) => stretches.length === 0)),
  };
}

/** The most by which two of the same outputs differ. */
function apart(some: readonly number[], others: readonly number[]): number {
  return Math.max(...some.map((y, k) => Math.abs(y - others[k])));
}

const described = fc.record({
  network: fc.record({
    depth: fc.integer({ min: 1, max: 4 }),
    width: fc.integer({ min: 1, max: 4 }),
    connection: fc.constantFrom(...CONNECTIONS),
    activation: fc.constantFrom(...ACTIVATION_VALUES),
    bias: fc.constantFrom("scheme" as const, "zero" as const),
    dataset: fc.constantFrom(THESIS_DATASET, TWO_OUTPUTS),
  }),
  seed: fc.nat(),
  scale: fc.constantFrom(1, 3),
});

/** Parameters as they may be after training: of any size, and PReLU's slopes of either sign. */
function parametersOf({
  network,
  seed,
  scale,
}: typeof described extends fc.Arbitrary<infer Of> ? Of : never): Float32Array {
  const parameters = initialParameters(network, seed).map((value) => scale * value);
  parameterLayout(network).hidden.forEach(({ slope }, l) => {
    if (slope !== undefined) parameters[slope] = (((seed >> l) % 7) - 2) / 4;
  });
  return parameters;
}

describe("a network of any parameters", () => {
  it("is a straight line between two points, and bends at each", () => {
    let kinks = 0;
    fc.assert(
      fc.property(described, (of) => {
        const parameters = parametersOf(of);
        const { at, segments } = exact(of.network, parameters, DOMAIN);
        const { outputs: trained } = reference(of.network, parameters);
        const size = Math.max(...at.flatMap((x) => trained(x).map(Math.abs)));
        expect([at[0], at.at(-1)]).toEqual(DOMAIN);
        let furthest = 0;
        segments.forEach(({ from, to, line }, p) => {
          for (const share of [0, 0.25, 0.5, 0.75, 1]) {
            furthest = Math.max(furthest, apart(trained(from + share * (to - from)), line(share)));
          }
          if (p === 0) return;
          kinks++;
          const before = segments[p - 1].from;
          const share = (from - before) / (to - before);
          const [left, right] = [trained(before), trained(to)];
          const chord = left.map((y, k) => y + share * (right[k] - y));
          expect(apart(trained(from), chord)).toBeGreaterThan(1e-13 * size);
        });
        expect(furthest).toBeLessThanOrEqual(1e-11 * size);
      }),
      { seed: 42, numRuns: 100 },
    );
    expect(kinks).toBeGreaterThan(200);
  });

  it("is what the float32 forward pass computes, but for its rounding", () => {
    fc.assert(
      fc.property(described, fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (of, shares) => {
        const parameters = parametersOf(of);
        const { valueAt, outputs } = exact(of.network, parameters, DOMAIN);
        const { outputs: trained } = reference(of.network, parameters, float32);
        const size = 1 + Math.max(...outputs.values.map(Math.abs));
        for (const share of shares) {
          const x = Math.fround(DOMAIN[0] + 1e-6 + share * (DOMAIN[1] - DOMAIN[0] - 2e-6));
          expect(apart(trained(x), valueAt(x))).toBeLessThan(1e-5 * size);
        }
      }),
      { seed: 43, numRuns: 50 },
    );
  });

  it("has a hinge wherever a neuron's sum changes sign, and nowhere else", () => {
    let hinges = 0;
    fc.assert(
      fc.property(described, (of) => {
        const parameters = parametersOf(of);
        const found = exact(of.network, parameters, DOMAIN);
        const { isAbove } = reference(of.network, parameters);
        found.hinges.forEach((layer, l) => {
          layer.forEach((of, j) => {
            hinges += of.length;
            const ends = [DOMAIN[0], ...of, DOMAIN[1]];
            const sides = of
              .concat(DOMAIN[1])
              .map((to, i) =>
                [0.01, 0.3, 0.5, 0.7, 0.99].map((share) =>
                  isAbove(ends[i] + share * (to - ends[i]), l, j),
                ),
              );
            const first = sides[0][0];
            expect(sides).toEqual(sides.map((_, i) => Array(5).fill(i % 2 === 0 ? first : !first)));
            expect(found.neverAbove0[l][j]).toBe(!sides.flat().includes(true));
            const isIn = (x: number) => found.active[l][j].some(([from, to]) => from < x && x < to);
            sides.forEach((above, i) => {
              expect(isIn((ends[i] + ends[i + 1]) / 2)).toBe(above[2]);
            });
          });
        });
      }),
      { seed: 44, numRuns: 60 },
    );
    expect(hinges).toBeGreaterThan(100);
  });

  it("has those of its dead neurons dead on the domain that are stored so, where it is of ReLU", () => {
    let elsewhere = 0;
    fc.assert(
      fc.property(described, (of) => {
        const network = { ...of.network, activation: "relu", bias: "scheme" } as const;
        const parameters = initialParameters(network, of.seed).map((value) => of.scale * value);
        const { isAbove } = reference(network, parameters);
        const { neverAbove0 } = exact(network, parameters, DOMAIN);
        const masks = neverAbove0.map((layer, l) =>
          layer.map((never, j) => {
            const onSamples = !isAbove(-0.4, l, j) && !isAbove(0.3, l, j);
            if (onSamples && !never) elsewhere++;
            return { onSamples, never: onSamples && never };
          }),
        );
        const onSamples = countDead(masks.map((layer) => layer.map((of) => of.onSamples)));
        expect(countDead(masks.map((layer) => layer.map((of) => of.never)))).toEqual(
          findDeadOnDomain(network, parameters, [DOMAIN], onSamples),
        );
      }),
      { seed: 45, numRuns: 60 },
    );
    expect(elsewhere).toBeGreaterThan(5);
  });
});

describe("a network worked out by hand", () => {
  const plain = (depth: number, width: number): Network => ({ depth, width, connection: "plain" });

  it("is |x - 1/2| of two hinges at one place", () => {
    const parameters = Float32Array.of(1, -1, -0.5, 0.5, 1, 1, 0);
    const { outputs, hinges, neverAbove0 } = exact(plain(1, 2), parameters, [-1, 1]);
    expect(outputs).toEqual({ at: [-1, 0.5, 1], values: [1.5, 0, 0.5] });
    expect(hinges).toEqual([[[0.5], [0.5]]]);
    expect(neverAbove0).toEqual([[false, false]]);
  });

  it("is one number where its neuron is dead, and a line where it is above 0 throughout", () => {
    for (const [bias, dead, values] of [
      [-1, true, [7, 7]],
      [2, false, [10, 16]],
    ] as const) {
      const parameters = Float32Array.of(1, bias, 3, 7);
      expect(exactFunction(plain(1, 1), parameters, [[-1, 1]])).toEqual({
        outputs: { at: [-1, 1], values },
        active: [[dead ? [] : [[-1, 1]]]],
      });
    }
  });

  it("tells a neuron that is alive beyond the samples, or between them", () => {
    // h = max(0, x), max(0, -x); then 0.1 - h₁ - h₂, above 0 in (-0.1, 0.1), and h₁ - h₂ - 0.9, from 0.9 on
    const parameters = Float32Array.of(...[1, -1, 0, 0, -1, -1, 1, -1, 0.1, -0.9], 1, 1, 0);
    const { hinges, neverAbove0, outputs } = exact(plain(2, 2), parameters, [-1, 1]);
    expect(neverAbove0[1]).toEqual([false, false]);
    expect(hinges[1].map((of) => of.map((x) => x.toFixed(6)))).toEqual([
      ["-0.100000", "0.100000"],
      ["0.900000"],
    ]);
    expect(outputs.at.map((x) => x.toFixed(6))).toEqual(
      ["-1", "-0.1", "0", "0.1", "0.9", "1"].map((x) => Number(x).toFixed(6)),
    );
  });

  it("bends once where biases of 0 put all hinges at one place, whatever rounding makes of them", () => {
    let kinks = 0;
    for (const connection of CONNECTIONS) {
      for (let seed = 0; seed < 20; seed++) {
        const domain = [-1 - seed / 7, 1 + seed / 9] as const;
        const network = { depth: 4, width: 4, connection, bias: "zero" } as const;
        const parameters = initialParameters(network, seed);
        const { at, hinges, neverAbove0 } = exact(network, parameters, domain);
        const inside = at.slice(1, -1);
        kinks += inside.length;
        expect(inside.length).toBeLessThanOrEqual(1);
        expect(Math.max(...hinges.flat().map(({ length }) => length))).toBeLessThanOrEqual(1);
        const { isAbove } = reference(network, parameters);
        const none = hinges.map((layer, l) =>
          layer.map((_, j) => !isAbove(-1, l, j) && !isAbove(1, l, j)),
        );
        expect(neverAbove0).toEqual(none);
        const places = [...inside, ...hinges.flat(2)].map(Math.abs);
        expect(Math.max(0, ...places)).toBeLessThan(1e-11);
      }
    }
    expect(kinks).toBeGreaterThan(80);
  });

  it("has no kink where a hinge's slopes are the same, or no weight leads from it", () => {
    const prelu: Network = { ...plain(1, 2), activation: { name: "prelu", slope: 0.25 } };
    for (const [slope, weight, at] of [
      [1, 1, [-1, 1]],
      [0.5, 0, [-1, 0, 1]],
    ] as const) {
      const parameters = Float32Array.of(1, 1, 0, 0.5, slope, 1, weight, 0);
      const found = exactFunction(prelu, parameters, [[-1, 1]])!;
      expect(found.outputs.at).toEqual(at);
      expect(activity(found, [-1, 1]).hinges).toEqual([[[0], [-0.5]]]);
    }
  });
});

/**
 * The tent 2x up to 1/2 and 2 - 2x from there, put into itself layer after layer: 2^depth lines (Telgarsky
 * 2016, "Benefits of depth in neural networks").
 */
function sawtooth(depth: number) {
  const above = Array.from({ length: depth - 1 }, () => [2, -2, 4, -4, 0, -2]);
  const parameters = Float32Array.from([2, 4, 0, -2, ...above.flat(), 1, -1, 0]);
  return exactFunction({ depth, width: 2, connection: "plain" }, parameters, [[0, 1]]);
}

it("has as many kinks as a network of tents, and gives up beyond 100,000 of them", () => {
  const { at, values } = sawtooth(10)!.outputs;
  expect(at).toEqual(Array.from({ length: 1025 }, (_, i) => i / 1024));
  expect(values).toEqual(at.map((_, i) => i % 2));
  expect(sawtooth(17)).toBeUndefined();
});

it("is not had for several inputs, another activation, or numbers that are none", () => {
  const network: Network = { depth: 2, width: 2, connection: "plain" };
  const two: Network = {
    ...network,
    dataset: { ...THESIS_DATASET, function: "abs-sum-difference" },
  };
  const none = (of: Network, domains = [DOMAIN]) =>
    exactFunction(of, new Float32Array(parameterLayout(of).count).fill(1), domains);
  expect(none(network)).toBeDefined();
  expect(none(two, [DOMAIN, DOMAIN])).toBeUndefined();
  expect(none({ ...network, activation: "gelu" })).toBeUndefined();
  const diverged = new Float32Array(parameterLayout(network).count).fill(Number.NaN);
  expect(exactFunction(network, diverged, [DOMAIN])).toBeUndefined();
});

it("is drawn over the domain in original units, as predictions are", () => {
  const dataset = makeDataset(THESIS_DATASET);
  const network: Network = { depth: 3, width: 4, connection: "late-residual" };
  const parameters = initialParameters(network, 7).map((value) => 3 * value);
  const scaled = exactFunction(network, parameters, dataset.inputDomains)!;
  const { outputs, active } = inOriginalUnits(scaled, dataset);
  expect(outputs.at[0]).toBeCloseTo(-1, 14);
  expect(outputs.at.at(-1)).toBeCloseTo(1, 14);
  const { outputs: trained } = reference(network, parameters);
  const predictions = dataset.inputs.map((input) => trained(input)[0]);
  unstandardized(dataset, predictions).forEach((prediction, s) => {
    const right = outputs.at.findIndex((x) => x >= dataset.x[s]);
    const [from, to] = outputs.at.slice(right - 1);
    const [left, next] = outputs.values.slice(right - 1);
    const share = (dataset.x[s] - from) / (to - from);
    expect(left + share * (next - left)).toBeCloseTo(prediction, 5);
  });
  const [{ mean, deviation }] = dataset.inputScalings;
  active.flat(3).forEach((x, i) => {
    expect((x - mean) / deviation).toBeCloseTo(scaled.active.flat(3)[i], 12);
  });
  expect(active.flat(3).length).toBeGreaterThan(2);
  expect(outputs.at.length).toBeGreaterThan(4);
});
