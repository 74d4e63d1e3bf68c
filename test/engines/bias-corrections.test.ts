import { expect, it } from "vitest";
import { biasCorrections } from "#lrn/engines/bias-corrections.js";

it("are 1/(1 - β₁ᵏ) and 1/√(1 - β₂ᵏ) to float32's last bit", () => {
  // Worked out with 60 decimal digits from the doubles 0.9 and 0.999.
  const expected = [
    [1, 10.000000000000002, 31.62277660168378],
    [2, 5.263157894736843, 22.36627204212921],
    [10, 1.5353399327876296, 10.022515922231518],
    [100, 1.0000265621044142, 3.240884952969847],
    [3000, 1, 1.0258230833749884],
  ];
  const corrections = biasCorrections(3000);
  expect(corrections).toHaveLength(6000);
  for (const [step, first, second] of expected) {
    expect(corrections[2 * step - 2]).toBe(Math.fround(first));
    expect(corrections[2 * step - 1]).toBe(Math.fround(second));
  }
});
