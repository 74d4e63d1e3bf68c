/** A figure's table for a terminal. */
import Table, { type CellOptions } from "cli-table3";
import { type Palette, PLAIN } from "../palette.js";
import { wrapped } from "../wrapped.js";
import { type FigureTable, type FigureTableRow, oursAsText, type RowPart } from "./figure-table.js";

/** As in the thesis: plain rows green, late-residual ones blue, totals red; where there is colour. */
const COLOURS: Partial<Record<FigureTableRow["tone"], keyof Palette>> = {
  plain: "green",
  "late-residual": "blue",
  total: "red",
};

type Group = FigureTable["groups"][number];

/**
 * Groups of columns stand side by side where they fit, one below the other where not.
 *
 * @param columns how many characters a line of the terminal has
 */
export function figureTableText(
  table: FigureTable,
  columns: number,
  colours: Palette = PLAIN,
): string {
  const all = table.groups.map((_, index) => index);
  const whole = consoleTable(table, all, colours);
  const fits = whole.split("\n", 1)[0].length <= columns;
  const tables = fits ? [whole] : all.map((index) => consoleTable(table, [index], colours));
  const sentence = (text: string) => wrapped(text, columns);
  return [
    sentence(colours.bold(table.title)),
    sentence(table.subtitle),
    ...tables,
    ...table.notes.map(sentence),
  ].join("\n");
}

function consoleTable(table: FigureTable, groups: readonly number[], colours: Palette): string {
  const shown = groups.map((index) => table.groups[index]);
  const styled = new Table({
    head: [],
    style: { head: [], border: [], compact: true },
    colAligns: [
      ...table.labels.map(() => "left" as const),
      ...shown.flatMap(({ measures }) => measures.map(() => "right" as const)),
    ],
  });
  const rowSpan = shown.some(({ name }) => name) ? 2 : 1;
  const labels = table.labels.map(
    (content): CellOptions => ({ content, rowSpan, vAlign: "bottom" }),
  );
  const measures = shown.flatMap((group) =>
    group.measures.map((name) => `${inTwoLines(name)}\nours thesis`),
  );
  if (rowSpan === 2) {
    const names = shown.map(
      ({ name, measures }): CellOptions => ({
        content: name,
        colSpan: measures.length,
        hAlign: "center",
      }),
    );
    styled.push([...labels, ...names], measures);
  } else {
    styled.push([...labels, ...measures]);
  }
  const widths = groups.map((index) => thesisWidths(table, index));
  for (const row of table.rows) {
    const tone = COLOURS[row.tone];
    const colour = tone ? colours[tone] : (text: string) => text;
    styled.push([
      ...row.labels.map((label) => colour(label)),
      ...groups.flatMap((index, i) =>
        partCells(row.parts[index], table.groups[index], widths[i], colour, colours),
      ),
    ] as CellOptions[]);
  }
  return styled.toString();
}

/** Characters of the widest number of the thesis's under each measure, so that ours line up. */
function thesisWidths({ rows, groups }: FigureTable, index: number): number[] {
  return groups[index].measures.map((_, measure) =>
    Math.max(
      "thesis".length,
      ...rows.map(({ parts }) => parts[index].pairs[measure]?.thesis.length ?? 0),
    ),
  );
}

function partCells(
  { pairs, rest }: RowPart,
  { measures }: Group,
  widths: readonly number[],
  colour: (text: string) => string,
  colours: Palette,
): CellOptions[] {
  const cells: CellOptions[] = pairs.map((pair, i) => ({
    content: colour(`${oursAsText(pair)} ${pair.thesis.padStart(widths[i])}`),
  }));
  if (rest !== undefined) {
    cells.push({
      content: colours.dim(rest),
      colSpan: measures.length - pairs.length,
      hAlign: "center",
    });
  }
  return cells;
}

/** Breaks a heading that is wider than its two columns before its last word. */
function inTwoLines(heading: string): string {
  return heading.length <= "ours thesis".length ? heading : heading.replace(/ (?=\S+$)/, "\n");
}
