import fc from "fast-check";
import { expect, it } from "vitest";
import { bound, number } from "#lrn/counted.js";

const whole = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -20_000, max: 20_000 }));

it("writes whole numbers as JavaScript's own formatting does", () => {
  fc.assert(
    fc.property(whole, (value) => {
      expect(number(value)).toBe(value.toLocaleString("en-US"));
      expect(bound(value)).toBe(value.toLocaleString("en-US", { useGrouping: "min2" }));
    }),
  );
});

it.each([1e-6, 0.05, 0.99])("leaves a bound of %s as it is", (value) => {
  expect(bound(value)).toBe(String(value));
});
