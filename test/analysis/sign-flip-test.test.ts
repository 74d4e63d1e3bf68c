import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signFlipTest } from "#lrn/analysis/sign-flip-test.js";
import { namedStream } from "#lrn/model/random.js";

const times = (count: number, value: number) => new Array<number>(count).fill(value);

/** The share of all assignments of signs whose sum is as far from 0 as the observed one. */
function byEnumeration(sums: readonly number[], slack = 0): number {
  const observed = Math.abs(sums.reduce((total, sum) => total + sum, 0)) - slack;
  let asFar = 0;
  for (let signs = 0; signs < 2 ** sums.length; signs++) {
    const flipped = sums.reduce((total, sum, i) => total + ((signs >> i) & 1 ? sum : -sum), 0);
    if (Math.abs(flipped) >= observed) asFar++;
  }
  return asFar / 2 ** sums.length;
}

/** The same from the whole distribution of the sum, one number after the other: twice the tail. */
function byAddition(sums: readonly number[]): number {
  const observed = Math.abs(sums.reduce((total, sum) => total + sum, 0));
  const highest = sums.reduce((total, sum) => total + Math.abs(sum), 0);
  const chances = new Float64Array(highest + 1);
  chances[0] = 1;
  let end = 0;
  for (const size of sums.map(Math.abs)) {
    end += size;
    for (let i = end; i >= 0; i--) {
      chances[i] = (chances[i] + (i >= size ? chances[i - size] : 0)) / 2;
    }
  }
  return (
    2 * chances.subarray((highest + observed) / 2).reduce((total, chance) => total + chance, 0)
  );
}

describe("of single pairs", () => {
  // statsmodels 0.15.0: mcnemar([[10, b], [c, 5]], exact=True).pvalue.
  it.each([
    [0, 5, 0.0625],
    [0, 6, 0.03125],
    [1, 9, 0.021484375],
    [3, 12, 0.03515625],
    [25, 10, 0.016673847800120715],
    [121, 59, 4.4344492637551645e-6],
    [86, 150, 3.7159361395713866e-5],
    [7, 7, 1],
  ])("of which %i and %i differ is McNemar's exact test", (b, c, p) => {
    const test = signFlipTest([...times(b, -1), ...times(c, 1), ...times(15, 0)]);
    expect(test.method).toBe("exact");
    expect(Math.abs(test.p / p - 1)).toBeLessThan(1e-11);
  });
});

describe("of clusters", () => {
  // SciPy 1.17.1: permutation_test((sums,), sum, permutation_type="samples", n_resamples=inf).
  it.each([
    [[3, -1, 2, 5, -2, 0, 4, 1, 1, -3], 0.30078125],
    [[1.3, -0.2, 0.7, 2.1, -0.9, 0.4, 1.1, 0.05], 0.1328125],
  ])("%j is SciPy's exact permutation test", (sums, p) => {
    expect(signFlipTest(sums)).toEqual({ p, method: "exact" });
  });

  it("is the enumeration of all signs", () => {
    const sums = fc.array(fc.integer({ min: -12, max: 12 }), { maxLength: 10 });
    fc.assert(
      fc.property(sums, (each) => {
        expect(signFlipTest(each).p).toBeCloseTo(byEnumeration(each), 12);
      }),
      { numRuns: 60 },
    );
  });

  it("is so for numbers that are not whole, of which equal sums count as equal", () => {
    const sums = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(sums, (each) => {
        const tenths = each.map((sum) => sum / 10);
        expect(signFlipTest(tenths).p).toBeCloseTo(byEnumeration(tenths, 1e-9), 12);
      }),
      { numRuns: 40 },
    );
  });

  it("of a total that is 0 but for rounding finds nothing", () => {
    const sums = [-6, -7, 9, -4, -2, 6, 1, 5, -2].map((sum) => sum / 10);
    expect(signFlipTest(sums)).toEqual({ p: 1, method: "exact" });
    const many = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 0.1 : -0.1) * (1 + (i >> 1)));
    expect(signFlipTest(many)).toEqual({ p: 1, method: "monte carlo" });
  });

  it("neither side and the order of clusters change nothing", () => {
    const sums = [4, -1, 2, 7, 7, -3, 1];
    const { p } = signFlipTest(sums);
    expect(signFlipTest(sums.map((sum) => -sum)).p).toBe(p);
    expect(signFlipTest(sums.toReversed()).p).toBe(p);
  });

  it("finds nothing where there is nothing", () => {
    for (const sums of [[], [0, 0], [3, -3]]) {
      expect(signFlipTest(sums)).toEqual({ p: 1, method: "exact" });
    }
  });

  it("of too many whole numbers is normal, and agrees with what is exact", () => {
    const stream = namedStream(1, "test/sign-flips");
    const sums = Array.from(
      { length: 1500 },
      (_, i) => (stream() < 0.53 ? 1 : -1) * (1 + (i % 60)),
    );
    const { p, method } = signFlipTest(sums);
    expect(method).toBe("normal");
    const exact = byAddition(sums);
    expect(exact).toBeGreaterThan(0.001);
    expect(exact).toBeLessThan(0.2);
    expect(Math.abs(p / exact - 1)).toBeLessThan(0.003);
  });

  it("of many numbers that are not whole is drawn, the same each time, and close to what is exact", () => {
    const whole = Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? -(i + 1) : i + 1));
    const exact = signFlipTest(whole).p;
    const drawn = signFlipTest(whole.map((sum) => sum / 3));
    expect(drawn.method).toBe("monte carlo");
    expect(drawn).toEqual(signFlipTest(whole.map((sum) => sum / 3)));
    // Four standard errors of 9,999 draws.
    expect(Math.abs(drawn.p - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / 9999));
  });

  it("is not fooled by two numbers that outweigh all others", () => {
    // They have the same sign half of the time; the normal distribution's p would be 0.157.
    const sums = [1e6, 1e6, ...Array.from({ length: 40 }, (_, i) => -0.1 - i / 1000)];
    const { p, method } = signFlipTest(sums);
    expect(method).toBe("monte carlo");
    expect(Math.abs(p - 0.5)).toBeLessThan(0.02);
  });
});
