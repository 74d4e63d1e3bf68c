import { expect, it } from "vitest";
import { studentQuantile } from "#lrn/analysis/student-quantile.js";

// SciPy 1.17.1: t.isf(tail, freedom).
it.each([
  [0.4, 1, 0.32491969623290634],
  [0.4, 4, 0.2707222947075976],
  [0.025, 1, 12.706204736174705],
  [0.025, 2, 4.302652729749464],
  [0.025, 3, 3.1824463052837086],
  [0.025, 9, 2.2621571627982053],
  [0.025, 200, 1.9718962236339093],
  [0.025 / 7, 1, 89.12302810881877],
  [0.025 / 7, 4, 5.067510353639189],
  [0.025 / 7, 101, 2.746016054312848],
  [1e-6, 2, 707.1057205259339],
  [1e-6, 3, 103.29946778041935],
  [1e-6, 30, 5.871117120418882],
])("of tail %d and %i degrees of freedom is SciPy's", (tail, freedom, t) => {
  expect(Math.abs(studentQuantile(tail, freedom) / t - 1)).toBeLessThan(1e-9);
});

it.each([
  [0.025, 201, 1.971836506779859],
  [0.025 / 7, 201, 2.7179346764042758],
  [0.025, 1000, 1.9623390808264085],
  [0.025 / 7, 1000, 2.6956596080909843],
])("of tail %d and %i, by its expansion, to a millionth", (tail, freedom, t) => {
  expect(Math.abs(studentQuantile(tail, freedom) / t - 1)).toBeLessThan(1e-6);
});
