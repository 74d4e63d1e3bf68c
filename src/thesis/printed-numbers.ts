/** The thesis's printed counts and means, one by one, as numbers that ours can be held against. */
import type { PublishedNumber } from "../analysis/published-numbers.js";
import type { PartialCell } from "../model/axes.js";
import { THESIS_CONNECTIONS, THESIS_EPOCHS } from "./experiment.js";
import { publishedResults } from "./published-results.js";

/** The thesis prints means of dead neurons and layers to so many decimals. */
const DECIMALS = 2;

/** Section 4: the thesis says that cells of Figures 4.1 and 4.22 were trained until three had converged. */
const CONVERGED_OF_FIGURE_4_22 = 3;

/**
 * The 168 counts, and the means of dead neurons and dead layers over the trainings that converged. Figure 4.1 prints
 * means of Figure 4.15 again.
 */
export function thesisNumbers(): PublishedNumber[] {
  const { convergenceTables, deadNeuronDecline } = publishedResults;
  const inTables = convergenceTables.flatMap(({ cells, figure, trialsPerCell: trials, ...table }) =>
    cells.flatMap(({ depth, connection, trainingStyle, converged, ...means }) => {
      const { optimizer, learningRate, width } = table;
      const recipe = { optimizer, learningRate, trainingStyle, epochs: THESIS_EPOCHS };
      const where = { depth, width, connection, ...recipe };
      const of = { from: `Figure ${figure}`, where };
      const count: PublishedNumber = {
        kind: "count",
        ...of,
        measure: "converged",
        trials,
        count: converged,
      };
      return [
        count,
        ...meanOf(of, "dead-neurons", converged, means.deadNeurons),
        ...meanOf(of, "dead-layers", converged, means.deadLayers),
      ];
    }),
  );
  const { plottedIn: _, deadNeurons, figure, ...recipe } = deadNeuronDecline;
  const whole = { epochs: THESIS_EPOCHS };
  const decline = THESIS_CONNECTIONS.flatMap((connection) =>
    Object.entries(deadNeurons[connection]).flatMap(([depth, mean]) =>
      meanOf(
        {
          from: `Figure ${figure}`,
          where: { ...recipe, ...whole, connection, depth: Number(depth) },
        },
        "dead-neurons",
        CONVERGED_OF_FIGURE_4_22,
        mean,
      ),
    ),
  );
  return [...inTables, ...decline];
}

/** The tables' mean training times of converged networks. */
export function printedTimes(): { readonly where: PartialCell; readonly seconds: number }[] {
  return publishedResults.convergenceTables.flatMap(({ cells, optimizer, learningRate, width }) =>
    cells.flatMap(({ depth, connection, trainingStyle, trainingTimeSeconds: seconds }) => {
      const where = { depth, width, connection, optimizer, learningRate, trainingStyle };
      return seconds === null ? [] : [{ where, seconds }];
    }),
  );
}

function meanOf(
  of: { readonly from: string; readonly where: PartialCell },
  measure: string,
  trials: number,
  mean: number | null,
): PublishedNumber[] {
  if (mean === null || trials === 0) return [];
  return [{ kind: "mean", ...of, measure, trials, mean, decimals: DECIMALS }];
}
