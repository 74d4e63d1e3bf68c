import stringWidth from "fast-string-width";
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
      // Of the processor: other tests may have it meanwhile.
      const start = process.cpuUsage();
      table(["n", "text"], rows(count));
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1e6;
    };
    seconds(20_000);
    expect(seconds(200_000)).toBeLessThan(40 * Math.max(seconds(20_000), 0.005));
  });

  it("widens its columns where a later row needs it, and keeps every value", () => {
    const rows = Array.from({ length: 12_000 }, (_, i) => [i]);
    const lines = table(["n"], rows).trimEnd().split("\n");
    expect(lines.slice(3, -1).map((line) => Number(line.replaceAll("│", "")))).toEqual(
      rows.map(([i]) => i),
    );
  });
});

describe("what is too wide for a terminal", () => {
  const key = "a2bf4245f1800b036ab242ff0f4e051aa223548217d550bf3279f0d6cb257987";
  const at = (width: number, columns: string[], rows: Value[][]) =>
    [...tableOfRows(selectedRows({ columns, rows } as never, true), width)].join("");

  it("has its long text cut, and its numbers rounded", () => {
    const shown = at(40, ["key", "depth", "rmse"], [[key, 30, 0.017773578854388808]]);
    expect(shown).toContain("│    30 │ 0.01777 │");
    expect(shown).toMatch(/│ a2bf4245f[0-9a-f]*… │/);
  });

  it.each([60, 80, 120])("fits %i columns", (width) => {
    const names = ["key", "depth", "rmse", "text"];
    const rows = [
      [key, 30, 0.0177735788, "漢".repeat(100)],
      [key, 5, 1234.5678, "b"],
    ];
    for (const columns of [names, [...names, ...names.map((name) => `${name}_with_a_long_name`)]]) {
      const values = rows.map((row) => (columns.length > 4 ? [...row, ...row] : row));
      const lines = at(width, columns, values).split("\n");
      expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
    }
  });

  it("is a list for each row where no cutting would do", () => {
    const names = ["a_very_long_name", "another_long_name", "and_one_more_name"];
    expect(
      at(40, names, [
        [1, 0.5, "x"],
        [1e20, null, key],
      ]),
    ).toBe(
      [
        "row 1",
        "  a_very_long_name   1",
        "  another_long_name  0.5",
        "  and_one_more_name  x",
        "",
        "row 2",
        "  a_very_long_name   100000000000000000…",
        "  another_long_name",
        "  and_one_more_name  a2bf4245f1800b036a…",
        "",
      ].join("\n"),
    );
  });

  it.each([
    [3000, "3000"],
    [0.1, "0.1"],
    [26.420516874999997, "26.42"],
    [0.0000022311579567, "0.000002231"],
    [1234.5678, "1234.6"],
    [123456.789, "123456.8"],
    [-0.98765432, "-0.9877"],
    [2 / 3, "0.6667"],
  ])("%d is shown as %s", (value, text) => {
    expect(at(80, ["n"], [[value]])).toContain(` ${text} │`);
  });
});
