import { describe, expect, it } from "vitest";
import {
  partOf,
  positionScale,
  spread,
  valueAt,
  valueScale,
} from "#lrn/output/pictures/charts/plot-scale.js";

describe("valueScale", () => {
  it("begins at 0, and a share ends at 1 where it is near", () => {
    expect(valueScale("linear", [0.2, 0.9], 1).domain).toEqual([0, 1]);
    expect(valueScale("linear", [0.02, 0.1], 1).domain[1]).toBeLessThan(0.11);
    expect(valueScale("linear", [0, 0], 1)).toMatchObject({ domain: [0, 1] });
  });

  it("has all positive values of a logarithmic axis inside", () => {
    const { domain } = valueScale("log", [0, 3e-5, 0.2]);
    expect(domain[0]).toBeGreaterThan(0);
    expect(domain[0]).toBeLessThan(3e-5);
    expect(domain[1]).toBeGreaterThan(0.2);
  });
});

it.each(["linear", "log"] as const)("partOf and valueAt undo each other on a %s axis", (type) => {
  const scale = positionScale(type, [1, 10, 100]);
  for (const part of [0, 0.3, 1]) expect(partOf(scale, valueAt(scale, part))).toBeCloseTo(part, 12);
  expect(partOf(scale, 1)).toBeGreaterThan(0);
  expect(partOf(scale, 100)).toBeLessThan(1);
});

describe("spread", () => {
  it("moves names apart in their order, and not beyond the end", () => {
    const places = [50, 10, 51, 98, 99];
    const moved = spread(places, 10, 100);
    const sorted = moved.toSorted((a, b) => a - b);
    for (const [i, place] of sorted.slice(1).entries())
      expect(place - sorted[i]).toBeGreaterThanOrEqual(10);
    expect(Math.max(...moved)).toBeLessThanOrEqual(100);
    expect(moved[1]).toBe(10);
    expect(moved[0]).toBeLessThan(moved[2]);
  });
});
