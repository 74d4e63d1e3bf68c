/** A table that is no wider than a terminal: headings in several lines, and a first column that wraps. */
import Table from "cli-table3";

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
    wordWrap: true,
    wrapOnWordBoundary: longestWord(rows) <= widths[0],
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

/** Of the names: where the column is narrower, they are broken within words, for no part of them may be lost. */
function longestWord(rows: readonly (readonly string[])[]): number {
  return Math.max(0, ...rows.flatMap(([name]) => name.split(" ").map(({ length }) => length)));
}

function longestLine(text: string): number {
  return Math.max(...text.split("\n").map(({ length }) => length));
}
