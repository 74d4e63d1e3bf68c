/** The formats of rows and of tables that are text. */
import type { ConvergenceTable } from "../analysis/convergence-tables.js";
import { convergenceTablesCsv, csvOfRows } from "./csv.js";
import { jsonOfRows } from "./json.js";
import { latexOfRows, latexOfTables } from "./latex.js";
import { markdownOfRows, markdownOfTables } from "./markdown.js";
import type { ResultRows } from "./result-rows.js";

export type TextFormat = "csv" | "json" | "markdown" | "latex";

interface Formatter {
  rows(rows: ResultRows): Iterable<string>;
  tables(tables: readonly ConvergenceTable[]): Iterable<string>;
}

export const TEXT_FORMATS: Readonly<Record<TextFormat, Formatter>> = {
  csv: { rows: csvOfRows, tables: (tables) => [convergenceTablesCsv(tables)] },
  json: { rows: jsonOfRows, tables: (tables) => [`${JSON.stringify(tables, null, 2)}\n`] },
  markdown: {
    rows: (rows) => [markdownOfRows(rows)],
    tables: (tables) => [markdownOfTables(tables)],
  },
  latex: { rows: latexOfRows, tables: (tables) => [latexOfTables(tables)] },
};
