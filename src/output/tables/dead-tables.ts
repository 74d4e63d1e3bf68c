/** Figures 4.1 and 4.22, means of dead layers and dead neurons, ours beside the thesis's. */

import type { ConvergedMean } from "../../analysis/converged-means.js";
import { counted } from "../../counted.js";
import { headingOf } from "../../model/cells.js";
import { THESIS_CONNECTIONS, type ThesisConnection } from "../../thesis/experiment.js";
import type { DeadLayersTable, DeadNeuronDecline } from "../../thesis/published.js";
import { publishedResults } from "../../thesis/published-results.js";
import type { FigureTable, Pair } from "./figure-table.js";
import { countText, meanText } from "./side-by-side.js";

const MEANS_NOTE =
  "Means are over the converged trainings; ± is the half of ours' 95 % interval. The thesis gives no spread.";

/** @param means one per depth of the thesis's, by depth */
export function deadLayersSideBySide(
  means: readonly ConvergedMean[],
  published: DeadLayersTable,
): FigureTable {
  const { cell: deepest, interval } = means.at(-1)!;
  const thesis = publishedResults.convergenceTables.find(
    ({ optimizer, learningRate }) =>
      optimizer === published.optimizer && learningRate === published.learningRate,
  )!;
  const countOf = (depth: number) =>
    thesis.cells.find(
      (cell) =>
        cell.depth === depth &&
        cell.connection === published.connection &&
        cell.trainingStyle === published.trainingStyle,
    )!.converged;
  return {
    title: interval
      ? `Late-residual networks of depth ${deepest.depth} converge with ${meanText(interval.mean, 1)} dead layers on average`
      : `No late-residual network of depth ${deepest.depth} converges`,
    subtitle:
      `${settingText(published)}, late-residual. Ours: ${counted(means[0].trials, "training")} per cell, ` +
      `the thesis: ${thesis.trialsPerCell}.`,
    labels: ["Depth"],
    groups: [{ name: "", measures: ["Total converged", "Dead layers"] }],
    rows: means.map((ours) => {
      const { depth } = ours.cell;
      const { connection } = published;
      const counts = {
        ours: countText(ours.converged, ours.trials, thesis.trialsPerCell),
        thesis: String(countOf(depth)),
      };
      const pairs = [counts, meanPair(ours, published.deadLayersByDepth[depth])];
      return { tone: connection, labels: [String(depth)], parts: [{ pairs }] };
    }),
    notes: [MEANS_NOTE, `The counts are those of Figure ${thesis.figure}.`],
  };
}

/** @param means one for each depth and connection of the thesis's */
export function deadNeuronsSideBySide(
  means: readonly ConvergedMean[],
  published: DeadNeuronDecline,
): FigureTable {
  return {
    ...declineHeading(means, published),
    labels: ["Depth", "Connection", "Converged"],
    groups: [{ name: "", measures: ["Dead neurons"] }],
    rows: means.map((ours) => {
      const { depth } = ours.cell;
      const connection = ours.cell.connection as ThesisConnection;
      const pair = meanPair(ours, published.deadNeurons[connection][depth]);
      return {
        tone: connection,
        labels: [String(depth), connection, `${ours.converged} of ${ours.trials}`],
        parts: [{ pairs: [pair] }],
      };
    }),
    notes: [
      MEANS_NOTE,
      "The thesis says that it trained until 3 converged, but means such as its 4.71 are no thirds of whole numbers: " +
        "they are over more, and it does not say how many.",
    ],
  };
}

/** What Figures 4.22 and 4.23 say above their numbers: means differ where their intervals do not overlap. */
export function declineHeading(
  means: readonly ConvergedMean[],
  published: DeadNeuronDecline,
): Pick<FigureTable, "title" | "subtitle"> {
  const depths = [...new Set(means.map(({ cell }) => cell.depth))];
  const rangeOf = (depth: number, connection: ThesisConnection) =>
    rangeAround(
      means.find(({ cell }) => cell.depth === depth && cell.connection === connection)?.interval,
    );
  const count = (isSo: (depth: number) => boolean) => depths.filter(isSo).length;
  const [plain, late] = THESIS_CONNECTIONS;
  const more = count((depth) => rangeOf(depth, late).low > rangeOf(depth, plain).high);
  const fewer = count((depth) => rangeOf(depth, late).high < rangeOf(depth, plain).low);
  const { deadNeurons } = published;
  const thesis = count((depth) => deadNeurons[late][depth] < deadNeurons[plain][depth]);
  return {
    title:
      `Converged late-residual networks of width ${published.width} have more dead neurons ` +
      `than plain ones at ${more || "none"} of ${depths.length} depths, and fewer at ${fewer || "none"}`,
    subtitle:
      `Counted are depths at which the 95 % intervals do not overlap. The thesis's have fewer at ${thesis || "none"}. ` +
      `${settingText(published)}; ours: ${counted(means[0].trials, "training")} per cell.`,
  };
}

/** All where there is no interval: nothing is known to be more or fewer then. */
function rangeAround(interval: ConvergedMean["interval"] | undefined) {
  const reach = interval?.reach ?? Number.POSITIVE_INFINITY;
  const mean = interval?.mean ?? 0;
  return { low: mean - reach, high: mean + reach };
}

function meanPair({ interval }: ConvergedMean, thesis: number): Pair {
  return {
    ours: meanText(interval?.mean, 2),
    thesis: meanText(thesis, 2),
    ...(interval?.reach != null && { reach: meanText(interval.reach, 2) }),
  };
}

function settingText({
  optimizer,
  learningRate,
  trainingStyle,
  width,
}: Omit<DeadLayersTable, "connection" | "deadLayersByDepth" | "figure">): string {
  return `${headingOf("optimizer", optimizer)}, learning rate ${learningRate}, ${trainingStyle}, width ${width}`;
}
