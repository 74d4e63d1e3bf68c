/** Two folders' comparison as rows of typed columns, as lines of a table, and in words. */
import type {
  FolderCellComparison,
  FolderCounts,
  FoldersCompared,
  FolderVerdict,
} from "../../analysis/compare-folders.js";
import { counted, number } from "../../counted.js";
import type { AxisName } from "../../model/axes.js";
import { cellName, differingAxes, phrases, shownAxes } from "../../model/cells.js";
import { chanceText } from "./comparison-words.js";
import {
  axisColumns,
  axisValues,
  type Column,
  type ResultRows,
  type Value,
} from "./result-rows.js";

export interface FoldersReport extends FoldersCompared {
  readonly before: string;
  readonly after: string;
  /** The largest RMSE of a converged trial, in original units. */
  readonly threshold: number;
  /** Sentences without their end. */
  readonly notes: readonly string[];
}

const COUNTS: readonly Column[] = [
  { name: "verdict", type: "text" },
  { name: "shared", type: "integer" },
  ...["before", "after"].flatMap((side) =>
    ["trials", "converged", "dead_neurons"].map(
      (name): Column => ({ name: `${side}_${name}`, type: "integer" }),
    ),
  ),
  { name: "differing", type: "integer" },
  { name: "p_holm", type: "measured" },
];

/** A row for each cell. */
export function folderRows({ cells }: FoldersReport): ResultRows {
  const axes = shownAxes(cells.map(({ cell }) => cell));
  const rows = cells.map(({ cell, verdict, shared, before, after, differing, p }): Value[] => [
    ...axisValues(cell, axes),
    verdict,
    shared,
    ...countValues(before),
    ...countValues(after),
    differing.length,
    p,
  ]);
  return { columns: [...axisColumns(axes), ...COUNTS], parts: [rows] };
}

function countValues(counts: FolderCounts | null): Value[] {
  return [counts?.trials ?? null, counts?.converged ?? null, counts?.deadNeurons ?? null];
}

/** What needs a look: all verdicts but `same` and `cannot tell`. */
const TOLD: readonly FolderVerdict[] = ["contradiction", "moved", "appeared", "vanished"];

export const FOLDER_HEAD = ["cell", "seeds", "converged", "dead neurons", "p (Holm)", "verdict"];

/** A line for each cell that needs a look, under `FOLDER_HEAD`. */
export function folderLines({ cells }: FoldersReport): string[][] {
  const differing = differingAxes(cells.map(({ cell }) => cell));
  return cells
    .filter(({ verdict }) => TOLD.includes(verdict))
    .map((row) => [
      nameOf(row, differing),
      row.shared > 0 ? number(row.shared) : "",
      changed(row, ({ converged }) => converged),
      changed(row, ({ deadNeurons }) => deadNeurons),
      row.p === null ? "" : chanceText(row.p),
      row.verdict,
    ]);
}

function nameOf({ cell }: FolderCellComparison, differing: readonly AxisName[]): string {
  return differing.length > 0 ? phrases(cell, differing) : cellName(cell);
}

/** `5 → 4` */
function changed(
  { before, after }: FolderCellComparison,
  of: (counts: FolderCounts) => number,
): string {
  const [from, to] = [before, after].map((counts) => (counts ? number(of(counts)) : "none"));
  return from === to ? from : `${from} → ${to}`;
}

/** How many cells of which verdict, the totals, and what contradicts itself: a sentence or so each. */
export function foldersText(report: FoldersReport): string[] {
  const { before, after, cells, totals, threshold, notes } = report;
  const verdicts: readonly FolderVerdict[] = ["same", "cannot tell", ...TOLD];
  const counts = verdicts
    .map((verdict) => [verdict, cells.filter((cell) => cell.verdict === verdict).length] as const)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${number(count)} ${verdict}`);
  const sentences = [
    `${before} → ${after}: ${counted(cells.length, "cell")}, of which ${counts.join(", ")}.`,
  ];
  if (totals) {
    const { converged, shared, difference, interval, p } = totals;
    const percent = (share: number) => `${share > 0 ? "+" : ""}${(100 * share).toFixed(1)}`;
    const isSame = cells.every((cell) => cell.differing.length === 0);
    sentences.push(
      isSame
        ? `All ${counted(shared, "trial")} with seeds that both have are the same; ${number(converged[0])} converged (RMSE at most ${threshold}).`
        : `Of ${counted(shared, "trial")} with seeds that both have, ${number(converged[0])} → ` +
            `${number(converged[1])} converged (RMSE at most ${threshold}): ${percent(difference)} ` +
            `points, 95 % interval ${percent(interval.low)} to ${percent(interval.high)}, p ${chanceText(p)}.`,
    );
  }
  const wrong = cells.filter(({ verdict }) => verdict === "contradiction");
  if (wrong.length > 0) {
    const [{ cell, differing }] = wrong;
    sentences.push(
      `Contradiction: ${counted(wrong.length, "cell")} with trials of the same key and seed that have ` +
        `other numbers, as seed ${differing[0]} of ${cellName(cell)}; lrn check --results ` +
        "says which folder is right.",
    );
  }
  return [...sentences, ...notes.map((note) => `Note: ${note}.`)];
}
