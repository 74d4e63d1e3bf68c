import { makeDataset, standardize } from "#lrn/model/dataset.js";
import { describe, expect, it } from "vitest";

describe("the thesis's dataset", () => {
  const dataset = makeDataset({ function: "abs", samples: 20, generator: "numpy", seed: 42 });

  it("is what numpy.random.RandomState(42).uniform(-1, 1, 20) draws", () => {
    expect(dataset.x[0]).toBe(-0.250919762305275);
    expect(dataset.x[1]).toBe(0.9014286128198323);
    expect(dataset.x[19]).toBe(-0.4175417196039162);
  });
});

it("standardizes over n - 1", () => {
  const { values, mean, deviation } = standardize(Float64Array.of(1, 2, 3));
  expect([...values]).toEqual([-1, 0, 1]);
  expect([mean, deviation]).toEqual([2, 1]);
});
