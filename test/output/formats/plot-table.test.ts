import { expect, it } from "vitest";
import { plotTable } from "#lrn/output/formats/plot-table.js";
import type { Column, Value } from "#lrn/output/formats/result-rows.js";

const NAMES = ["depth", "connection", "training_style", "learning_rate"];

function table(axes: number, rows: number, trials: (row: number) => number) {
  const columns: Column[] = [
    { name: "measure", type: "text" },
    ...NAMES.slice(0, axes).map((name): Column => ({ name, type: "text" })),
    ...["value", "low", "high"].map((name): Column => ({ name, type: "measured" })),
    ...["trials", "cells"].map((name): Column => ({ name, type: "integer" })),
  ];
  const values = [10, "late-residual", "mini-batch 64", 0.001];
  const parts = Array.from({ length: rows }, (_, row): Value[] => [
    ...["rate", ...values.slice(0, axes)],
    ...[0.5551, 0.41237, 0.70001, trials(row), 1],
  ]);
  return plotTable({ title: "T", subtitle: ["S"], rows: { columns, parts: [parts] } }, 80);
}

it("is a table of 80 characters, without what all rows have alike", () => {
  for (const axes of [1, 2, 3, 4]) {
    const lines = table(axes, 3, (row) => 50 + row).split("\n");
    expect(lines.slice(0, 2)).toEqual(["T", "S"]);
    expect(lines[2]).toMatch(/^┌/);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
    expect(lines[5]).toContain("0.412–0.7");
    expect(lines[3].includes("trials")).toBe(axes < 4);
    expect(lines[3]).not.toContain("measure");
  }
  expect(table(1, 3, () => 50)).not.toContain("trials");
});

it("has its first rows, and says how many more there are", () => {
  const lines = table(1, 45, () => 50).split("\n");
  expect(lines.at(-1)).toBe("5 more rows; --json prints all of them");
  expect(lines.filter((line) => line.includes("0.555"))).toHaveLength(40);
});
