import { describe, expect, it } from "vitest";
import { fittedTable } from "#lrn/cli/fitted-table.js";

const HEAD = ["cell", "trainings/s", "times one at a time"];
const ROWS = [
  ["depth 30, width 2, late-residual, adam, learning rate 0.01, batch", "1,222", "1"],
  ["depth 2", "11,442", "9.36"],
];

describe("a fitted table", () => {
  it.each([60, 80, 120])("is at most %i columns wide and loses no word", (columns) => {
    const table = fittedTable(HEAD, ROWS, columns);
    const lines = table.split("\n");
    expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
    expect(lines[0].length).toBeLessThanOrEqual(columns);
    const words = table.replace(/[│┌┬┐├┼┤└┴┘─\s]+/g, " ");
    for (const word of ROWS.flat().flatMap((text) => text.split(" "))) {
      expect(words).toContain(` ${word} `);
    }
  });

  it("keeps numbers whole where even the narrowest names leave no room", () => {
    expect(fittedTable(HEAD, ROWS, 10)).toContain(" 11,442 ");
  });
});
