import { expect, it } from "vitest";
import { log } from "#lrn/model/logarithm.js";
import { namedStream } from "#lrn/model/random.js";

it.each<[string, (u: number) => number]>([
  ["from the least normal number to the largest", (u) => 2 ** (1000 * u)],
  ["about 1", (u) => 1 + u / 2],
  ["next to 1", (u) => 1 + u * 1e-6],
])("is Math.log to 1e-15 of its size, %s", (_, argument) => {
  const stream = namedStream(0, "arguments");
  const errors = Array.from({ length: 20_000 }, () => {
    const x = argument(2 * stream() - 1);
    return Math.abs(log(x) / Math.log(x) - 1);
  });
  expect(Math.max(...errors)).toBeLessThan(1e-15);
});

it.each([
  [1, 0],
  [0.01, -4.605170185988092],
  [0.7, -0.35667494393873245],
  [2, Math.LN2],
  [10, Math.LN10],
  [1e300, 690.7755278982137],
  [2 ** -1022, -708.3964185322641],
])("ln %d is pinned", (x, y) => {
  expect(log(x)).toBe(y);
});
