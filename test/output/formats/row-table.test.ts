import { describe, expect, it } from "vitest";
import type { Value } from "#lrn/output/formats/result-rows.js";
import { tableOfRows } from "#lrn/output/formats/row-table.js";
import { selectedRows } from "#lrn/output/formats/selected-rows.js";
import { visible } from "#lrn/output/visible.js";

function table(columns: string[], rows: Value[][]): string {
  return [...tableOfRows(selectedRows({ columns, rows } as never, true))].join("");
}

describe("a table of rows", () => {
  it("has numbers to the right, and nothing where there is no value", () => {
    expect(
      table(
        ["name", "n"],
        [
          ["a", 1],
          ["bcdef", 1000],
          ["c", null],
        ],
      ),
    ).toBe(
      "┌───────┬──────┐\n" +
        "│ name  │    n │\n" +
        "├───────┼──────┤\n" +
        "│ a     │    1 │\n" +
        "│ bcdef │ 1000 │\n" +
        "│ c     │      │\n" +
        "└───────┴──────┘\n",
    );
  });

  it("has its head also without a row", () => {
    expect(table(["n"], [])).toBe("┌───┐\n│ n │\n└───┘\n");
  });

  it("gives wide characters the two columns that they take", () => {
    const lines = table(
      ["漢", "x"],
      [
        ["漢字", "é"],
        ["👩‍🔬", "e\u0301"],
        ["abcd", "f"],
      ],
    ).split("\n");
    expect(lines.slice(1, 6)).toEqual([
      "│ 漢   │ x │",
      "├──────┼───┤",
      "│ 漢字 │ é │",
      "│ 👩‍🔬   │ e\u0301 │",
      "│ abcd │ f │",
    ]);
  });

  it("sends no control character to a terminal, and keeps to a line per row", () => {
    const hostile = "\u001b[31m\r\n\u0007\u007f\u009b2J\u202Etxt\t";
    const text = table([hostile], [[hostile]]);
    expect(text.split("\n")).toHaveLength(6);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
    expect(text.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    expect(text).toContain(visible("\u001b[31m"));
  });

  it("takes time in proportion to its rows", () => {
    const rows = (count: number) => Array.from({ length: count }, (_, i) => [i, `row ${i}`]);
    const seconds = (count: number) => {
      const start = performance.now();
      table(["n", "text"], rows(count));
      return performance.now() - start;
    };
    seconds(20_000);
    expect(seconds(200_000)).toBeLessThan(40 * Math.max(seconds(20_000), 5));
  });

  it("widens its columns where a later row needs it, and keeps every value", () => {
    const rows = Array.from({ length: 12_000 }, (_, i) => [i]);
    const lines = table(["n"], rows).trimEnd().split("\n");
    expect(lines.slice(3, -1).map((line) => Number(line.replaceAll("│", "")))).toEqual(
      rows.map(([i]) => i),
    );
  });
});
