/** CSV (RFC 4180 with line feeds): of rows, and of convergence tables. */
import { stringify } from "csv-stringify/sync";
import type { ConvergenceTable } from "../analysis/convergence-tables.js";
import { gridHead, gridLine, gridRows, inOneGrid } from "./convergence-grid.js";
import type { ResultRows, Value } from "./result-rows.js";

/** What a spreadsheet takes for the beginning of a formula, full-width forms and leading white space included. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/**
 * Lines of CSV. Nothing stands where there is no value; truth is `true` or `false`. Text that a
 * spreadsheet would run as a formula gets an apostrophe in front; numbers, also as text, stay as
 * they are (OWASP, "CSV injection").
 */
export function csvLines(rows: readonly (readonly Value[])[]): string {
  return stringify(rows as Value[][], { cast: { boolean: String, string: withoutFormula } });
}

function withoutFormula(text: string): string {
  return FORMULA.test(text) && !Number.isFinite(Number(text)) ? `'${text}` : text;
}

/** The columns' names, then the rows, a part at a time. */
export function* csvOfRows({ columns, parts }: ResultRows): Generator<string> {
  yield csvLines([columns.map(({ name }) => name)]);
  for (const rows of parts) yield csvLines(rows);
}

/** A convergence table as the thesis prints it; each column carries its style's name. */
export function convergenceTableCsv(table: ConvergenceTable): string {
  return csvLines([gridHead(table), ...gridRows(table).map(gridLine)]);
}

/** All of them below one head; the first columns say which table a row is of. */
export function convergenceTablesCsv(tables: readonly ConvergenceTable[]): string {
  const grids = inOneGrid(tables);
  const lines = grids.flatMap((table) =>
    gridRows(table).map((row) => [
      table.width,
      table.optimizer,
      table.learningRate,
      ...gridLine(row),
    ]),
  );
  const head = grids.slice(0, 1).flatMap(gridHead);
  return csvLines([["Width", "Optimizer", "Learning rate", ...head], ...lines]);
}
