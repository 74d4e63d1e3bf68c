import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wilsonInterval } from "#lrn/analysis/intervals.js";

// SciPy 1.17.1: binomtest(successes, trials).proportion_ci(confidence, method="wilson").
const Z_99 = 2.5758293035489004; // norm.ppf(0.995)
const SCIPY: [successes: number, trials: number, low: number, high: number, z?: number][] = [
  [0, 10, 0, 0.27753279986288926],
  [1, 10, 0.017876213095072896, 0.4041500267952385],
  [5, 10, 0.236593090512564, 0.7634069094874361],
  [10, 10, 0.7224672001371109, 1],
  [1, 1, 0.20654931437723745, 1],
  [33, 100, 0.2456312273412804, 0.42694656204909476],
  [123456, 1_000_000, 0.12281269653142284, 0.12410219641400437],
  [7, 10, 0.32002467920110256, 0.9204336834769342, Z_99],
];

describe("the Wilson interval", () => {
  it.each(SCIPY)("of %d of %d is SciPy's", (successes, trials, low, high, z) => {
    const interval = wilsonInterval(successes, trials, z);
    expect(interval.low).toBeCloseTo(low, 14);
    expect(interval.high).toBeCloseTo(high, 14);
  });

  it("ends exactly at 0 and at 1", () => {
    for (let trials = 1; trials <= 1000; trials++) {
      expect(wilsonInterval(0, trials).low).toBe(0);
      expect(wilsonInterval(trials, trials).high).toBe(1);
    }
  });

  it("of no trials is everything", () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });

  const counts = fc
    .tuple(fc.nat(10_000), fc.nat(10_000))
    .filter(([successes, failures]) => successes + failures > 0);

  it("holds the measured rate, within [0, 1]", () => {
    fc.assert(
      fc.property(counts, ([successes, failures]) => {
        const trials = successes + failures;
        const { low, high } = wilsonInterval(successes, trials);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(successes / trials);
        expect(high).toBeGreaterThanOrEqual(successes / trials);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("of the failures is the mirror image", () => {
    fc.assert(
      fc.property(counts, ([successes, failures]) => {
        const ours = wilsonInterval(successes, successes + failures);
        const mirrored = wilsonInterval(failures, successes + failures);
        expect(ours.low).toBeCloseTo(1 - mirrored.high, 14);
        expect(ours.high).toBeCloseTo(1 - mirrored.low, 14);
      }),
    );
  });
});
