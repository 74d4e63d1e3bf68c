/** Rows as a table for people, drawn as they come: numbers rounded, and no wider than a terminal. */
import stringWidth from "fast-string-width";
import type { ResultRows, Value } from "./result-rows.js";

/** A column of text is not cut shorter than this. */
const SHORTEST_TEXT = 12;

/**
 * The columns are as wide as what was drawn so far and the next part of the rows need, so that a
 * table of one part is even, and none has to stand in memory. Columns of numbers stand to the right.
 * Where the first part is too wide, long text is cut; where that is not enough, each row is drawn as
 * a list.
 *
 * @param width characters of a line
 */
export function* tableOfRows(
  { columns, parts }: ResultRows,
  width = Number.POSITIVE_INFINITY,
): Generator<string> {
  const names = columns.map(({ name }) => name);
  let drawPart: ((rows: TextRows) => Generator<string>) | undefined;
  let table: Drawing | undefined;
  for (const part of parts) {
    if (part.length === 0) continue;
    const texts = part.map((row) => row.map(textOf));
    if (!drawPart) {
      const isText = names.map((_, i) => part.some((row) => typeof row[i] === "string"));
      const longest = longestText(names, texts, isText, width);
      if (longest === undefined) drawPart = listing(names, width);
      else {
        table = drawing(names, isText, longest);
        drawPart = table.rows;
      }
    }
    yield* drawPart(texts);
  }
  if (!drawPart) {
    table = drawing(names, [], width);
    yield* table.rows([]);
  }
  if (table) yield table.end();
}

type TextRows = readonly (readonly string[])[];

/**
 * @returns how long text in a table may be for it to fit; undefined where none fits, because of its
 * names or numbers
 */
function longestText(
  names: readonly string[],
  rows: TextRows,
  isText: readonly boolean[],
  width: number,
): number | undefined {
  const heads = names.map(widthOf);
  const widths = columnWidths(heads, rows);
  const fits = (longest: number) =>
    widths.reduce((sum, own, i) => sum + 3 + shortened(own, heads[i], isText[i], longest), 1) <=
    width;
  for (let longest = Math.min(width, Math.max(...widths)); longest >= SHORTEST_TEXT; longest--) {
    if (fits(longest)) return longest;
  }
  return fits(SHORTEST_TEXT) ? SHORTEST_TEXT : undefined;
}

function shortened(width: number, head: number, isText: boolean, longest: number): number {
  return isText ? Math.max(head, Math.min(width, longest)) : width;
}

function columnWidths(least: readonly number[], rows: TextRows): number[] {
  return least.map((width, i) =>
    rows.reduce((widest, row) => Math.max(widest, widthOf(row[i])), width),
  );
}

interface Drawing {
  rows(rows: TextRows): Generator<string>;
  end(): string;
}

function drawing(names: readonly string[], isText: readonly boolean[], longest: number): Drawing {
  const heads = names.map(widthOf);
  let widths = heads;
  let begun = false;
  const line = (cells: readonly string[]) =>
    `│${cells.map((text, i) => ` ${padded(text, widths[i], !isText[i])} `).join("│")}│\n`;
  const rule = (left: string, between: string, right: string) =>
    `${left}${widths.map((width) => "─".repeat(width + 2)).join(between)}${right}\n`;
  return {
    *rows(rows) {
      widths = columnWidths(widths, rows).map((width, i) =>
        shortened(width, heads[i], isText[i], longest),
      );
      // A line at a time: one long value makes all of them long.
      if (!begun) {
        yield rule("┌", "┬", "┐");
        yield line(names);
        if (rows.length > 0) yield rule("├", "┼", "┤");
        begun = true;
      }
      for (const row of rows) yield line(row.map((text, i) => cut(text, widths[i])));
    },
    end: () => rule("└", "┴", "┘"),
  };
}

/** A list for each row, a line per column: what is too wide for a table is read downwards. */
function listing(names: readonly string[], width: number) {
  const head = Math.max(...names.map(widthOf));
  let number = 0;
  return function* (rows: TextRows): Generator<string> {
    for (const row of rows) {
      number++;
      yield `${number > 1 ? "\n" : ""}row ${number}\n`;
      for (const [i, text] of row.entries()) {
        const room = Math.max(SHORTEST_TEXT, width - head - 4);
        yield `  ${padded(names[i], head, false)}  ${cut(text, room)}`.trimEnd().concat("\n");
      }
    }
  };
}

/** Four digits of what is no whole number; what is under a thousand has no more of them in front. */
function textOf(value: Value): string {
  if (value === null) return "";
  if (typeof value !== "number" || Number.isInteger(value)) return String(value);
  return Math.abs(value) < 1000 ? String(Number(value.toPrecision(4))) : value.toFixed(1);
}

const ASCII = /^[\x20-\x7e]*$/;

/** In columns of a terminal, where an ideograph or emoji takes two. */
function widthOf(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text);
}

/** `3f2a91…` */
function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = "";
  let room = width - 1;
  for (const sign of text) {
    room -= widthOf(sign);
    if (room < 0) break;
    kept += sign;
  }
  return `${kept}…`;
}

function padded(text: string, width: number, toTheRight: boolean): string {
  const space = " ".repeat(Math.max(0, width - widthOf(text)));
  return toTheRight ? space + text : text + space;
}
