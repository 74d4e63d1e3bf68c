/** CSV (RFC 4180 with line feeds): of rows, and of convergence tables. */
import { type ConvergenceTable, cellsIn } from "../../analysis/convergence-tables.js";
import { capitalized } from "../../model/cells.js";
import {
  gridHead,
  gridLine,
  gridRows,
  groupHeads,
  headsOf,
  inOneGrid,
  titleColumns,
} from "../tables/convergence-grid.js";
import {
  CONVERGED,
  type CountColumn,
  DIVERGED,
  FAILED,
  type TableChoices,
  TRIALS,
} from "../tables/count-columns.js";
import { meanColumns } from "../tables/mean-columns.js";
import { unfinishedText } from "../tables/table-heading.js";
import { type ResultRows, readable, type Value } from "./result-rows.js";

/** What a spreadsheet takes for the beginning of a formula, full-width forms and leading white space included. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/**
 * Lines of CSV. Nothing stands where there is no value; truth is `true` or `false`. Text that a
 * spreadsheet would run as a formula gets an apostrophe in front; numbers, also as text, stay as
 * they are (OWASP, "CSV injection").
 */
export function csvLines(rows: readonly (readonly Value[])[]): string {
  let lines = "";
  for (const row of rows) lines += `${row.map(csvField).join()}\n`;
  return lines;
}

/** What a field with it in stands in quotes for. */
const SEPARATOR = /[",\n\r]/;

/** By hand: a million rows take a fifth of the time that csv-stringify takes. */
function csvField(value: Value): string {
  if (typeof value !== "string") return value === null ? "" : String(value);
  const text = withoutFormula(value);
  return SEPARATOR.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
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
  const { head, lines } = flatTable(table, {});
  return csvLines([head, ...lines]);
}

/** All of them below one head; the first columns say which table a row is of. */
export function* convergenceTablesCsv(
  tables: readonly ConvergenceTable[],
  choices: TableChoices = {},
): Generator<string> {
  for (const [index, table] of inOneGrid(tables).entries()) {
    const { heads, values } = titleColumns(table);
    const { head, lines } = flatTable(table, choices);
    if (index === 0) yield csvLines([[...heads, ...head]]);
    yield csvLines(lines.map((line) => [...values, ...line]));
  }
}

const RATE_LOW: CountColumn = { head: "Rate low", text: ({ rate }) => measured(rate?.low) };
const RATE_HIGH: CountColumn = { head: "Rate high", text: ({ rate }) => measured(rate?.high) };

/** What each group of columns needs to be read rightly. It stands behind all that the thesis prints. */
const COUNTS = [TRIALS, DIVERGED, FAILED, RATE_LOW, RATE_HIGH];

function measured(value: number | undefined): string {
  return value === undefined ? "" : readable(value, { name: "", type: "measured" });
}

function flatTable(table: ConvergenceTable, { dead }: TableChoices) {
  const printed = { counts: [CONVERGED], means: meanColumns(dead) };
  const behind = { counts: COUNTS, means: [] };
  const rows = gridRows(table, behind);
  const settings = settingsOf(table);
  return {
    head: [
      ...gridHead(table, printed),
      ...groupHeads(table, headsOf(behind)),
      ...settings.map(([head]) => head),
    ],
    lines: gridRows(table, printed).map((row, i) => [
      ...gridLine(row),
      ...rows[i].groups.flatMap(({ counts }) => counts),
      ...settings.map(([, value]) => value),
    ]),
  };
}

/** What a heading would say, in columns: a line above the columns' names would be no CSV. */
function settingsOf(table: ConvergenceTable): (readonly [head: string, value: string])[] {
  const [{ cell, asked, threshold }] = cellsIn(table);
  const { title, unfinished } = table;
  return [
    ...(title.epochs === undefined ? [["Epochs", String(cell.epochs)] as const] : []),
    ["Converged RMSE at most", String(threshold)],
    ...(asked.untilConverged === undefined
      ? []
      : [["Until converged", String(asked.untilConverged)] as const]),
    ...(asked.untilWidth === undefined ? [] : [["Until width", String(asked.untilWidth)] as const]),
    ...(unfinished ? [[capitalized(unfinishedText(unfinished)), "unfinished"] as const] : []),
  ];
}
