import { expect, it } from "vitest";
import { baselineText } from "#lrn/output/formats/baseline-text.js";
import { baselineOf, cellOf } from "../../analysis/baselines.js";

const CELLS = [cellOf({ depth: 2 }), cellOf({ depth: 5 }), cellOf({ depth: 10 })];

it("gives back the baseline when read", () => {
  const baseline = baselineOf(...CELLS);
  expect(JSON.parse(baselineText(baseline))).toEqual(baseline);
});

it("changes one line where one cell moves, and adds one where a cell appears", () => {
  const before = baselineText(baselineOf(...CELLS)).split("\n");
  const moved = baselineText(
    baselineOf(CELLS[0], cellOf({ depth: 5, converged: 9 }), CELLS[2]),
  ).split("\n");
  expect(moved).toHaveLength(before.length);
  expect(moved.filter((line, i) => line !== before[i])).toHaveLength(1);
  const appeared = baselineText(baselineOf(...CELLS, cellOf({ depth: 7 }))).split("\n");
  expect(appeared.filter((line) => !before.includes(line))).toHaveLength(1);
  expect(before.every((line) => appeared.includes(line))).toBe(true);
});
