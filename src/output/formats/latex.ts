/** LaTeX tables with booktabs, to be pasted into a document. */
import type { ConvergenceTable } from "../../analysis/convergence-tables.js";
import {
  type GridPart,
  type GridRow,
  gridColumns,
  gridRows,
  groupName,
  headsOf,
  rowHeads,
  tableSlugs,
} from "../tables/convergence-grid.js";
import type { TableChoices } from "../tables/count-columns.js";
import { tableCaption, tableHeading } from "../tables/table-heading.js";
import { type ResultRows, readable } from "./result-rows.js";

/** A float for each table, its columns grouped by training style. */
export function* latexOfTables(
  tables: readonly ConvergenceTable[],
  choices: TableChoices = {},
): Generator<string> {
  yield "% Needs \\usepackage{booktabs}.\n";
  for (const table of tables) yield `\n${tableFloat(table, choices)}`;
}

function tableFloat(table: ConvergenceTable, choices: TableChoices): string {
  const { groups } = table;
  const shown = gridColumns(table, choices);
  const rows = gridRows(table, shown);
  const heads = rowHeads(table);
  const ofGroup = headsOf(shown);
  const columns = groups.flatMap(() => ofGroup);
  const alignment = `r${"l".repeat(heads.length - 1)}${"r".repeat(columns.length)}`;
  const first = (group: number) => heads.length + 1 + group * ofGroup.length;
  return `\\begin{table}
  \\centering
  \\scriptsize
  \\setlength{\\tabcolsep}{3pt}
  \\caption{${escapeLatex(`${tableHeading(table)}. ${tableCaption(table, choices)}.`)}}
  \\label{tab:${tableSlugs(table).join("-")}}
  \\begin{tabular}{@{}${alignment}@{}}
    \\toprule
    ${line([...heads.map(() => ""), ...groups.map((group) => `\\multicolumn{${ofGroup.length}}{c}{${escapeLatex(groupName(group))}}`)])}
    ${groups.map((_, i) => `\\cmidrule(lr){${first(i)}-${first(i + 1) - 1}}`).join(" ")}
    ${line([...heads, ...columns.map(stacked)])}
    \\midrule
${lines(rows.filter(({ kind }) => kind === "cell"))}
    \\midrule
${lines(rows.filter(({ kind }) => kind === "total"))}
    \\bottomrule
  \\end{tabular}
\\end{table}
`;
}

function lines(rows: readonly GridRow[]): string {
  return rows
    .map(({ kind, labels, groups }) => {
      const total = `\\multicolumn{${labels.length + 1}}{l}{Total, ${labels.join(", ")}}`;
      return `    ${line([...(kind === "total" ? [total] : labels), ...groups.flatMap(latexPart)])}`;
    })
    .join("\n");
}

function latexPart({ counts, means, instead }: GridPart): string[] {
  const escaped = counts.map(escapeLatex);
  return instead === undefined
    ? [...escaped, ...means]
    : [...escaped, `\\multicolumn{${means.length}}{c}{${instead}}`];
}

/** A word a line: two halves of four columns must fit a page's width. */
function stacked(heading: string): string {
  return `\\shortstack[r]{${escapeLatex(heading).replaceAll(" ", "\\\\")}}`;
}

/** One table that goes on over as many pages as it needs. */
export function* latexOfRows({ columns, parts }: ResultRows): Generator<string> {
  const alignment = columns.map(({ type }) => (type === "text" ? "l" : "r")).join("");
  yield `% Needs \\usepackage{booktabs,longtable}; as wide as it is, a page in landscape.
{\\tiny
\\setlength{\\tabcolsep}{3pt}
\\begin{longtable}{${alignment}}
  \\toprule
  ${line(columns.map(({ name }) => escapeLatex(name)))}
  \\midrule
  \\endhead
  \\bottomrule
  \\endfoot
`;
  for (const rows of parts) {
    for (const row of rows) {
      yield `  ${line(row.map((value, i) => escapeLatex(readable(value, columns[i]))))}\n`;
    }
  }
  yield "\\end{longtable}}\n";
}

/** An opening bracket behind a line's end would be read as that line's extra space. */
function line(cells: readonly string[]): string {
  return `${cells.join(" & ").replace(/^\[/, "{[}")} \\\\`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
};

export function escapeLatex(text: string): string {
  return text.replace(/[\\{}$&#^_~%<>]/g, (sign) => ESCAPES[sign] ?? `\\${sign}`);
}
