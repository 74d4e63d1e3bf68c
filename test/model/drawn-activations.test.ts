import { describe, expect, it } from "vitest";
import { type Activation, elu, leakyRelu, prelu, relu } from "#lrn/model/drawn-activations.js";

const activations: [string, Activation][] = [
  ["ReLU", relu],
  ["Leaky ReLU", leakyRelu()],
  ["PReLU", prelu(0.4)],
  ["ELU", elu()],
  ["ELU with alpha 2.5", elu(2.5)],
];

describe.each(activations)("%s", (_, { value, derivative }) => {
  it.each([-4, -1, -0.01, 0.01, 1, 4])("has the slope at %d that its values have", (z) => {
    const step = 1e-6;
    const slope = (value(z + step) - value(z - step)) / (2 * step);
    expect(derivative(z)).toBeCloseTo(slope, 8);
  });

  it("is 0 at 0 and the identity above", () => {
    expect(value(0)).toBe(0);
    expect([value(0.5), value(3)]).toEqual([0.5, 3]);
  });
});

it("ReLU's derivative at 0 is 0, as in the engines", () => {
  expect(relu.derivative(0)).toBe(0);
  expect(Math.abs(relu.value(-2))).toBe(0);
});

it("Leaky ReLU's slope is 0.01 and PReLU's starts from 0.25", () => {
  expect(leakyRelu().value(-2)).toBe(-0.02);
  expect(prelu().value(-2)).toBe(-0.5);
});

it("PReLU knows how its output changes with its slope", () => {
  const step = 1e-6;
  for (const z of [-3, -0.5, 0, 0.5, 3]) {
    const change = (prelu(0.25 + step).value(z) - prelu(0.25 - step).value(z)) / (2 * step);
    expect(prelu(0.25).slopeDerivative(z)).toBeCloseTo(change, 8);
  }
});

it("ELU is alpha·(e^z - 1) below 0", () => {
  // 1/e - 1, from a table.
  expect(elu().value(-1)).toBeCloseTo(-0.63212055882856, 13);
  expect(elu(2).value(-50)).toBeCloseTo(-2, 12);
});
