/** Markdown tables (GitHub Flavored Markdown, section 4.10). */
import { markdownTable as align } from "markdown-table";
import type { ConvergenceTable } from "../../analysis/convergence-tables.js";
import { gridColumns, gridHead, gridLine, gridRows, rowHeads } from "../tables/convergence-grid.js";
import type { TableChoices } from "../tables/count-columns.js";
import { tableCaption, tableHeading } from "../tables/table-heading.js";
import { type ResultRows, readable } from "./result-rows.js";

/** @param alignment one per column: `l` or `r` */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  alignment: readonly ("l" | "r")[],
): string {
  const escaped = [head, ...rows].map((row) => row.map(escapeMarkdown));
  return align(escaped, { align: alignment });
}

/** Not aligned for the eye, which would take all rows at once; a page shows it all the same. */
export function* markdownOfRows({ columns, parts }: ResultRows): Generator<string> {
  yield markdownLine(columns.map(({ name }) => escapeMarkdown(name)));
  yield markdownLine(columns.map(({ type }) => (type === "text" ? ":-" : "-:")));
  for (const rows of parts) {
    for (const row of rows) {
      yield markdownLine(row.map((value, i) => escapeMarkdown(readable(value, columns[i]))));
    }
  }
}

function markdownLine(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |\n`;
}

export function* markdownOfTables(
  tables: readonly ConvergenceTable[],
  choices: TableChoices = {},
): Generator<string> {
  let separator = "";
  for (const table of tables) {
    const shown = gridColumns(table, choices);
    const head = gridHead(table, shown);
    const labels = rowHeads(table).length;
    const alignment = head.map((_, column) => (column > 0 && column < labels ? "l" : "r"));
    const rows = gridRows(table, shown).map(gridLine);
    const caption = escapeMarkdown(tableCaption(table, choices));
    yield `${separator}### ${tableHeading(table)}\n\n${caption}.\n\n`;
    yield `${markdownTable(head, rows, alignment)}\n`;
    separator = "\n";
  }
}

/** Keeps text in its cell and from being read as markup. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*<>[\]|]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/\s*\r?\n\s*/g, " ");
}
