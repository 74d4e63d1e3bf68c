import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { escapeLatex, latexOfRows } from "#lrn/output/formats/latex.js";
import { markdownOfRows } from "#lrn/output/formats/markdown.js";
import { parquetOfRows } from "#lrn/output/formats/parquet.js";
import type { Column, ResultRows, Value } from "#lrn/output/formats/result-rows.js";
import { TEXT_FORMATS } from "#lrn/output/formats/text-formats.js";

const COLUMNS: readonly Column[] = [
  { name: "the_text", type: "text" },
  { name: "seed", type: "integer" },
  { name: "learning_rate", type: "given" },
  { name: "rmse", type: "measured" },
  { name: "converged", type: "boolean" },
];

const ROWS: readonly Value[][] = [
  ["plain | [x] & 50%\nof $5 #1 ~^\\{}_", 4294967295, 0.0123456789, 0.1 + 0.2, true],
  ["=1+1", 0, 1e-7, null, false],
  ["", -1, 1000, 12, null],
];

const rows = (): ResultRows => ({ columns: COLUMNS, parts: [ROWS.slice(0, 1), [], ROWS.slice(1)] });
const text = (parts: Iterable<string>) => [...parts].join("");

it("JSON gives back every value", () => {
  const objects = JSON.parse(text(TEXT_FORMATS.json.rows(rows())));
  expect(objects.map(Object.values)).toEqual(ROWS);
  expect(Object.keys(objects[0])).toEqual(COLUMNS.map(({ name }) => name));
  expect(JSON.parse(text(TEXT_FORMATS.json.rows({ columns: COLUMNS, parts: [] })))).toEqual([]);
});

describe("Markdown", () => {
  it("keeps every cell in its column, and rounds what was measured alone", () => {
    const lines = text(markdownOfRows(rows())).trimEnd().split("\n");
    expect(lines).toHaveLength(5);
    const cells = lines.map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));
    expect(cells.map(({ length }) => length)).toEqual([7, 7, 7, 7, 7]);
    expect(cells[2].slice(1, 6)).toEqual([
      "plain \\| \\[x\\] &amp; 50% of $5 #1 ~^\\\\{}_",
      "4294967295",
      "0.0123456789",
      "0.3",
      "true",
    ]);
  });
});

describe("LaTeX", () => {
  it("escapes every sign that TeX reads", () => {
    expect(escapeLatex("\\ { } $ & # ^ _ ~ %")).toBe(
      "\\textbackslash{} \\{ \\} \\$ \\& \\# \\textasciicircum{} \\_ \\textasciitilde{} \\%",
    );
  });

  it("has a line per row, with a cell per column", () => {
    const lines = text(latexOfRows(rows())).split("\n");
    const body = lines.filter((line) => line.endsWith("\\\\"));
    expect(body).toHaveLength(3 + 1);
    expect(body.map((line) => line.split(/(?<!\\)&/).length)).toEqual([5, 5, 5, 5]);
    expect(latexOfRows({ columns: COLUMNS, parts: [[["[2] a", 1, 1, 1, true]]] })).toSatisfy(
      (parts: Iterable<string>) => text(parts).includes("  {[}2] a & 1"), // \\\\ would take [2]
    );
    expect(body[0]).toBe("  the\\_text & seed & learning\\_rate & rmse & converged \\\\");
  });
});

describe("Parquet, read by hyparquet", () => {
  async function written(content: ResultRows) {
    const file = join(await mkdtemp(join(tmpdir(), "lrn-parquet-")), "rows.parquet");
    await writeFile(file, [...parquetOfRows(content)]);
    return asyncBufferFromFile(file);
  }

  it("gives back every value, whole numbers as 64-bit ones", async () => {
    const file = await written(rows());
    const objects = await parquetReadObjects({ file });
    const expected = ROWS.map((row) => row.map((value, i) => (i === 1 ? BigInt(value!) : value)));
    expect(objects.map(Object.values)).toEqual(expected);
    const { schema } = await parquetMetadataAsync(file);
    expect(schema.slice(1).map(({ name, type }) => [name, type])).toEqual([
      ["the_text", "BYTE_ARRAY"],
      ["seed", "INT64"],
      ["learning_rate", "DOUBLE"],
      ["rmse", "DOUBLE"],
      ["converged", "BOOLEAN"],
    ]);
  });

  it("has its columns also without a row", async () => {
    const file = await written({ columns: COLUMNS, parts: [] });
    const { schema, num_rows } = await parquetMetadataAsync(file);
    expect(schema.slice(1).map(({ name }) => name)).toEqual(COLUMNS.map(({ name }) => name));
    expect(num_rows).toBe(0n);
  });
});
