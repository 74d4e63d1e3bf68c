import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holmAdjusted } from "#lrn/analysis/holm.js";

describe("Holm's adjustment", () => {
  // statsmodels 0.14: multipletests(p, method="holm")[1].
  it.each([
    [
      [0.01, 0.04, 0.03, 0.005, 0.5, 0.5, 0.0001, 1],
      [0.06, 0.16, 0.15, 0.035, 1, 1, 0.0008, 1],
    ],
    [
      [0.02, 0.02, 0.021],
      [0.06, 0.06, 0.06],
    ],
    [[], []],
  ])("of %j is statsmodels's", (p, expected) => {
    holmAdjusted(p).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 14);
    });
    expect(holmAdjusted(p)).toHaveLength(expected.length);
  });

  it("rejects all that Bonferroni's rule does, and something wherever it does", () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.001, max: 0.2, noNaN: true }), (p, level) => {
        const bonferroni = p.map((value) => value * p.length <= level);
        const holm = holmAdjusted(p).map((value) => value <= level);
        bonferroni.forEach((rejected, i) => {
          if (rejected) expect(holm[i]).toBe(true);
        });
        expect(holm.some(Boolean)).toBe(bonferroni.some(Boolean));
      }),
    );
  });
});
