import { describe, expect, it } from "vitest";
import { makeDataset, standardize } from "#lrn/model/dataset.js";
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
    expect(dataset.targetMean).toBeCloseTo(0.541363301669869, 15);
    expect(dataset.targetDeviation).toBeCloseTo(0.27878071573351976, 15);
  });

  it("has the ends of [-1, 1] as a network would see them", () => {
    const [low, high] = dataset.inputDomain;
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
  const { values, mean, deviation } = standardize(Float64Array.of(1, 2, 3));
  expect([...values]).toEqual([-1, 0, 1]);
  expect([mean, deviation]).toEqual([2, 1]);
});

it("standardizes in float64, and rounds to float32 at the end", () => {
  // Mean 1001 1/3, deviation √(7/3). In float32 the mean alone would be 2e-5 off.
  const { values } = standardize(Float64Array.of(1000, 1001, 1003));
  const expected = [-4 / 3, -1 / 3, 5 / 3].map((v) => Math.fround(v / Math.sqrt(7 / 3)));
  expect([...values]).toEqual(expected);
});
