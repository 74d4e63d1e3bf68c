/** Text broken between words, so that no line is longer than a terminal's. */
import wrapAnsi from "wrap-ansi";

/**
 * @param columns characters of a line; a longer word, as a path, stays whole
 * @param indent how far lines but the first stand in
 */
export function wrapped(text: string, columns: number, indent = 0): string {
  const lines = wrapAnsi(text, Math.max(columns - indent, 1), { trim: true }).split("\n");
  return lines.join(`\n${" ".repeat(indent)}`);
}
