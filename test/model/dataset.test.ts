import { describe, expect, it } from "vitest";
import { makeDataset, standardization } from "#lrn/model/dataset.js";
import { unstandardized } from "#lrn/model/outcome.js";
import type { DatasetSpec } from "#lrn/model/trial.js";
import { THESIS_DATASET } from "../fixtures/pytorch/fixtures.js";

/** numpy.random.RandomState(42).uniform(-1, 1, 20), NumPy 1.24 */
const NUMPY_X = [
  -0.250919762305275, 0.9014286128198323, 0.4639878836228102, 0.1973169683940732,
  -0.687962719115127, -0.6880109593275947, -0.8838327756636011, 0.7323522915498704,
  0.2022300234864176, 0.416145155592091, -0.9588310114083951, 0.9398197043239886,
  0.6648852816008435, -0.5753217786434477, -0.6363500655857988, -0.6331909802931324,
  -0.39151551408092455, 0.04951286326447568, -0.13610996271576847, -0.4175417196039162,
];

/** Table 3.1 of the thesis, cut off after four digits. Its last x, -0.4175, lost a digit. */
const TABLE_X = [
  -0.2509, 0.9014, 0.4639, 0.1973, -0.6879, -0.688, -0.8838, 0.7323, 0.2022, 0.4161, -0.9588,
  0.9398, 0.6648, -0.5753, -0.6363, -0.6331, -0.3915, 0.0495, -0.1361, -0.4175,
];
const TABLE_T = [
  0.2509, 0.9014, 0.4639, 0.1973, 0.6879, 0.688, 0.8838, 0.7323, 0.2022, 0.4161, 0.9588, 0.9398,
  0.6648, 0.5753, 0.6363, 0.6331, 0.3915, 0.0495, 0.1361, 0.4175,
];

const cutOff = (values: Float64Array) => Array.from(values, (v) => Math.trunc(v * 1e4) / 1e4);

describe("the thesis's dataset", () => {
  const dataset = makeDataset(THESIS_DATASET);

  it("is what NumPy draws, to the last bit", () => {
    expect([...dataset.x]).toEqual(NUMPY_X);
    expect([...dataset.t]).toEqual(NUMPY_X.map(Math.abs));
  });

  it("is Table 3.1", () => {
    expect(cutOff(dataset.x)).toEqual(TABLE_X);
    expect(cutOff(dataset.t)).toEqual(TABLE_T);
  });

  it("has the mean and the unbiased deviation of NumPy's t.mean() and t.std(ddof=1)", () => {
    const [{ mean, deviation }] = dataset.targetScalings;
    expect(mean).toBeCloseTo(0.541363301669869, 15);
    expect(deviation).toBeCloseTo(0.27878071573351976, 15);
  });

  it("has the ends of [-1, 1] as a network would see them", () => {
    const [[low, high]] = dataset.inputDomains;
    const mean = NUMPY_X.reduce((total, x) => total + x, 0) / 20;
    const deviation = Math.sqrt(NUMPY_X.reduce((total, x) => total + (x - mean) ** 2, 0) / 19);
    expect(low * deviation + mean).toBeCloseTo(-1, 14);
    expect(high * deviation + mean).toBeCloseTo(1, 14);
  });

  it("shows a network standardized inputs and targets", () => {
    for (const standardized of [dataset.inputs, dataset.targets]) {
      const mean = standardized.reduce((total, value) => total + value, 0) / 20;
      const variance = standardized.reduce((total, v) => total + (v - mean) ** 2, 0) / 19;
      expect(mean).toBeCloseTo(0, 6);
      expect(variance).toBeCloseTo(1, 6);
    }
    expect(dataset.inputs[1]).toBe(
      Math.fround((NUMPY_X[1] + 0.08459542320442892) / 0.6153737348443021),
    );
  });
});

describe("a dataset from NumPy's generator", () => {
  it.each([
    [0, 2, [0.0976270078546495, 0.43037873274483895]],
    [
      1,
      7,
      [
        -0.165955990594852, 0.4406489868843162, -0.9997712503653102, -0.39533485473632046,
        -0.7064882183657739, -0.8153228104624044, -0.6274795772446582,
      ],
    ],
  ])("is RandomState(%i).uniform(-1, 1, %i)", (seed, samples, x) => {
    expect([...makeDataset({ ...THESIS_DATASET, seed, samples }).x]).toEqual(x);
  });

  it("takes the largest seed and other sample counts", () => {
    const { x } = makeDataset({ ...THESIS_DATASET, seed: 2 ** 32 - 1, samples: 33 });
    expect(x).toHaveLength(33);
    expect([x[0], x[1]]).toEqual([-0.8047359420119724, 0.8247656906052436]);
    expect([x[31], x[32]]).toEqual([-0.04458698632680025, 0.5746954315730615]);
  });
});

