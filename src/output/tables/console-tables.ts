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
export const CONNECTION_COLOUR: Readonly<Record<Connection, "green" | "blue">> = {
  plain: "green",
  "late-residual": "blue",
};

/**
 * Groups of columns stand side by side where they fit, one below the other where not.
 *
 * @param columns how many characters a line of the terminal has
 */
export function consoleTable(
  table: ConvergenceTable,
  colours: Palette = PLAIN,
  columns = Number.POSITIVE_INFINITY,
): string {
  const alone = table.groups.map((_, index) => ofGroup(table, index));
  const layouts = [
    () => [drawn(table, colours)],
    () => alone.map((group) => drawn(group, colours)),
    () => alone.map((group) => drawn(group, colours, true)),
  ];
  const fitting = layouts
    .map((layout) => layout())
    .find(([first]) => first.split("\n", 1)[0].length <= columns);
  const tables = fitting ?? layouts[2]();
  return [colours.bold(tableTitle(table)), ...tables].join("\n");
}

function ofGroup(table: ConvergenceTable, index: number): ConvergenceTable {
  const only = <Value>(values: readonly Value[]) => [values[index]];
  return {
    ...table,
    groups: only(table.groups),
    rows: table.rows.map((row) => ({ ...row, cells: only(row.cells) })),
    totals: table.totals.map((total) => ({ ...total, converged: only(total.converged) })),
  };
}

function drawn(table: ConvergenceTable, colours: Palette, tight = false): string {
  const padding = tight ? 0 : 1;
  const heads = rowHeads(table);
  const columns = table.groups.flatMap(() => GROUP_COLUMNS);
  const styled = new Table({
    head: [],
    style: {
      head: [],
      border: [],
      compact: true,
      "padding-left": padding,
      "padding-right": padding,
    },
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
  for (const row of gridRows(table)) styled.push(consoleRow(row, colours, tight));
  return styled.toString();
}

/** Breaks a heading after its first word, so that two groups fit a terminal side by side. */
function inTwoLines(heading: string): string {
  return heading.replace(" ", "\n");
}

function consoleRow(
  { kind, connection, labels, groups }: GridRow,
  colours: Palette,
  tight: boolean,
): CellOptions[] {
  const colour = colours[kind === "total" ? "red" : CONNECTION_COLOUR[connection]];
  const label: CellOptions[] =
    kind === "total"
      ? [
          {
            content: colour(`Total converged,${tight ? "\n" : " "}${labels.join(", ")}`),
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
