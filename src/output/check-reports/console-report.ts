/** A check for a terminal. */
import Table from "cli-table3";
import { counted } from "../../counted.js";
import { cellName } from "../../model/cells.js";
import { type Palette, PLAIN } from "../palette.js";
import { wrapped } from "../wrapped.js";
import {
  type CheckReport,
  differenceLine,
  differenceTable,
  differingCells,
  noteLines,
  verdictLine,
} from "./check-report.js";

/** More are nothing to read, and take a table seconds to lay out. */
const MAX_ROWS = 2000;

/** @param columns how many characters a line of the terminal has */
export function consoleReport(report: CheckReport, colours: Palette = PLAIN, columns = 80): string {
  const colour = report.comparison.passed ? colours.green : colours.red;
  const { head, alignment, rows } = differenceTable(report);
  const table = new Table({
    head: head.map((name) => name.replace(" ", "\n")),
    style: { head: [], border: [], compact: true },
    colAligns: alignment.map((side) => (side === "l" ? "left" : "right")),
  });
  for (const row of rows.slice(0, MAX_ROWS)) table.push([...row]);
  const left = rows.length - table.length;
  const drawn = table.toString();
  const fits = drawn.split("\n", 1)[0].length <= columns;
  return [
    wrapped(colour(verdictLine(report)), columns),
    ...noteLines(report).map((line) => wrapped(line, columns)),
    ...(rows.length > 0 ? [fits ? drawn : listOf(report, columns)] : []),
    ...(left > 0 ? [`And ${counted(left, "further cell")}; --reporter json has them all.`] : []),
  ].join("\n");
}

/** Where a table would be too wide: each cell's name, and below it what moved. */
function listOf(report: CheckReport, columns: number): string {
  const lines = differingCells(report)
    .slice(0, MAX_ROWS)
    .flatMap((cell) => [
      wrapped(cellName(cell.axes), columns),
      `  ${wrapped(differenceLine(cell, report), columns, 4)}`,
    ]);
  return lines.join("\n");
}
