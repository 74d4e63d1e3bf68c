/** Figures 4.1 and 4.22, means of dead layers and dead neurons, ours beside the thesis's. */

import { counted } from "../../counted.js";
import type { CellSummary } from "../../analysis/cell-summaries.js";
import { headingOf } from "../../model/cells.js";
import { THESIS_CONNECTIONS, type ThesisConnection } from "../../thesis/experiment.js";
import type { DeadLayersTable, DeadNeuronDecline } from "../../thesis/published.js";
import { publishedResults } from "../../thesis/published-results.js";
import type { FigureTable, RowPart } from "./figure-table.js";
import { countText, meanText } from "./side-by-side.js";

const MEANS_UNTESTED = "Means are not tested: the thesis gives no spread.";
const NONE_CONVERGED = "–: no training converged.";

/** @param cells one per depth of the thesis's, by depth */
export function deadLayersSideBySide(
  cells: readonly CellSummary[],
  published: DeadLayersTable,
): FigureTable {
  const deepest = cells.at(-1)!;
  const { depth } = deepest.cell;
  const { trials } = cells[0];
  return {
    title: deepest.means
      ? `Late-residual networks of depth ${depth} converge with ${meanText(deepest.means.deadLayers, 1)} dead layers on average`
      : `No late-residual network of depth ${depth} converges`,
    subtitle: `${settingText(published)}, late-residual. Ours: ${counted(trials, "training")} per cell, the thesis: 10.`,
    labels: ["Depth"],
    groups: [{ name: "", measures: ["Total converged", "Dead layers"] }],
    rows: cells.map(({ cell, converged, trials, means }) => {
      const thesis = publishedResults.convergenceTables
        .filter((table) => table.optimizer === cell.optimizer)
        .find((table) => table.learningRate === cell.learningRate)!;
      const counted = thesis.cells.find(
        ({ depth, connection, trainingStyle }) =>
          depth === cell.depth &&
          connection === cell.connection &&
          trainingStyle === cell.trainingStyle,
      )!;
      return {
        tone: cell.connection,
        labels: [String(cell.depth)],
        parts: [
          {
            pairs: [
              {
                ours: countText(converged, trials, thesis.trialsPerCell),
                thesis: String(counted.converged),
              },
              {
                ours: meanText(means?.deadLayers, 2),
                thesis: meanText(published.deadLayersByDepth[cell.depth], 2),
              },
            ],
          },
        ],
      };
    }),
    notes: [
      "Dead layers are means over the converged trainings; the counts, of Figure 4.15, are tested there.",
      `${MEANS_UNTESTED} ${NONE_CONVERGED}`,
    ],
  };
}

/** A cell that was trained until enough trainings converged, or until a cap. */
export interface DeclineCell {
  readonly summary: CellSummary;
  readonly reached: boolean;
}

/** @param cells one for each depth and connection of the thesis's */
export function deadNeuronsSideBySide(
  cells: readonly DeclineCell[],
  published: DeadNeuronDecline,
  count: number,
  cap: number,
): FigureTable {
  const depths = [...new Set(cells.map(({ summary }) => summary.cell.depth))];
  const cellOf = (depth: number, connection: ThesisConnection) =>
    cells.find(({ summary: { cell } }) => cell.depth === depth && cell.connection === connection)!;
  const ours = fewerDead(
    depths,
    (depth, connection) => cellOf(depth, connection).summary.means?.deadNeurons,
  );
  const thesis = fewerDead(depths, (depth, connection) => published.deadNeurons[connection][depth]);
  return {
    title:
      `Converged late-residual networks of width ${published.width} have fewer dead neurons ` +
      `than plain ones at ${ours} of ${depths.length} depths`,
    subtitle:
      `The thesis's have at ${thesis}. ${settingText(published)}; ` +
      `ours: seeds 0, 1, 2, … until ${count} converged.`,
    labels: ["Depth"],
    groups: THESIS_CONNECTIONS.map((name) => ({ name, measures: ["Dead neurons", "Trainings"] })),
    rows: depths.map((depth) => ({
      tone: "neutral",
      labels: [String(depth)],
      parts: THESIS_CONNECTIONS.map((connection): RowPart => {
        const { summary } = cellOf(depth, connection);
        return {
          pairs: [
            {
              ours: meanText(summary.means?.deadNeurons, 2),
              thesis: meanText(published.deadNeurons[connection][depth], 2),
            },
            { ours: String(summary.trials), thesis: "?" },
          ],
        };
      }),
    })),
    notes: [
      ...cells.filter(({ reached }) => !reached).map((cell) => unreachedNote(cell, cap)),
      `Dead neurons are means over the converged trainings, ours over exactly ${count}. The thesis says ` +
        `that it trained until ${count} converged, but means such as its 4.71 are no thirds of whole ` +
        "numbers, so they are over more; over how many trainings it does not say.",
      MEANS_UNTESTED,
    ],
  };
}

/** A cell that never got there says so. */
export function unreachedNote({ summary }: DeclineCell, cap: number): string {
  const { cell, converged } = summary;
  return (
    `Depth ${cell.depth}, ${cell.connection}: only ${converged} of the first ${cap} seeds ` +
    "converged; its mean is over these."
  );
}

/** At how many depths late-residual networks have the smaller mean. */
function fewerDead(
  depths: readonly number[],
  meanOf: (depth: number, connection: ThesisConnection) => number | undefined,
): number {
  return depths.filter((depth) => {
    const [plain, late] = THESIS_CONNECTIONS.map((connection) => meanOf(depth, connection));
    return plain !== undefined && late !== undefined && late < plain;
  }).length;
}

function settingText({
  optimizer,
  learningRate,
  trainingStyle,
  width,
}: Omit<DeadLayersTable, "connection" | "deadLayersByDepth" | "figure">): string {
  return `${headingOf("optimizer", optimizer)}, learning rate ${learningRate}, ${trainingStyle}, width ${width}`;
}
