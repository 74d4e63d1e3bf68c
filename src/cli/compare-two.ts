/** `lrn compare <dir> <other>`: two results folders against each other. */
import { compareFolders } from "../analysis/compare-folders.js";
import { csvOfRows } from "../output/formats/csv.js";
import {
  FOLDER_HEAD,
  type FoldersReport,
  folderLines,
  folderRows,
  foldersText,
} from "../output/formats/folder-comparison.js";
import { escapeMarkdown, markdownTable } from "../output/formats/markdown.js";
import { visible } from "../output/visible.js";
import { wrapped } from "../output/wrapped.js";
import { readFolderCells } from "../runs/cells-to-compare.js";
import type { Console } from "./console.js";
import { EXIT } from "./exit-codes.js";
import { fittedTable } from "./fitted-table.js";
import { readWhere } from "./where.js";

export interface TwoFolders {
  readonly before: string;
  readonly after: string;
  readonly where: readonly string[];
  /** The largest RMSE of a converged trial; the first folder's, unless told. */
  readonly threshold: number | undefined;
  readonly format: "text" | "json" | "csv" | "markdown";
}

/** @returns the exit code: 1 where the same trial has other numbers in the other folder */
export async function compareTwo(request: TwoFolders, console: Console): Promise<number> {
  const [a, b] = [await readFolderCells(request.before), await readFolderCells(request.after)];
  const where = readWhere(request.where, [...a.byGrid, ...b.byGrid]);
  const [before, after] = [a, b].map(({ cells, byGrid }) => {
    const left = new Set(byGrid.filter(where.has).map(({ index }) => index));
    return cells.filter((_, index) => left.has(index));
  });
  const threshold = request.threshold ?? a.threshold;
  const isSame = request.threshold !== undefined || a.threshold === b.threshold;
  const report: FoldersReport = {
    before: visible(request.before),
    after: visible(request.after),
    threshold,
    ...compareFolders(before, after, threshold),
    notes: isSame
      ? []
      : [`${visible(request.after)} itself counts an RMSE to ${b.threshold} as converged`],
  };
  await print(report, request.format, console);
  const contradicts = report.cells.some(({ verdict }) => verdict === "contradiction");
  return contradicts ? EXIT.failed : EXIT.done;
}

async function print(
  report: FoldersReport,
  format: TwoFolders["format"],
  console: Console,
): Promise<void> {
  const lines = folderLines(report);
  const { columns } = console.stdout;
  switch (format) {
    case "csv":
      return console.print(csvOfRows(folderRows(report)));
    case "json":
      return console.out(JSON.stringify(report, null, 2));
    case "markdown": {
      const table = markdownTable(FOLDER_HEAD, lines, ["l", "r", "r", "r", "r", "l"]);
      const about = foldersText(report).map(escapeMarkdown).join("\n");
      return console.out(lines.length > 0 ? `${table}\n\n${about}` : about);
    }
    case "text": {
      const about = foldersText(report).map((sentence) => wrapped(sentence, columns));
      const table = lines.length > 0 ? [fittedTable(FOLDER_HEAD, lines, columns)] : [];
      return console.show([...about, ...table].join("\n"));
    }
  }
}
