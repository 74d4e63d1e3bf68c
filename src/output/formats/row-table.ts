/** Rows as a table for a terminal, drawn as they come. */
import stringWidth from "fast-string-width";
import type { ResultRows, Value } from "./result-rows.js";

/**
 * The columns are as wide as what was drawn so far and the next part of the rows need, so that a
 * table of one part is even, and none has to stand in memory. Columns of numbers stand to the right.
 */
export function* tableOfRows({ columns, parts }: ResultRows): Generator<string> {
  const names = columns.map(({ name }) => name);
  let widths = names.map(widthOf);
  let toTheRight = names.map(() => true);
  const line = (cells: readonly string[]) =>
    `│${cells.map((text, i) => ` ${padded(text, widths[i], toTheRight[i])} `).join("│")}│\n`;
  const rule = (left: string, between: string, right: string) =>
    `${left}${widths.map((width) => "─".repeat(width + 2)).join(between)}${right}\n`;
  // A line at a time: one long value makes all of them long.
  function* head() {
    yield rule("┌", "┬", "┐");
    yield line(names);
  }
  let begun = false;
  for (const rows of parts) {
    if (rows.length === 0) continue;
    const texts = rows.map((row) => row.map(textOf));
    widths = widths.map((width, i) =>
      texts.reduce((widest, row) => Math.max(widest, widthOf(row[i])), width),
    );
    if (!begun) {
      toTheRight = names.map((_, i) => !rows.some((row) => typeof row[i] === "string"));
      yield* head();
      yield rule("├", "┼", "┤");
      begun = true;
    }
    for (const row of texts) yield line(row);
  }
  if (!begun) yield* head();
  yield rule("└", "┴", "┘");
}

function textOf(value: Value): string {
  return value === null ? "" : String(value);
}

const ASCII = /^[\x20-\x7e]*$/;

/** In columns of a terminal, where an ideograph or emoji takes two. */
function widthOf(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text);
}

function padded(text: string, width: number, toTheRight: boolean): string {
  const space = " ".repeat(width - widthOf(text));
  return toTheRight ? space + text : text + space;
}
