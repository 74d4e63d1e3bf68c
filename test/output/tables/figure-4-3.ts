import { summarizeCell } from "#lrn/analysis/cell-summaries.js";
import { type ConvergenceTable, convergenceTables } from "#lrn/analysis/convergence-tables.js";
import { cellOf } from "#lrn/model/cells.js";
import { THESIS_DATASET } from "#lrn/model/trial.js";
import { publishedResults } from "#lrn/thesis/published-results.js";

const FIGURE = publishedResults.convergenceTables[0];

/** Figure 4.3's own cells, as trials that give its counts and means. */
export const FIGURE_4_3: ConvergenceTable = convergenceTables(
  FIGURE.cells.map((cell) => {
    const trials = Array.from({ length: FIGURE.trialsPerCell }, (_, i) => ({
      outcome: {
        state: "trained" as const,
        finalRmse: i < cell.converged ? 0.05 : 0.3,
        deadNeurons: cell.deadNeurons ?? 0,
        deadLayers: cell.deadLayers ?? 0,
      },
      trainMs: (cell.trainingTimeSeconds ?? 0) * 1000,
    }));
    const { optimizer, learningRate, width } = FIGURE;
    const { depth, connection, trainingStyle } = cell;
    const shape = { depth, width, connection, optimizer, learningRate, trainingStyle };
    return summarizeCell(cellOf({ ...shape, epochs: 3000, dataset: THESIS_DATASET }), trials, 0.07);
  }),
)[0];
