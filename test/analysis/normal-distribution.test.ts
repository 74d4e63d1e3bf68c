import { expect, it } from "vitest";
import { Z_95 } from "#lrn/analysis/intervals.js";
import { normalQuantile, normalUpperTail } from "#lrn/analysis/normal-distribution.js";

const near = (value: number, expected: number, relative: number) =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));

// SciPy 1.17.1: norm.sf(z).
it.each([
  [0, 0.5],
  [0.5, 0.3085375387259869],
  [1, 0.15865525393145707],
  [2.5, 0.006209665325776132],
  [3, 0.0013498980316300933],
  [5, 2.866515718791933e-7],
  [8, 6.22096057427174e-16],
  [20, 2.7536241186061556e-89],
  [37, 5.7255712225239266e-300],
])("the tail above %d is SciPy's", (z, tail) => {
  near(normalUpperTail(z), tail, 1e-12);
  near(normalUpperTail(-z), 1 - tail, 1e-15);
});

// SciPy 1.17.1: norm.isf(tail).
it.each([
  [0.5, 0],
  [0.4, 0.2533471031357997],
  [0.1, 1.2815515655446004],
  [0.025, Z_95],
  [0.001, 3.090232306167813],
  [1e-6, 4.753424308822899],
  [1e-12, 7.034483825301131],
  [1e-100, 21.273453560965322],
  [1e-300, 37.0470962993612],
])("the quantile of the tail %d is SciPy's", (tail, z) => {
  near(normalQuantile(tail), z, 1e-13);
});
