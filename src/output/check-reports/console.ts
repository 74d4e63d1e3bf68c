/** A check for a terminal. */
import Table from "cli-table3";
import { colours } from "../colours.js";
import { type CheckReport, differenceTable, noteLines, verdictLine } from "./report.js";

export function consoleReport(report: CheckReport): string {
  const colour = report.comparison.passed ? colours.green : colours.red;
  const { head, alignment, rows } = differenceTable(report);
  const table = new Table({
    head: [...head],
    style: { head: [], border: [], compact: true },
    colAligns: alignment.map((side) => (side === "l" ? "left" : "right")),
  });
  for (const row of rows) table.push([...row]);
  return [
    colour(verdictLine(report)),
    ...noteLines(report),
    ...(rows.length > 0 ? [table.toString()] : []),
  ].join("\n");
}
