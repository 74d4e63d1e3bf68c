/** The formats of rows and of tables that are text. */
import type { ConvergenceTable } from "../../analysis/convergence-tables.js";
import type { TableChoices } from "../tables/count-columns.js";
import { convergenceTablesCsv, csvOfRows } from "./csv.js";
import { jsonOfRows, jsonOfTables } from "./json.js";
import { latexOfRows, latexOfTables } from "./latex.js";
import { markdownOfRows, markdownOfTables } from "./markdown.js";
import type { ResultRows } from "./result-rows.js";

export type TextFormat = "csv" | "json" | "markdown" | "latex";

/** Each a part at a time, so that a text of any length takes little memory. */
interface Formatter {
  rows(rows: ResultRows): Iterable<string>;
  /** CSV and JSON have every table's intervals, asked for or not, and JSON the means by every definition of dead. */
  tables(tables: readonly ConvergenceTable[], choices: TableChoices): Iterable<string>;
}

export const TEXT_FORMATS: Readonly<Record<TextFormat, Formatter>> = {
  csv: { rows: csvOfRows, tables: convergenceTablesCsv },
  json: { rows: jsonOfRows, tables: jsonOfTables },
  markdown: { rows: markdownOfRows, tables: markdownOfTables },
  latex: { rows: latexOfRows, tables: latexOfTables },
};
