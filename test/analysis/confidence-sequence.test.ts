import { describe, expect, it } from "vitest";
import { confidenceSequence } from "#lrn/analysis/confidence-sequence.js";
import { type Interval, wilsonInterval } from "#lrn/analysis/intervals.js";

// mpmath 1.4.1, 40 digits: where (n+1) C(n,k) p^k (1-p)^(n-k) is 0.05. SciPy 1.17.1 has the same of
// binom.logpmf(k, n, p) - betabinom.logpmf(k, n, 1, 1) = log(0.05).
const MPMATH: [successes: number, trials: number, low: number, high: number][] = [
  [0, 10, 0, 0.4168802756565361],
  [1, 1, 0.025, 1],
  [3, 10, 0.036640290375509955, 0.7332594738358065],
  [7, 10, 0.26674052616419347, 0.96335970962449],
  [14, 15, 0.5807962874303866, 0.9997910562914443],
  [8, 16, 0.18041562482047643, 0.8195843751795235],
  [5, 100, 0.006577126166638993, 0.16025887376719963],
  [50, 100, 0.34459026927787906, 0.6554097307221209],
  [0, 168, 0, 0.04721580699318411],
  [100, 1000, 0.06878042062624616, 0.13836680236449792],
  [2500, 5000, 0.47350695136434107, 0.5264930486356589],
  [1, 1_000_000, 4.999995250004269e-14, 1.9796576702414896e-5],
  [500_000, 1_000_000, 0.4978002723699652, 0.5021997276300348],
];

describe("the confidence sequence", () => {
  it.each(MPMATH)("after %d of %d", (successes, trials, low, high) => {
    const interval = confidenceSequence(successes, trials);
    expect(interval.low).toBeCloseTo(low, 13);
    expect(interval.high).toBeCloseTo(high, 13);
  });

  it("has all rates before the first trial, and ends of exactly 0 and 1", () => {
    expect(confidenceSequence(0, 0)).toEqual({ low: 0, high: 1 });
    expect(confidenceSequence(0, 37).low).toBe(0);
    expect(confidenceSequence(37, 37).high).toBe(1);
  });

  it.each([1, 2, 17, 400])("without a success ends where (n+1)(1-p)^n is 0.05: n = %d", (n) => {
    const { high } = confidenceSequence(0, n);
    expect((n + 1) * (1 - high) ** n).toBeCloseTo(0.05, 12);
    expect(1 - confidenceSequence(n, n).low).toBeCloseTo(high, 14);
  });

  it("ever leaves the true rate out with a chance of at most 5 %, looked at after each of 2,000 trials", () => {
    const chances = RATES.map((p) => chanceToLeave(confidenceSequence, p));
    for (const chance of chances) expect(chance).toBeLessThanOrEqual(0.05);
    expect(Math.max(...chances)).toBeGreaterThan(0.01); // else it would be wider than it need be
  });

  it("which Wilson's interval does far more often, if one looks as often", () => {
    for (const p of RATES) expect(chanceToLeave(wilsonInterval, p)).toBeGreaterThan(0.3);
  });
});

const RATES = [0.01, 0.1, 0.5, 0.8];

/**
 * Exactly: the chance that an interval leaves out the rate after any of 2,000 trials. Of each number of successes that no
 * interval on the way has left out, it keeps the probability; those that do not leave p out lie between two numbers
 * that never fall.
 */
function chanceToLeave(interval: (successes: number, trials: number) => Interval, p: number) {
  let going = new Float64Array([1]);
  let left = 0;
  let [fewest, most] = [0, 0];
  for (let trials = 1; trials <= 2000; trials++) {
    while (fewest <= trials && interval(fewest, trials).high < p) fewest++;
    while (most < trials && interval(most + 1, trials).low <= p) most++;
    const next = new Float64Array(trials + 1);
    for (let k = 0; k <= trials; k++) {
      const chance = (going[k] ?? 0) * (1 - p) + (going[k - 1] ?? 0) * p;
      if (k < fewest || k > most) left += chance;
      else next[k] = chance;
    }
    going = next;
  }
  expect(left + going.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9);
  return left;
}
