import { describe, expect, it } from "vitest";
import { summarizeCell } from "#lrn/analysis/cells.js";
import { convergenceTables } from "#lrn/analysis/convergence-tables.js";
import { THESIS_DATASET } from "#lrn/model/trial.js";
import { consoleTable } from "#lrn/output/console-tables.js";
import { convergenceTableCsv } from "#lrn/output/csv.js";
import { publishedResults } from "#lrn/thesis/published.js";

/** Figure 4.3's own cells, as trials that give its counts and means. */
const FIGURE = publishedResults.convergenceTables[0];
const [table] = convergenceTables(
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
    return summarizeCell({ ...shape, epochs: 3000, dataset: THESIS_DATASET }, trials, 0.07);
  }),
);

describe("a table made of the thesis's Figure 4.3 prints what the thesis prints", () => {
  it("as CSV", () => {
    const lines = convergenceTableCsv(table).trimEnd().split("\n");
    expect(lines[0]).toBe(
      "Depth,Connection,Iterative total converged,Iterative dead neurons,Iterative dead layers," +
        "Iterative training time (ms),Batch total converged,Batch dead neurons,Batch dead layers," +
        "Batch training time (ms)",
    );
    expect(lines[1]).toBe("2,plain,4,0.75,0.00,494.000,5,0.40,0.00,513.000");
    expect(lines[5]).toBe("10,plain,0,DID NOT CONVERGE,,,0,DID NOT CONVERGE,,");
    expect(lines[14]).toBe("30,late-residual,4,36.75,11.25,5342.000,4,36.25,11.00,5382.000");
    expect(lines[15]).toBe("total,plain,6,,,,7,,,");
    expect(lines[16]).toBe("total,late-residual,39,,,,38,,,");
    expect(lines).toHaveLength(17);
  });

  it("on the console", () => {
    expect(consoleTable(table)).toMatchSnapshot();
  });
});
