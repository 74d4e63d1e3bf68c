/** Markdown tables (GitHub Flavored Markdown, section 4.10). */
import { markdownTable as align } from "markdown-table";
import type { ConvergenceTable } from "../analysis/convergence-tables.js";
import { gridHead, gridLine, gridRows, tableTitle } from "./convergence-grid.js";
import { type ResultRows, readable } from "./result-rows.js";

/** @param alignment one a column: `l` or `r` */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  alignment: readonly ("l" | "r")[],
): string {
  const escaped = [head, ...rows].map((row) => row.map(escapeMarkdown));
  return align(escaped, { align: alignment });
}

export function markdownOfRows({ columns, parts }: ResultRows): string {
  const rows = [...parts].flat().map((row) => row.map((value, i) => readable(value, columns[i])));
  const alignment = columns.map(({ type }) => (type === "text" ? "l" : "r"));
  const names = columns.map(({ name }) => name);
  return `${markdownTable(names, rows, alignment)}\n`;
}

export function markdownOfTables(tables: readonly ConvergenceTable[]): string {
  const sections = tables.map((table) => {
    const head = gridHead(table);
    const alignment = head.map((_, column) => (column === 1 ? "l" : "r"));
    const rows = gridRows(table).map(gridLine);
    return `### ${tableTitle(table)}\n\n${markdownTable(head, rows, alignment)}\n`;
  });
  return sections.join("\n");
}

/** Keeps text in its cell and from being read as markup. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*<>[\]|]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/\s*\r?\n\s*/g, " ");
}
