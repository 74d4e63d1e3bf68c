/** A table that is no wider than a terminal: headings in several lines, and a first column that wraps. */
import Table from "cli-table3";
import wrapAnsi from "wrap-ansi";

const NARROWEST = 10;
/** Of a column, beside its text: blanks on both sides and a rule. */
const FRAME = 3;

/**
 * @param head of columns whose first holds names and the others numbers
 * @param columns characters of a line
 */
export function fittedTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
): string {
  const heads = head.map((name) => name.replace(/ |(?=\/)/g, "\n"));
  const [names, ...numbers] = heads.map((name, i) =>
    Math.max(...[name, ...rows.map((row) => row[i])].map(longestLine)),
  );
  const taken = numbers.reduce((sum, width) => sum + width + FRAME, FRAME + 1);
  const widths = [Math.min(names, Math.max(NARROWEST, columns - taken)), ...numbers];
  const table = new Table({
    head: heads,
    style: { head: [], border: [], compact: true },
    colAligns: heads.map((_, column) => (column === 0 ? "left" : "right")),
    colWidths: widths.map((width) => width + FRAME - 1),
  });
  // Between words, but for a word that is longer than the column: no part of a name may be lost.
  const broken = (name: string) => wrapAnsi(name, widths[0], { hard: true });
  table.push(...rows.map(([name, ...others]) => [broken(name), ...others]));
  return table.toString();
}

function longestLine(text: string): number {
  return Math.max(...text.split("\n").map(({ length }) => length));
}
