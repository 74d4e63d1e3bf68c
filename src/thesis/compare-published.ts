/** A convergence table of the thesis, cell by cell beside ours. */
import type { CellSummary } from "../analysis/cell-summaries.js";
import { type ConvergenceTable, cellIn } from "../analysis/convergence-tables.js";
import { countDifferences, FALSE_ALARM_LEVEL } from "../analysis/count-differences.js";
import type { PublishedCell, PublishedTable } from "./published.js";

export interface ComparedCell {
  readonly ours: CellSummary;
  readonly thesis: PublishedCell;
  /** No one convergence rate explains both counts. All cells of the table share one false-alarm level. */
  readonly differs: boolean;
}

/**
 * @param ours a table with every cell of the thesis's
 * @throws Error where a cell is missing
 */
export function compareWithPublished(
  ours: ConvergenceTable,
  published: PublishedTable,
): ComparedCell[] {
  const pairs = published.cells.map((thesis) => {
    const { depth, connection, trainingStyle } = thesis;
    const cell = cellIn(ours, { depth, connection, trainingStyle });
    if (!cell) throw new Error(`Figure ${published.figure} lacks a cell of depth ${depth}`);
    return { ours: cell, thesis };
  });
  const { trialsPerCell: trials } = published;
  const p = countDifferences(
    pairs.map(({ ours, thesis }) => [ours, { trials, converged: thesis.converged }]),
  );
  return pairs.map((pair, i) => ({ ...pair, differs: p[i] <= FALSE_ALARM_LEVEL }));
}
