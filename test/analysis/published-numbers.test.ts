import { describe, expect, it } from "vitest";
import { fisherExactTest } from "#lrn/analysis/exact-tests.js";
import {
  expectedTotal,
  judgeNumbers,
  type PublishedCount,
  type PublishedMean,
} from "#lrn/analysis/published-numbers.js";

const count = (depth: number, converged: number): PublishedCount => ({
  kind: "count",
  from: "Figure 1",
  where: { depth },
  measure: "converged",
  trials: 10,
  count: converged,
});
const mean = (value: number, trials: number): PublishedMean => ({
  kind: "mean",
  from: "Figure 2",
  where: { depth: 2 },
  measure: "dead-neurons",
  trials,
  mean: value,
  decimals: 2,
});
const share = (ones: number, of: number) => Array.from({ length: of }, (_, i) => Number(i < ones));

describe("a printed count", () => {
  it("agrees, differs, or lies between, by Fisher's test", () => {
    const ours = share(300, 1000);
    const others = [15, 20, 25, 30].map((depth) => count(depth, 4));
    const judged = judgeNumbers([count(2, 3), count(5, 10), count(10, 7), ...others], () => ours);
    const verdicts = judged.map(({ verdict }) => verdict);
    expect(verdicts.slice(0, 3)).toEqual(["agrees", "differs", "cannot tell"]);
    expect(verdicts.slice(3)).toEqual(others.map(() => "agrees"));
    expect(judged[0].ours).toEqual({ trials: 1000, mean: 0.3 });
    expect(judged[2].p).toBe(
      fisherExactTest([
        [7, 3],
        [300, 700],
      ]),
    );
    // Holm's adjustment: the second smallest of seven, six times.
    expect(judged[2].adjusted).toBeCloseTo(6 * judged[2].p!, 12);
  });

  it("cannot be told of nothing", () => {
    const [judged] = judgeNumbers([count(2, 3)], () => []);
    expect(judged).toMatchObject({ p: null, adjusted: null, verdict: "cannot tell" });
  });
});

describe("a printed mean", () => {
  const ours = Array.from({ length: 201 }, (_, i) => i % 3);

  it("agrees or differs by the distribution of such means", () => {
    const [near, far] = judgeNumbers([mean(1, 4), mean(2, 8)], () => ours);
    expect(near).toMatchObject({ verdict: "agrees", impossible: false });
    // Eight twos: 3^-8, twice, and twice again by Holm.
    expect(far.verdict).toBe("differs");
    expect(far.adjusted).toBeCloseTo(4 * 3 ** -8, 6);
  });

  it("may be none of so many whole numbers", () => {
    expect(judgeNumbers([mean(0.71, 3)], () => ours)[0].impossible).toBe(true);
  });

  it("is not judged by too few of ours", () => {
    const [judged] = judgeNumbers([mean(1, 4)], () => ours.slice(0, 79));
    expect(judged).toMatchObject({ p: null, verdict: "cannot tell" });
  });
});

it("knows what a total was to be, and how far such totals spread", () => {
  // Two cells that converge for the same half of all seeds: of ten each, ten are to be expected.
  const values = share(500, 1000);
  const series = { seeds: values.map((_, seed) => seed), values };
  const total = expectedTotal([count(2, 4), count(5, 5)], () => series);
  expect(total).toMatchObject({ published: 9, expected: 10 });
  expect(total.deviation).toBeCloseTo(Math.sqrt(2 * 10 * 0.25), 12);
  // Both cells at once: twice the deviation of one of them.
  expect(total.sharedDeviation).toBeCloseTo(2 * Math.sqrt(10 * 0.25), 2);
});
