/** Convergence tables for a terminal. */
import Table, { type CellOptions } from "cli-table3";
import type { ConvergenceTable } from "../../analysis/convergence-tables.js";
import type { Connection } from "../../model/trial.js";
import { type Palette, PLAIN } from "../palette.js";
import {
  type GridPart,
  type GridRow,
  gridRows,
  groupName,
  MEANS,
  rowHeads,
} from "./convergence-grid.js";
import { countColumns, type TableChoices } from "./count-columns.js";
import { tableCaption, tableHeading } from "./table-heading.js";

/** Plain rows are green and late-residual ones blue, totals red, as in the thesis; where there is colour. */
const CONNECTION_COLOUR: Readonly<Record<Connection, "green" | "blue">> = {
  plain: "green",
  "late-residual": "blue",
};

export function consoleTable(
  table: ConvergenceTable,
  colours: Palette = PLAIN,
  choices: TableChoices = {},
): string {
  const heads = rowHeads(table);
  const counts = countColumns(table, choices);
  const ofGroup = [...counts.map(({ head }) => head), ...MEANS];
  const columns = table.groups.flatMap(() => ofGroup);
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
      (group): CellOptions => ({
        content: groupName(group),
        colSpan: ofGroup.length,
        hAlign: "center",
      }),
    ),
  ]);
  styled.push(columns.map(inTwoLines));
  for (const row of gridRows(table, counts)) styled.push(consoleRow(row, colours));
  const caption = colours.dim(tableCaption(table, choices));
  return `${colours.bold(tableHeading(table))}\n${caption}\n${styled.toString()}`;
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
  return [...label, ...groups.flatMap((part) => consolePart(part, colour, colours))];
}

function consolePart(
  { counts, means, instead }: GridPart,
  colour: (text: string) => string,
  colours: Palette,
): CellOptions[] {
  const coloured = (texts: readonly string[]) =>
    texts.map((content) => ({ content: colour(content) }));
  if (instead === undefined) return coloured([...counts, ...means]);
  return [
    ...coloured(counts),
    { content: colours.dim(instead), colSpan: means.length, hAlign: "center" },
  ];
}
