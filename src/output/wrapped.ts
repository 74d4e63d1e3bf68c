/** Text broken between words, so that no line is longer than a terminal's. */
import wrapAnsi from "wrap-ansi";

/** What GitHub's runner takes for a command where a line begins with it. */
const COMMAND = /\n\s*(?=::)/g;

/** What takes one column a character, and has no blank at an end. */
const PLAIN = /^[!-~]([ -~]*[!-~])?$/;

/**
 * @param columns characters of a line; a longer word, as a path, stays whole, and so does what a CI
 * server would take for a command at the beginning of a line
 * @param indent how far lines but the first stand in
 */
export function wrapped(text: string, columns: number, indent = 0): string {
  // Most texts fit, which is seen a hundred times faster than it is worked out.
  if (text.length <= columns - indent && PLAIN.test(text)) return text;
  const lines = wrapAnsi(text, Math.max(columns - indent, 1), { trim: true });
  return lines.replace(COMMAND, " ").replaceAll("\n", `\n${" ".repeat(indent)}`);
}
