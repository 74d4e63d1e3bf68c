import { expect, it } from "vitest";
import { normal } from "#lrn/model/normal.js";
import { namedStream } from "#lrn/model/random.js";
import { KS_1_PERCENT, ksStatistic, normalCdf } from "./distributions.js";

const stream = namedStream(3, "normal");
const drawn = Array.from({ length: 50_000 }, () => normal(stream));
const moment = (power: number) =>
  drawn.reduce((sum, value) => sum + value ** power, 0) / drawn.length;

it("is normal by the Kolmogorov-Smirnov test at the 1 percent level", () => {
  expect(ksStatistic(drawn, normalCdf)).toBeLessThan(KS_1_PERCENT);
});

// Of n draws the mean of the k-th powers has the variance (E x²ᵏ - (E xᵏ)²)/n.
it.each([
  [1, 0, 1],
  [2, 1, 2],
  [3, 0, 15],
  [4, 3, 96],
])("has moment %i of %d, within three standard errors", (power, expected, variance) => {
  const error = Math.sqrt(variance / drawn.length);
  expect(Math.abs(moment(power) - expected)).toBeLessThan(3 * error);
});

it("leaves nothing behind from one draw to the next", () => {
  const lag = drawn.slice(1).reduce((sum, value, i) => sum + value * drawn[i], 0) / drawn.length;
  expect(Math.abs(lag)).toBeLessThan(3 / Math.sqrt(drawn.length));
});

it("is pinned", () => {
  const pinned = namedStream(3, "normal");
  expect([1, 2, 3].map(() => normal(pinned))).toEqual([
    -1.8502832494841241, -0.8655126279541957, 0.049517656917939856,
  ]);
});
