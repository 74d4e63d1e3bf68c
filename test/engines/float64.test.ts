import { expect, it } from "vitest";
import { float64 } from "./float64.js";

/** Computed with forty digits by mpmath's ncdf. */
const NORMAL_CDF = [
  [-6, 9.86587645037698e-10],
  [-3, 0.0013498980316300946],
  [-1.5, 0.06680720126885807],
  [-0.5, 0.3085375387259869],
  [-0.1, 0.460172162722971],
  [0, 0.5],
  [0.1, 0.539827837277029],
  [1, 0.8413447460685429],
  [2, 0.9772498680518208],
  [3, 0.9986501019683699],
];

it.each(NORMAL_CDF)("knows the normal distribution function at %d to 15 digits", (x, expected) => {
  expect(Math.abs(float64.normalCdf(x) - expected)).toBeLessThanOrEqual(1e-15);
});
