import { expect, it } from "vitest";
import { meanInterval } from "#lrn/analysis/mean-intervals.js";

it("is Student's own example: 10 patients' extra hours of sleep, 95 % within 0.70 and 2.46", () => {
  const hours = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];
  const { mean, reach } = meanInterval(hours)!;
  expect(mean).toBeCloseTo(1.58, 12);
  expect(mean - reach!).toBeCloseTo(0.7, 2);
  expect(mean + reach!).toBeCloseTo(2.46, 2);
});

it("has no reach of one value, no mean of none, and no width where all are the same", () => {
  expect(meanInterval([])).toBeNull();
  expect(meanInterval([3])).toEqual({ mean: 3, reach: null });
  expect(meanInterval([3, 3, 3])).toEqual({ mean: 3, reach: 0 });
});
