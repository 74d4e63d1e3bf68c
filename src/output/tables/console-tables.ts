/** Convergence tables for a terminal. */
import Table, { type CellOptions } from "cli-table3";
import type { ConvergenceTable } from "../../analysis/convergence-tables.js";
import { type Palette, PLAIN } from "../palette.js";
import {
  DID_NOT_CONVERGE,
  type GridRow,
  gridRows,
  STYLE_COLUMNS,
  STYLE_NAMES,
  tableTitle,
} from "./convergence-grid.js";

/** Plain rows are green and late-residual ones blue, totals red, as in the thesis; where there is colour. */
const CONNECTION_COLOUR = { plain: "green", "late-residual": "blue" } as const;

export function consoleTable(table: ConvergenceTable, colours: Palette = PLAIN): string {
  const styled = new Table({
    head: [],
    style: { head: [], border: [], compact: true },
    colAligns: [
      "right",
      "left",
      ...table.styles.flatMap(() => STYLE_COLUMNS.map(() => "right")),
    ] as ("left" | "right")[],
  });
  styled.push([
    { content: "Depth", rowSpan: 2, vAlign: "bottom" },
    { content: "Connection", rowSpan: 2, vAlign: "bottom" },
    ...table.styles.map(
      (style): CellOptions => ({ content: STYLE_NAMES[style], colSpan: 4, hAlign: "center" }),
    ),
  ]);
  styled.push(table.styles.flatMap(() => STYLE_COLUMNS.map(inTwoLines)));
  for (const row of gridRows(table)) styled.push(consoleRow(row, colours));
  return `${colours.bold(tableTitle(table))}\n${styled.toString()}`;
}

/** Breaks a heading before its last word, so that two halves fit a terminal side by side. */
function inTwoLines(heading: string): string {
  return heading.replace(/ (?=\S+$)/, "\n");
}

function consoleRow({ kind, connection, depth, halves }: GridRow, colours: Palette): CellOptions[] {
  const colour = colours[kind === "total" ? "red" : CONNECTION_COLOUR[connection]];
  const label: CellOptions[] =
    kind === "total"
      ? [{ content: colour(`Total converged, ${connection}`), colSpan: 2 }]
      : [{ content: colour(depth) }, { content: colour(connection) }];
  return [...label, ...halves.flatMap((half) => consoleHalf(half, colour, colours))];
}

function consoleHalf(
  [converged, ...means]: readonly string[],
  colour: (text: string) => string,
  colours: Palette,
): CellOptions[] {
  if (means[0] === DID_NOT_CONVERGE) {
    return [
      { content: colour(converged) },
      { content: colours.dim(DID_NOT_CONVERGE), colSpan: 3, hAlign: "center" },
    ];
  }
  return [converged, ...means].map((content) => ({ content: colour(content) }));
}
