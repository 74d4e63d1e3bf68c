import { describe, expect, it } from "vitest";
import { intervalUntil } from "#lrn/analysis/sampling-until.js";

// mpmath 1.3.0: the regularized incomplete beta function, inverted. Low is its 2.5 % quantile for (k, n-k+1); high
// its 97.5 % quantile for (r, n-r) where the r-th success ended the trials, and for (k+1, n-k) otherwise.
const MPMATH: [successes: number, trials: number, wanted: number, low: number, high: number][] = [
  [3, 8, 3, 0.08523341413725354, 0.7095791362626573],
  [3, 3, 3, 0.2924017738212866, 1],
  [3, 500, 3, 0.0012390575435407506, 0.01440273352810838],
  [1, 1, 1, 0.025, 1],
  [1, 10, 1, 0.0025285785444617843, 0.3362671168799429],
  [10, 400, 10, 0.01205212011318594, 0.04238591633344322],
  [2, 500, 3, 0.00048478617629000084, 0.01437407856220031],
  [0, 500, 3, 0, 0.007350610051907787],
  [1, 1, 3, 0.025, 1],
];

describe("the interval of trials that end with a success", () => {
  it.each(MPMATH)("%d of %d, until %d", (successes, trials, wanted, low, high) => {
    const interval = intervalUntil(successes, trials, wanted);
    expect(interval.low).toBeCloseTo(low, 12);
    expect(interval.high).toBeCloseTo(high, 12);
  });

  it("of no trials is everything", () => {
    expect(intervalUntil(0, 0, 3)).toEqual({ low: 0, high: 1 });
  });

  it.each([
    [1, 60],
    [3, 60],
    [10, 40],
  ])("covers every rate with at least 95 %%: until %d, at most %d", (wanted, cap) => {
    const intervals = outcomes(wanted, cap, 0.5).map(({ successes, trials }) =>
      intervalUntil(successes, trials, wanted),
    );
    for (let p = 0.01; p < 1; p += 0.01) {
      let covered = 0;
      let total = 0;
      for (const [i, { chance }] of outcomes(wanted, cap, p).entries()) {
        const { low, high } = intervals[i];
        total += chance;
        if (low <= p && p <= high) covered += chance;
      }
      expect(total).toBeCloseTo(1, 10);
      expect(covered, `p = ${p}`).toBeGreaterThanOrEqual(0.95 - 1e-9);
    }
  });
});

/** Every way that the trials can end, with its probability, by going through them one at a time. */
function outcomes(wanted: number, cap: number, p: number) {
  const ended: { successes: number; trials: number; chance: number }[] = [];
  let going = [1, ...new Array<number>(wanted - 1).fill(0)]; // by successes so far
  for (let trials = 1; trials <= cap; trials++) {
    if (trials >= wanted) {
      ended.push({ successes: wanted, trials, chance: going[wanted - 1] * p });
    }
    going = going.map((chance, k) => chance * (1 - p) + (k > 0 ? going[k - 1] * p : 0));
  }
  going.forEach((chance, successes) => {
    ended.push({ successes, trials: cap, chance });
  });
  return ended;
}
