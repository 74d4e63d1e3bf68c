import { expect, it } from "vitest";
import { sin } from "#lrn/model/sine.js";
import { namedStream } from "#lrn/model/random.js";

it.each([1e-8, 0.1, 1, 10, 1000, 1e7])("is Math.sin to 1e-15, up to %d", (reach) => {
  const stream = namedStream(0, "angles");
  const errors = Array.from({ length: 5000 }, () => {
    const x = reach * (2 * stream() - 1);
    return Math.abs(sin(x) - Math.sin(x));
  });
  expect(Math.max(...errors)).toBeLessThan(1e-15);
});

// Not always the nearest number, as sin 10, but always these.
it.each([
  [0, 0],
  [0.1, 0.09983341664682815],
  [2, 0.9092974268256817],
  [-3, -0.1411200080598672],
  [10, -0.5440211108893699],
  [1e6, -0.34999350217129294],
])("sin %d is pinned", (x, y) => {
  expect(sin(x)).toBe(y);
});

it("is odd", () => {
  for (const x of [0.3, 2, 4, 100]) expect(sin(-x)).toBe(-sin(x));
});
