/** A check for a terminal. */
import Table from "cli-table3";
import { type Palette, PLAIN } from "../palette.js";
import { type CheckReport, differenceTable, noteLines, verdictLine } from "./report.js";

/** More are nothing to read, and take a table seconds to lay out. */
const MAX_ROWS = 2000;

export function consoleReport(report: CheckReport, colours: Palette = PLAIN): string {
  const colour = report.comparison.passed ? colours.green : colours.red;
  const { head, alignment, rows } = differenceTable(report);
  const table = new Table({
    head: [...head],
    style: { head: [], border: [], compact: true },
    colAligns: alignment.map((side) => (side === "l" ? "left" : "right")),
  });
  for (const row of rows.slice(0, MAX_ROWS)) table.push([...row]);
  const left = rows.length - table.length;
  return [
    colour(verdictLine(report)),
    ...noteLines(report),
    ...(rows.length > 0 ? [table.toString()] : []),
    ...(left > 0 ? [`And ${left} further cells; --reporter json has them all.`] : []),
  ].join("\n");
}
