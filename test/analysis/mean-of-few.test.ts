import { describe, expect, it } from "vitest";
import { isPossible, meanOfFewTest } from "#lrn/analysis/mean-of-few.js";
import { namedStream } from "#lrn/model/random.js";

/** Every way to draw so many of the values, each as likely as any other. */
function sumsOf(values: readonly number[], of: number): number[] {
  if (of === 0) return [0];
  return sumsOf(values, of - 1).flatMap((sum) => values.map((value) => sum + value));
}

const VALUES = [0, 0, 1, 1, 1, 2, 2, 3, 5, 8];
const MANY = Array.from({ length: 6 }, () => VALUES).flat();

describe("a printed mean of a few", () => {
  it.each([
    [0, 3],
    [1, 3],
    [2.33, 3],
    [4.33, 3],
    [6.67, 3],
    [2.5, 2],
  ])("of %d of %d has the p that going through all draws gives", (mean, of) => {
    const sums = sumsOf(VALUES, of);
    const printed = Math.round(mean * of);
    const share = (has: (sum: number) => boolean) => sums.filter(has).length / sums.length;
    const tail = Math.min(
      share((sum) => sum >= printed),
      share((sum) => sum <= printed),
    );
    const p = meanOfFewTest(MANY, { mean, decimals: 2, of });
    expect(p).toBeCloseTo(Math.min(1, 2 * tail), 12);
  });

  it("is not judged where fewer than twenty of ours stand for each of theirs", () => {
    expect(meanOfFewTest(MANY, { mean: 1, decimals: 2, of: 3 })).not.toBeNull();
    expect(meanOfFewTest(MANY.slice(1), { mean: 1, decimals: 2, of: 3 })).toBeNull();
  });

  it("is never, where no draw comes near it", () => {
    expect(meanOfFewTest(MANY, { mean: 9, decimals: 2, of: 3 })).toBe(0);
  });

  it("is found to differ no more often than at its level where it is one of ours", () => {
    const stream = namedStream(1, "means of few");
    const pick = () => VALUES[Math.floor(stream() * VALUES.length)];
    let alarms = 0;
    for (let paper = 0; paper < 1000; paper++) {
      const mean = Number(((pick() + pick() + pick() + pick()) / 4).toFixed(2));
      const p = meanOfFewTest([...MANY, ...MANY], { mean, decimals: 2, of: 4 });
      if (p! <= 0.05) alarms++;
    }
    expect(alarms).toBeLessThan(60);
  });

  it("of so many whole numbers is possible or not", () => {
    expect(isPossible({ mean: 4.67, decimals: 2, of: 3 })).toBe(true);
    expect(isPossible({ mean: 4.71, decimals: 2, of: 3 })).toBe(false);
    expect(isPossible({ mean: 4.71, decimals: 2, of: 7 })).toBe(true);
    expect(isPossible({ mean: 16, decimals: 2, of: 3 })).toBe(true);
  });
});
