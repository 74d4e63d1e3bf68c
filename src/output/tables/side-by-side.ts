/** The convergence tables, ours beside the thesis's. */
import type { CellSummary } from "../../analysis/cells.js";
import type { ConvergenceTable } from "../../analysis/convergence-tables.js";
import { fisherExactTest } from "../../analysis/exact-tests.js";
import { holmAdjusted } from "../../analysis/holm.js";
import { CONNECTIONS, TRAINING_STYLES } from "../../model/trial.js";
import type { PublishedCell, ConvergenceTable as PublishedTable } from "../../thesis/published.js";
import { DID_NOT_CONVERGE, STYLE_COLUMNS, tableTitle } from "./convergence-grid.js";
import { DIFFERS, type FigureTable, type FigureTableRow, type RowPart } from "./figure-table.js";

/** The probability of a single false mark in a table. */
const FALSE_ALARMS = 0.05;

/** A cell of ours and the thesis's. */
interface CellPair {
  readonly ours: CellSummary;
  readonly thesis: PublishedCell;
}

/**
 * @param ours a table with every cell of the thesis's
 * @throws Error where a cell is missing
 */
export function convergenceSideBySide(
  ours: ConvergenceTable,
  published: PublishedTable,
): FigureTable {
  const pairs = published.cells.map((thesis): CellPair => {
    const row = ours.rows.find(
      ({ depth, connection }) => depth === thesis.depth && connection === thesis.connection,
    );
    const cell = row?.cells[thesis.trainingStyle];
    if (!cell) throw new Error(`Figure ${published.figure} lacks a cell of depth ${thesis.depth}`);
    return { ours: cell, thesis };
  });
  const { trialsPerCell } = published;
  const differing = differingCells(pairs, trialsPerCell);
  const trials = pairs[0].ours.trials;
  const partOf = (pair: CellPair) => partOfCell(pair, trialsPerCell, differing.has(pair));
  return {
    title: titleOf(ours, pairs),
    subtitle:
      `${tableTitle(ours)}. Ours: ${trials} trainings a cell, the thesis: ${trialsPerCell}. ` +
      "Means are over the converged trainings.",
    labels: ["Depth", "Connection"],
    groups: TRAINING_STYLES.map((style) => ({
      name: style === "iterative" ? "Iterative" : "Batch",
      measures: STYLE_COLUMNS,
    })),
    rows: [...cellRows(pairs, partOf), ...totalRows(ours, published, trials)],
    notes: [
      marksNote(differing.size, pairs.length),
      "Totals are not tested (their cells share seeds); neither are means (the thesis gives no spread).",
      "–: no training converged. Our training time is a batch's, divided by the batch's trainings.",
    ],
  };
}

/** Those whose two counts one convergence rate does not explain. */
function differingCells(pairs: readonly CellPair[], trialsPerCell: number): Set<CellPair> {
  const pValues = pairs.map(({ ours, thesis }) =>
    fisherExactTest([
      [ours.converged, ours.trials - ours.converged],
      [thesis.converged, trialsPerCell - thesis.converged],
    ]),
  );
  const rejected = holmAdjusted(pValues).map((p) => p <= FALSE_ALARMS);
  return new Set(pairs.filter((_, index) => rejected[index]));
}

function marksNote(differing: number, cells: number): string {
  const test =
    `Fisher's exact test of each cell's two counts, with Holm's correction: ` +
    `at most ${FALSE_ALARMS * 100} % chance of a false mark among the ${cells} cells`;
  return differing === 0
    ? `Chance explains every difference in the counts (${test}).`
    : `${DIFFERS} chance does not explain the difference (${test}).`;
}

function titleOf(ours: ConvergenceTable, pairs: readonly CellPair[]): string {
  const counts = CONNECTIONS.map((connection) => {
    const of = pairs.filter(({ thesis }) => thesis.connection === connection);
    const converged = of.reduce((sum, pair) => sum + pair.ours.converged, 0);
    const trials = of.reduce((sum, pair) => sum + pair.ours.trials, 0);
    return `${converged} of ${trials} ${connection}`;
  });
  const optimizer = ours.optimizer === "adam" ? "Adam" : "SGD";
  return `${optimizer} at ${ours.learningRate}: ${counts.join(" and ")} networks converge`;
}

/** A row per depth and connection, in the thesis's order. */
function cellRows(
  pairs: readonly CellPair[],
  partOf: (pair: CellPair) => RowPart,
): FigureTableRow[] {
  const depths = [...new Set(pairs.map(({ thesis }) => thesis.depth))];
  return depths.flatMap((depth) =>
    CONNECTIONS.map((connection) => ({
      tone: connection,
      labels: [String(depth), connection],
      parts: TRAINING_STYLES.map((style) =>
        partOf(
          pairs.find(
            ({ thesis }) =>
              thesis.depth === depth &&
              thesis.connection === connection &&
              thesis.trainingStyle === style,
          )!,
        ),
      ),
    })),
  );
}

function partOfCell({ ours, thesis }: CellPair, trialsPerCell: number, differs: boolean): RowPart {
  const converged = {
    ours: countText(ours.converged, ours.trials, trialsPerCell),
    thesis: String(thesis.converged),
    differs,
  };
  if (!ours.means && thesis.converged === 0) return { pairs: [converged], rest: DID_NOT_CONVERGE };
  const seconds = thesis.trainingTimeSeconds;
  return {
    pairs: [
      converged,
      { ours: meanText(ours.means?.deadNeurons, 2), thesis: meanText(thesis.deadNeurons, 2) },
      { ours: meanText(ours.means?.deadLayers, 2), thesis: meanText(thesis.deadLayers, 2) },
      {
        ours: meanText(ours.means?.trainMs, 3),
        thesis: meanText(seconds === null ? null : seconds * 1000, 0),
      },
    ],
  };
}

function totalRows(
  ours: ConvergenceTable,
  published: PublishedTable,
  trials: number,
): FigureTableRow[] {
  const depths = new Set(published.cells.map(({ depth }) => depth)).size;
  return ours.totals.map(({ connection, converged }) => ({
    tone: "total",
    labels: ["Total", connection],
    parts: TRAINING_STYLES.map((style) => ({
      pairs: [
        {
          ours: countText(converged[style] ?? 0, trials * depths, published.trialsPerCell * depths),
          thesis: String(published.totals[connection][style]),
        },
      ],
      rest: "",
    })),
  }));
}

/** A count beside the thesis's: says of how many, where it is of others. */
export function countText(converged: number, trials: number, thesisTrials: number): string {
  return trials === thesisTrials ? String(converged) : `${converged}/${trials}`;
}

/** A dash where no training converged. */
export function meanText(mean: number | null | undefined, decimals: number): string {
  return mean === null || mean === undefined ? "–" : mean.toFixed(decimals);
}
