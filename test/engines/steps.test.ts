import { describe, expect, it } from "vitest";
import { passOrders, samplesOfEpoch } from "#lrn/engines/steps.js";

it("shows an epoch one sample after the other, or all of them", () => {
  const seen = (trainingStyle: "iterative" | "batch") =>
    [0, 1, 19, 20, 2999].map((epoch) => samplesOfEpoch({ trainingStyle }, 20, epoch));
  expect(seen("iterative")).toEqual([
    [0, 1],
    [1, 2],
    [19, 20],
    [0, 1],
    [19, 20],
  ]);
  expect(seen("batch")).toEqual([0, 1, 2, 3, 4].map(() => [0, 20]));
});

describe("mini-batches", () => {
  const trainingStyle = { name: "mini-batch", size: 8 } as const;

  it("see all samples once in each pass, the last of them what is left", () => {
    const seen = [0, 1, 2, 3, 5].map((epoch) => samplesOfEpoch({ trainingStyle }, 20, epoch));
    expect(seen).toEqual([
      [0, 8],
      [8, 16],
      [16, 20],
      [0, 8],
      [16, 20],
    ]);
  });

  it("are shuffled anew for each pass, and alike for each seed", () => {
    const passes = (seed: number) => {
      const next = passOrders({ trainingStyle, seed }, 20);
      return [1, 2, 3].map(() => [...next()]);
    };
    const all = Array.from({ length: 20 }, (_, sample) => sample);
    const [first, second, third] = passes(3);
    for (const order of [first, second, third]) {
      expect(order).not.toEqual(all);
      expect(order.toSorted((a, b) => a - b)).toEqual(all);
    }
    expect(second).not.toEqual(first);
    expect(passes(3)).toEqual([first, second, third]);
    expect(passes(4)).not.toEqual([first, second, third]);
  });

  it("put every sample at every place equally often", () => {
    const counts = new Array<number>(25).fill(0);
    for (let seed = 0; seed < 10_000; seed++) {
      passOrders({ trainingStyle, seed }, 5)().forEach((sample, place) => {
        counts[5 * place + sample]++;
      });
    }
    // Chi-squared of 16 degrees of freedom: above 39.3 in one of a thousand.
    const squares = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    expect(squares).toBeLessThan(39.3);
  });

  it("of other styles are the samples as they are", () => {
    const next = passOrders({ trainingStyle: "iterative", seed: 1 }, 4);
    expect([[...next()], [...next()]]).toEqual([
      [0, 1, 2, 3],
      [0, 1, 2, 3],
    ]);
  });
});