describe("a dataset from seedrandom", () => {
  const spec: DatasetSpec = { ...THESIS_DATASET, generator: "seedrandom", samples: 3 };

  // 2·u - 1 for the first numbers of the stream "42/dataset"; see random.test.ts.
  it("is pinned", () => {
    const drawn = [0.004757663617704427, 0.440726919997118, 0.4137291255362014];
    expect([...makeDataset(spec).x]).toEqual(drawn.map((u) => 2 * u - 1));
  });

  it("depends on its seed", () => {
    expect(makeDataset({ ...spec, seed: 43 }).x).not.toEqual(makeDataset(spec).x);
  });
});

it("standardizes over n - 1", () => {
  expect(standardization(Float64Array.of(1, 2, 3))).toEqual({ mean: 2, deviation: 1 });
});

it("standardizes in float64, and rounds to float32 at the end", () => {
  // In float32 the mean alone would be 2e-5 off.
  const { x, inputs } = makeDataset({ ...THESIS_DATASET, domain: [1000, 1003] });
  const mean = x.reduce((sum, value) => sum + value, 0) / 20;
  const deviation = Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 19);
  expect([...inputs]).toEqual([...x].map((value) => Math.fround((value - mean) / deviation)));
});

it("takes targets that are all alike to 0", () => {
  expect(standardization(Float64Array.of(4, 4, 4))).toEqual({ mean: 4, deviation: 1 });
});

describe("a dataset", () => {
  const spec = { ...THESIS_DATASET, samples: 1000 };

  it("is drawn from its domain", () => {
    const { x } = makeDataset({ ...spec, domain: [-3, 5] });
    expect(Math.min(...x)).toBeGreaterThanOrEqual(-3);
    expect(Math.min(...x)).toBeLessThan(-2.9);
    expect(Math.max(...x)).toBeLessThan(5);
    expect(Math.max(...x)).toBeGreaterThan(4.9);
    expect([...x.slice(0, 20)]).toEqual(NUMPY_X.map((value) => expect.closeTo(4 * value + 1, 13)));
  });

  it.each([
    ["x-sin-5x", (x: number) => x * Math.sin(5 * x)],
    ["step-plus-sine", (x: number) => Number(x > 0) + 0.2 * Math.sin(5 * x)],
    ["square", (x: number) => x ** 2],
  ] as const)("has the values of %s", (name, f) => {
    const { x, t } = makeDataset({ ...spec, function: name });
    expect([...t]).toEqual([...x].map((value) => expect.closeTo(f(value), 14)));
  });

  it("may have two inputs and two outputs, a row per sample", () => {
    const { samples, x, t, inputs, targets, inputDomains, targetScalings } = makeDataset({
      ...spec,
      function: "abs-sum-difference",
    });
    for (const values of [x, t, inputs, targets]) expect(values).toHaveLength(2 * samples);
    for (let s = 0; s < samples; s++) {
      const [a, b] = x.subarray(2 * s, 2 * s + 2);
      expect([...t.subarray(2 * s, 2 * s + 2)]).toEqual([Math.abs(a + b), Math.abs(a - b)]);
    }
    expect(inputDomains).toHaveLength(2);
    expect(targetScalings).toHaveLength(2);
    for (const values of [inputs, targets]) {
      for (const column of [0, 1]) {
        const own = values.filter((_, i) => i % 2 === column);
        const mean = own.reduce((sum, value) => sum + value, 0) / samples;
        expect(mean).toBeCloseTo(0, 5);
        expect(own.reduce((sum, value) => sum + value ** 2, 0) / (samples - 1)).toBeCloseTo(1, 5);
      }
    }
  });

  it.each([
    ["both", false, false],
    ["inputs", false, true],
    ["targets", true, false],
    ["none", true, true],
  ] as const)("standardizes %s", (standardize, inputsAsTheyAre, targetsAsTheyAre) => {
    const { x, t, inputs, targets } = makeDataset({ ...spec, standardize });
    expect(inputs[0] === Math.fround(x[0])).toBe(inputsAsTheyAre);
    expect(targets[0] === Math.fround(t[0])).toBe(targetsAsTheyAre);
  });

  it("has scaled targets, which predictions are scaled back from", () => {
    const [scaled, usual] = [makeDataset({ ...spec, targetScale: 0.001 }), makeDataset(spec)];
    scaled.targets.forEach((target, i) => {
      expect(target).toBeCloseTo(0.001 * usual.targets[i], 8);
    });
    expect(unstandardized(scaled, scaled.targets)[7]).toBeCloseTo(scaled.t[7], 6);
  });

  it("has test points of its domain that are no samples, scaled as these are", () => {
    const { test, ...trained } = makeDataset({ ...spec, testSamples: 500 });
    expect(trained).toEqual(makeDataset(spec));
    expect(test!.x).toHaveLength(500);
    expect(new Set([...test!.x, ...trained.x])).toHaveLength(1500);
    const [{ mean, deviation }] = [standardization(trained.x)];
    test!.x.forEach((x, i) => {
      expect(test!.inputs[i]).toBe(Math.fround((x - mean) / deviation));
      expect(test!.t[i]).toBe(Math.abs(x));
    });
  });
});
