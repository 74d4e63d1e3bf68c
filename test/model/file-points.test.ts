import { describe, expect, it } from "vitest";
import { makeDataset } from "#lrn/model/dataset.js";
import { keepFileNumbers } from "#lrn/model/file-points.js";
import type { FileDataset } from "#lrn/model/trial.js";
import { THESIS_DATASET } from "../fixtures/pytorch/fixtures.js";

/** Ten rows of two inputs and a target: row r has 10r, 10r + 1 and r². */
const ROWS = Array.from({ length: 10 }, (_, r) => [10 * r, 10 * r + 1, r * r]);
const SHA256 = "5".repeat(64);
const SPEC: FileDataset = {
  file: "data.csv",
  inputs: ["a", "b"],
  targets: ["c"],
  samples: 10,
  sha256: SHA256,
};
keepFileNumbers(new Map([[SHA256, Float64Array.from(ROWS.flat())]]));

it("has the file's rows in their order", () => {
  const { samples, x, t, test } = makeDataset(SPEC);
  expect(samples).toBe(10);
  expect([...x]).toEqual(ROWS.flatMap((row) => row.slice(0, 2)));
  expect([...t]).toEqual(ROWS.map(([, , c]) => c));
  expect(test).toBeUndefined();
});

it("has as an input's domain its least and greatest value, those of test rows too", () => {
  for (const testSamples of [0, 3, 8]) {
    const { domains, inputDomains, x } = makeDataset({ ...SPEC, standardize: "none", testSamples });
    expect(domains).toEqual([
      [0, 90],
      [1, 91],
    ]);
    expect(inputDomains).toEqual(domains);
    expect(x).toHaveLength(2 * (10 - testSamples));
  }
});

it("standardizes by the rows that are trained on", () => {
  const { inputs, targets, test, x, t, targetScalings } = makeDataset({ ...SPEC, testSamples: 4 });
  for (const [values, columns] of [
    [inputs, 2],
    [targets, 1],
  ] as const) {
    const own = values.filter((_, i) => i % columns === 0);
    expect(own.reduce((sum, value) => sum + value, 0) / 6).toBeCloseTo(0, 6);
    expect(own.reduce((sum, value) => sum + value ** 2, 0) / 5).toBeCloseTo(1, 5);
  }
  // The test rows are scaled as the others: a line through two of these goes through those too.
  const slope = (inputs[2] - inputs[0]) / (x[2] - x[0]);
  test!.inputs.forEach((value, i) => {
    if (i % 2 === 0) expect(value).toBeCloseTo(inputs[0] + slope * (test!.x[i] - x[0]), 5);
  });
  expect(targetScalings[0].mean).toBeCloseTo(t.reduce((sum, value) => sum + value, 0) / 6, 10);
});

describe("test rows", () => {
  const testRows = (testSamples: number, sha256 = SHA256) => {
    const { x, t, test } = makeDataset({ ...SPEC, testSamples, sha256 });
    const rowsOf = (values: Float64Array) => [...values].filter((_, i) => i % 2 === 0);
    expect(
      rowsOf(x)
        .concat(rowsOf(test!.x))
        .toSorted((a, b) => a - b),
    ).toEqual(ROWS.map(([a]) => a));
    expect([...test!.t]).toEqual(rowsOf(test!.x).map((a) => (a / 10) ** 2));
    expect(t).toHaveLength(10 - testSamples);
    return rowsOf(test!.x).map((a) => a / 10);
  };

  it("are none of those trained on, and the others are", () => {
    for (let count = 1; count <= 8; count++) expect(testRows(count)).toHaveLength(count);
  });

  it("are always the same, and with more of them still among them", () => {
    expect(testRows(3)).toEqual(testRows(3));
    expect(testRows(6)).toEqual(expect.arrayContaining(testRows(3)));
  });

  it("are others of other data, each as often as any other", () => {
    const times = new Array<number>(10).fill(0);
    const datasets = 500;
    for (let i = 0; i < datasets; i++) {
      const sha256 = i.toString(16).padStart(64, "0");
      keepFileNumbers(new Map([[sha256, Float64Array.from(ROWS.flat())]]));
      for (const row of testRows(4, sha256)) times[row]++;
    }
    // Binomial: 200 of 500 with a deviation of 11.
    for (const count of times) expect(Math.abs(count - 200)).toBeLessThan(55);
  });
});

it("takes inputs and targets that are all alike to 0", () => {
  const sha256 = "a".repeat(64);
  keepFileNumbers(new Map([[sha256, Float64Array.of(7, 1, 3, 7, 2, 3, 7, 4, 3)]]));
  const { inputs, targets } = makeDataset({ ...SPEC, samples: 3, sha256 });
  expect([...inputs].filter((_, i) => i % 2 === 0)).toEqual([0, 0, 0]);
  expect([...targets]).toEqual([0, 0, 0]);
});

it("is scaled as drawn points are that are the same", () => {
  const drawn = makeDataset(THESIS_DATASET);
  const sha256 = "b".repeat(64);
  const rows = [...drawn.x].flatMap((x, i) => [x, drawn.t[i]]);
  keepFileNumbers(new Map([[sha256, Float64Array.from(rows)]]));
  const read = makeDataset({ ...SPEC, inputs: ["x"], targets: ["y"], samples: 20, sha256 });
  const { domains: _, inputDomains: __, ...points } = drawn;
  expect(read).toMatchObject(points);
});

it("cannot be had where its file was not read, and says so", () => {
  const sha256 = "c".repeat(64);
  expect(() => makeDataset({ ...SPEC, sha256 })).toThrow(
    `dataset: the numbers of data.csv (SHA-256 ${sha256}) have not been read here`,
  );
});
