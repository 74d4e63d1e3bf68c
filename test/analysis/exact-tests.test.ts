import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binomialUpperTail, fisherExactTest } from "#lrn/analysis/exact-tests.js";

/** Within a relative error. */
function expectNear(value: number, expected: number, relative = 1e-12): void {
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(relative * expected);
}

/** The test's p for the table [[a, b], [c, d]]. */
function fisher(a: number, b: number, c: number, d: number): number {
  return fisherExactTest([
    [a, b],
    [c, d],
  ]);
}

describe("Fisher's exact test", () => {
  // SciPy 1.17.1: fisher_exact([[a, b], [c, d]]).pvalue.
  it.each([
    [3, 7, 40, 60, 0.737390032207671],
    [0, 10, 50, 50, 0.00182666573206793],
    [9, 1, 55, 45, 0.04305050314447202],
    [10, 0, 0, 10, 1.082508822446903e-5],
    [8, 2, 1, 5, 0.034965034965034975],
    [2, 3, 6, 4, 0.6083916083916083],
    [100, 900, 150, 850, 0.0008950875386906894],
  ])("of [[%d, %d], [%d, %d]] is SciPy's", (a, b, c, d, p) => {
    expectNear(fisher(a, b, c, d), p);
  });

  // The same sum with 40 digits in mpmath 1.4.1, from loggamma; SciPy's last digits are off here.
  it.each([
    [500, 999_500, 600, 999_400, 0.002811984406638093],
    [300_000, 700_000, 300_800, 699_200, 0.2177941451486403],
  ])("of [[%d, %d], [%d, %d]] is mpmath's", (a, b, c, d, p) => {
    expectNear(fisher(a, b, c, d), p);
  });

  it("is the sum over exact binomial coefficients, for every table with entries up to 6", () => {
    const entries = [0, 1, 2, 3, 4, 5, 6];
    for (const a of entries)
      for (const b of entries)
        for (const c of entries)
          for (const d of entries) expectNear(fisher(a, b, c, d), fisherByEnumeration(a, b, c, d));
  });

  it("is 1 where the sums allow one table only", () => {
    expect(fisher(0, 0, 3, 4)).toBe(1);
    expect(fisher(3, 0, 4, 0)).toBe(1);
    expect(fisher(0, 0, 0, 0)).toBe(1);
  });

  it("is 0 where p is below what a float64 holds", () => {
    expect(fisher(1_000_000, 0, 0, 1_000_000)).toBe(0);
  });

  it("does not change when groups, outcomes, or the two are exchanged", () => {
    const entry = fc.nat(2000);
    fc.assert(
      fc.property(entry, entry, entry, entry, (a, b, c, d) => {
        const p = fisher(a, b, c, d);
        expectNear(fisher(c, d, a, b), p, 1e-9);
        expectNear(fisher(b, a, d, c), p, 1e-9);
        expectNear(fisher(a, c, b, d), p, 1e-9);
      }),
    );
  });
});

describe("the binomial upper tail", () => {
  // SciPy 1.17.1: binom.sf(k - 1, n, probability).
  it.each([
    [1, 10, 0.05, 0.4012630607616211],
    [18, 168, 0.05, 0.0020046716294638634],
    [9, 168, 0.05, 0.46451324224343565],
    [10, 10, 0.3, 5.9048999999999975e-6],
    [90, 100, 0.05, 8.420905240340457e-105],
    [500_600, 1_000_000, 0.5, 0.11526396430185594],
  ])("P(X >= %d) of %d draws at %d is SciPy's", (k, n, probability, expected) => {
    expectNear(binomialUpperTail(k, n, probability), expected, 1e-11);
  });

  it("is certain from 0 on, impossible above n", () => {
    expect(binomialUpperTail(0, 10, 0.3)).toBe(1);
    expect(binomialUpperTail(-1, 10, 0.3)).toBe(1);
    expect(binomialUpperTail(11, 10, 0.3)).toBe(0);
    expect(binomialUpperTail(0, 0, 0.5)).toBe(1);
  });

  it("knows the draws that never and that always succeed", () => {
    expect(binomialUpperTail(1, 5, 0)).toBe(0);
    expect(binomialUpperTail(5, 5, 1)).toBe(1);
  });

  it("and the tail of the failures make 1", () => {
    const draws = fc.nat(1000).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)));
    fc.assert(
      fc.property(draws, fc.double({ min: 0, max: 1, noNaN: true }), ([k, n], probability) => {
        const failures = binomialUpperTail(n - k + 1, n, 1 - probability);
        expect(binomialUpperTail(k, n, probability) + failures).toBeCloseTo(1, 9);
      }),
    );
  });
});

/** The definition in whole numbers: C(r, x)·C(N - r, column - x) tables have x as their first entry. */
function fisherByEnumeration(a: number, b: number, c: number, d: number): number {
  const ways = (x: number) => binomial(a + b, x) * binomial(c + d, a + c - x);
  let asExtreme = 0n;
  let all = 0n;
  for (let x = 0; x <= a + c; x++) {
    all += ways(x);
    if (ways(x) <= ways(a)) asExtreme += ways(x);
  }
  return Number(asExtreme) / Number(all);
}

function binomial(n: number, k: number): bigint {
  let result = k <= n ? 1n : 0n;
  for (let i = 0n; i < k && result > 0n; i++) result = (result * (BigInt(n) - i)) / (i + 1n);
  return result;
}
