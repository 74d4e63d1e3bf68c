/** The convergence tables, ours beside the thesis's. */

import type { ConvergenceTable } from "../../analysis/convergence-tables.js";
import { FALSE_ALARM_LEVEL, mostUnnoticed } from "../../analysis/count-differences.js";
import { counted } from "../../counted.js";
import { headingOf } from "../../model/cells.js";
import { type ComparedCell, compareWithPublished } from "../../thesis/compare-published.js";
import {
  THESIS_CONNECTIONS,
  THESIS_STYLES,
  type ThesisConnection,
  type ThesisStyle,
} from "../../thesis/experiment.js";
import type { PublishedTable } from "../../thesis/published.js";
import { DID_NOT_CONVERGE, tableTitle } from "./convergence-grid.js";
import { DIFFERS, type FigureTable, type FigureTableRow, type RowPart } from "./figure-table.js";

/**
 * Training times are left out: the thesis's seconds are of one training alone, on another machine.
 *
 * @param ours a table with every cell of the thesis's
 * @throws Error where a cell is missing
 */
export function convergenceSideBySide(
  ours: ConvergenceTable,
  published: PublishedTable,
): FigureTable {
  const pairs = compareWithPublished(ours, published);
  const { trialsPerCell } = published;
  const trials = pairs[0].ours.trials;
  const differing = pairs.filter(({ differs }) => differs).length;
  return {
    title: titleOf(ours, pairs),
    subtitle:
      `${tableTitle(ours)}. Ours: ${counted(trials, "training")} per cell, the thesis: ${trialsPerCell}. ` +
      "Means are over the converged trainings.",
    labels: ["Depth", "Connection"],
    groups: THESIS_STYLES.map((style) => ({
      name: headingOf("trainingStyle", style),
      measures: ["Total converged", "Dead neurons", "Dead layers"],
    })),
    rows: [...cellRows(pairs, trialsPerCell), ...totalRows(ours, published, trials)],
    notes: [
      marksNote(differing, pairs.length, trials, trialsPerCell),
      "Totals are not tested (their cells share seeds); neither are means (the thesis gives no spread).",
      "–: no training converged. Training times are left out: the thesis's are of another machine.",
    ],
  };
}

/** Few trainings prove little, so the note says how large a difference has no mark. */
function marksNote(differing: number, cells: number, ours: number, thesis: number): string {
  const unseen = mostUnnoticed(ours, thesis, cells - differing);
  const largest = unseen > 0 ? `0 of ${ours} against ${unseen} of ${thesis}` : undefined;
  const test =
    `Fisher's exact test of each cell's two counts, with Holm's correction: ` +
    `at most ${FALSE_ALARM_LEVEL * 100} % chance of a false mark among the ${cells} cells`;
  return differing === 0
    ? `No difference in the counts is significant${largest ? `; ${largest} would not be` : ""} (${test}).`
    : `${DIFFERS} a significant difference${largest ? `; ${largest} would not be one` : ""} (${test}).`;
}

function titleOf(ours: ConvergenceTable, pairs: readonly ComparedCell[]): string {
  const counts = THESIS_CONNECTIONS.map((connection) => {
    const of = pairs.filter(({ thesis }) => thesis.connection === connection);
    const converged = of.reduce((sum, pair) => sum + pair.ours.converged, 0);
    const trials = of.reduce((sum, pair) => sum + pair.ours.trials, 0);
    return `${converged} of ${trials} ${connection}`;
  });
  const optimizer = headingOf("optimizer", ours.title.optimizer);
  return `${optimizer} at ${ours.title.learningRate}: ${counts.join(" and ")} networks converge`;
}

/** A row per depth and connection, in the thesis's order. */
function cellRows(pairs: readonly ComparedCell[], trialsPerCell: number): FigureTableRow[] {
  const depths = [...new Set(pairs.map(({ thesis }) => thesis.depth))];
  return depths.flatMap((depth) =>
    THESIS_CONNECTIONS.map((connection) => ({
      tone: connection,
      labels: [String(depth), connection],
      parts: THESIS_STYLES.map((style) =>
        partOfCell(
          pairs.find(
            ({ thesis }) =>
              thesis.depth === depth &&
              thesis.connection === connection &&
              thesis.trainingStyle === style,
          )!,
          trialsPerCell,
        ),
      ),
    })),
  );
}

function partOfCell({ ours, thesis, differs }: ComparedCell, trialsPerCell: number): RowPart {
  const converged = {
    ours: countText(ours.converged, ours.trials, trialsPerCell),
    thesis: String(thesis.converged),
    differs,
  };
  if (!ours.means && thesis.converged === 0) return { pairs: [converged], rest: DID_NOT_CONVERGE };
  return {
    pairs: [
      converged,
      { ours: meanText(ours.means?.deadNeurons, 2), thesis: meanText(thesis.deadNeurons, 2) },
      { ours: meanText(ours.means?.deadLayers, 2), thesis: meanText(thesis.deadLayers, 2) },
    ],
  };
}

function totalRows(
  ours: ConvergenceTable,
  published: PublishedTable,
  trials: number,
): FigureTableRow[] {
  const depths = new Set(published.cells.map(({ depth }) => depth)).size;
  return THESIS_CONNECTIONS.map((connection) => ({
    tone: "total",
    labels: ["Total", connection],
    parts: THESIS_STYLES.map((style) => ({
      pairs: [
        {
          ours: countText(
            totalOf(ours, connection, style),
            trials * depths,
            published.trialsPerCell * depths,
          ),
          thesis: String(published.totals[connection][style]),
        },
      ],
      rest: "",
    })),
  }));
}

function totalOf(ours: ConvergenceTable, connection: ThesisConnection, style: ThesisStyle): number {
  const group = ours.groups.findIndex(({ trainingStyle }) => trainingStyle === style);
  return ours.totals.find(({ axes }) => axes.connection === connection)?.converged[group] ?? 0;
}

/** A count beside the thesis's: says of how many, where it is of others. */
export function countText(converged: number, trials: number, thesisTrials: number): string {
  return trials === thesisTrials ? String(converged) : `${converged}/${trials}`;
}

/** A dash where no training converged. */
export function meanText(mean: number | null | undefined, decimals: number): string {
  return mean === null || mean === undefined ? "–" : mean.toFixed(decimals);
}
