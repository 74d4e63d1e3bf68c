/** Convergence tables for a terminal. */
import Table, { type CellOptions } from "cli-table3";
import { type ConvergenceTable, mapCounts } from "../../analysis/convergence-tables.js";
import type { Connection } from "../../model/trial.js";
import { type Palette, PLAIN } from "../palette.js";
import { wrapped } from "../wrapped.js";
import {
  type GridColumns,
  type GridPart,
  type GridRow,
  gridColumns,
  gridRows,
  groupName,
  headsOf,
  rowHeads,
} from "./convergence-grid.js";
import type { TableChoices } from "./count-columns.js";
import { tableCaption, tableHeading } from "./table-heading.js";

/** Plain rows are green and late-residual ones blue, totals red, as in the thesis; where there is colour. */
export const CONNECTION_COLOUR: Readonly<Record<Connection, Exclude<keyof Palette, "red">>> = {
  plain: "green",
  "late-residual": "blue",
  residual: "cyan",
  dense: "magenta",
  "late-residual-frozen": "dim",
};

export interface ConsoleTableChoices extends TableChoices {
  /** How many characters a line of the terminal has; as many as the table needs, unless told. */
  readonly columns?: number;
  /** What of the sweep was trained, where it was a part: `shard 3 of 16`. */
  readonly part?: string | undefined;
}

/** How a table is drawn: with blanks at rules, and rows' labels in one line. */
interface Room {
  readonly padding: number;
  readonly label: (text: string) => string;
  /** Between the labels of a row of totals. */
  readonly comma: string;
}

const ROOMY: Room = { padding: 1, label: (text) => text, comma: ", " };
const TIGHT: Room = { ...ROOMY, padding: 0 };
const TIGHTEST: Room = { ...TIGHT, label: inHalves, comma: ",\n" };

/**
 * Groups of columns stand side by side where they fit, one below the other where not, and where even one is
 * too wide, what rows are of stands in two lines.
 */
export function consoleTable(
  table: ConvergenceTable,
  colours: Palette = PLAIN,
  { columns = Number.POSITIVE_INFINITY, part, ...choices }: ConsoleTableChoices = {},
): string {
  const shown = gridColumns(table, choices);
  const alone = table.groups.map((_, index) => ofGroup(table, index));
  const layouts = [
    () => [drawn(table, shown, colours)],
    () => alone.map((group) => drawn(group, shown, colours)),
    () => alone.map((group) => drawn(group, shown, colours, TIGHT)),
  ];
  // Drawn only until one fits, for drawing takes longer than all else here.
  const fits = (tables: readonly string[]) =>
    tables.every((text) => text.split("\n", 1)[0].length <= columns);
  const tables =
    firstOf(layouts, fits) ?? alone.map((group) => drawn(group, shown, colours, TIGHTEST));
  const caption = colours.dim(wrapped(tableCaption(table, choices), columns));
  return [wrapped(colours.bold(tableHeading(table, part)), columns), caption, ...tables].join("\n");
}

/** What the first of these makes that is good, or undefined; those after it are not called. */
function firstOf<Made>(makers: readonly (() => Made)[], isGood: (made: Made) => boolean) {
  for (const make of makers) {
    const made = make();
    if (isGood(made)) return made;
  }
  return undefined;
}

function ofGroup(table: ConvergenceTable, index: number): ConvergenceTable {
  const only = <Value>(values: readonly Value[]) => [values[index]];
  return {
    ...table,
    groups: only(table.groups),
    rows: table.rows.map((row) => ({ ...row, cells: only(row.cells) })),
    totals: table.totals.map((total) => ({
      ...total,
      ...mapCounts((count) => only(total[count])),
    })),
  };
}

function drawn(
  table: ConvergenceTable,
  shown: GridColumns,
  colours: Palette,
  room = ROOMY,
): string {
  const { padding } = room;
  const heads = rowHeads(table);
  const heading = headsOf(shown);
  const columns = table.groups.flatMap(() => heading);
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
    ...heads.map(
      (head): CellOptions => ({ content: room.label(head), rowSpan: 2, vAlign: "bottom" }),
    ),
    ...table.groups.map(
      (group): CellOptions => ({
        content: groupName(group),
        colSpan: heading.length,
        hAlign: "center",
      }),
    ),
  ]);
  styled.push(columns.map(inTwoLines));
  for (const row of gridRows(table, shown)) styled.push(consoleRow(row, colours, room));
  return styled.toString();
}

/** Breaks a heading after its first word, so that two groups fit a terminal side by side. */
function inTwoLines(heading: string): string {
  return heading.replace(" ", "\n");
}

/** What is longer takes two lines. */
const LONG = 13;

/** Broken after its last blank, or else its last hyphen, or else hyphenated. */
function inHalves(text: string): string {
  if (text.length <= LONG) return text;
  const [, start, end] = /^(.+) (.+)$/.exec(text) ?? /^(.+-)(.+)$/.exec(text) ?? [];
  const middle = Math.ceil(text.length / 2);
  return start ? `${start}\n${end}` : `${text.slice(0, middle)}-\n${text.slice(middle)}`;
}

function consoleRow(
  { kind, connection, labels, groups }: GridRow,
  colours: Palette,
  { padding, label: shortened, comma }: Room,
): CellOptions[] {
  const colour = colours[kind === "total" ? "red" : CONNECTION_COLOUR[connection]];
  const label: CellOptions[] =
    kind === "total"
      ? [
          {
            content: colour(`Total converged,${padding === 0 ? "\n" : " "}${labels.join(comma)}`),
            colSpan: labels.length + 1,
          },
        ]
      : labels.map((text) => ({ content: colour(shortened(text)) }));
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
