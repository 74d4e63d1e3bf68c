import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holmRejections } from "#lrn/analysis/holm.js";

describe("Holm's correction", () => {
  it("rejects step by step, and nothing after the first p that is too large", () => {
    // Sorted: 0.005 <= 0.05/4 and 0.01 <= 0.05/3, but 0.03 > 0.05/2; 0.04 <= 0.05/1 comes too late.
    expect(holmRejections([0.01, 0.04, 0.03, 0.005], 0.05)).toEqual([true, false, false, true]);
  });

  it("rejects all where all are small, and none of none", () => {
    expect(holmRejections([0.001, 0.002], 0.05)).toEqual([true, true]);
    expect(holmRejections([], 0.05)).toEqual([]);
  });

  it("gives what R's p.adjust(p, 'holm') <= alpha gives", () => {
    const p = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });
    fc.assert(
      fc.property(p, fc.constantFrom(0.001, 0.05, 0.5), (pValues, alpha) => {
        expect(holmRejections(pValues, alpha)).toEqual(
          adjusted(pValues).map((value) => value <= alpha),
        );
      }),
    );
  });
});

/** R: pmin(1, cummax((n - i + 1) * p[o]))[ro] */
function adjusted(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).toSorted((a, b) => pValues[a] - pValues[b]);
  const result: number[] = [];
  let largest = 0;
  order.forEach((index, i) => {
    largest = Math.max(largest, (pValues.length - i) * pValues[index]);
    result[index] = Math.min(1, largest);
  });
  return result;
}
