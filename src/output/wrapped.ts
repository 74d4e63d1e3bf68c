/** Text broken between words, so that no line is longer than a terminal's. */
import wrapAnsi from "wrap-ansi";

/** What GitHub's runner takes for a command where a line begins with it. */
const COMMAND = /\n\s*(?=::)/g;

/**
 * @param columns characters of a line; a longer word, as a path, stays whole, and so does what a CI
 * server would take for a command at the beginning of a line
 * @param indent how far lines but the first stand in
 */
export function wrapped(text: string, columns: number, indent = 0): string {
  const lines = wrapAnsi(text, Math.max(columns - indent, 1), { trim: true });
  return lines.replace(COMMAND, " ").replaceAll("\n", `\n${" ".repeat(indent)}`);
}
