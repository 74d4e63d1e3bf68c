/** Convergence tables for a terminal. */
import Table, { type CellOptions } from "cli-table3";
import type { ConvergenceTable } from "../../analysis/convergence-tables.js";
import type { Connection } from "../../model/trial.js";
import { type Palette, PLAIN } from "../palette.js";
import {
  DID_NOT_CONVERGE,
  GROUP_COLUMNS,
  type GridRow,
  gridRows,
  groupName,
  rowHeads,
  tableTitle,
} from "./convergence-grid.js";

/** Plain rows are green and late-residual ones blue, totals red, as in the thesis; where there is colour. */
const CONNECTION_COLOUR: Readonly<Record<Connection, "green" | "blue">> = {
  plain: "green",
  "late-residual": "blue",
};

export function consoleTable(table: ConvergenceTable, colours: Palette = PLAIN): string {
  const heads = rowHeads(table);
  const columns = table.groups.flatMap(() => GROUP_COLUMNS);
  const styled = new Table({
    head: [],
    style: { head: [], border: [], compact: true },
    colAligns: [
      "right",
      ...heads.slice(1).map(() => "left" as const),
      ...columns.map(() => "right" as const),
    ],
  });
  styled.push([
    ...heads.map((content): CellOptions => ({ content, rowSpan: 2, vAlign: "bottom" })),
    ...table.groups.map(
      (group): CellOptions => ({ content: groupName(group), colSpan: 4, hAlign: "center" }),
    ),
  ]);
  styled.push(columns.map(inTwoLines));
  for (const row of gridRows(table)) styled.push(consoleRow(row, colours));
  return `${colours.bold(tableTitle(table))}\n${styled.toString()}`;
}

/** Breaks a heading before its last word, so that two groups fit a terminal side by side. */
function inTwoLines(heading: string): string {
  return heading.replace(/ (?=\S+$)/, "\n");
}

function consoleRow(
  { kind, connection, labels, groups }: GridRow,
  colours: Palette,
): CellOptions[] {
  const colour = colours[kind === "total" ? "red" : CONNECTION_COLOUR[connection]];
  const label: CellOptions[] =
    kind === "total"
      ? [
          {
            content: colour(`Total converged, ${labels.join(", ")}`),
            colSpan: labels.length + 1,
          },
        ]
      : labels.map((content) => ({ content: colour(content) }));
  return [...label, ...groups.flatMap((group) => consoleGroup(group, colour, colours))];
}

function consoleGroup(
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
