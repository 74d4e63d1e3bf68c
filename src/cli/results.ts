/** Fills a results folder after training. */
import { type CellSummary, summarizeCell } from "../analysis/cells.js";
import { type ConvergenceTable, convergenceTables } from "../analysis/convergence-tables.js";
import type { Cell } from "../model/trial.js";
import { writeCellsCsv, writeTables, writeTrialsCsv } from "../output/results-folder.js";
import type { Store } from "../store/store.js";
import type { Plan } from "../sweep/plan.js";
import { countedTrials } from "../sweep/seeds.js";

export interface Results {
  readonly tables: readonly ConvergenceTable[];
  /** A line for each cell and reason that trials failed for. */
  readonly failures: readonly string[];
  readonly counts: {
    readonly cells: number;
    readonly trials: number;
    readonly trained: number;
    readonly converged: number;
    readonly diverged: number;
    readonly failed: number;
  };
}

/** Writes the CSV files and tables of what the store has of a plan. */
export async function writeResults(
  folder: string,
  plan: Plan,
  store: Pick<Store, "trialsOf">,
  threshold: number,
): Promise<Results> {
  const counts = { trained: 0, diverged: 0, failed: 0 };
  const summaries: CellSummary[] = [];
  const failures = new Map<string, number>();
  const trialsOf = (index: number) => {
    const trials = countedTrials(plan, store.trialsOf(plan.cells[index].key));
    for (const { outcome } of trials) {
      counts[outcome.state]++;
      if (outcome.state === "failed") {
        const failure = `${describeCell(plan.cells[index].cell)}: ${outcome.reason}`;
        failures.set(failure, (failures.get(failure) ?? 0) + 1);
      }
    }
    summaries.push(summarizeCell(plan.cells[index].cell, trials, threshold));
    return trials;
  };
  const cells = plan.cells.map(({ cell }) => cell);
  await writeTrialsCsv(folder, cells, trialsOf, threshold);
  const tables = convergenceTables(summaries);
  await Promise.all([writeCellsCsv(folder, summaries), writeTables(folder, tables)]);
  const total = (count: (summary: CellSummary) => number) =>
    summaries.reduce((sum, summary) => sum + count(summary), 0);
  return {
    tables,
    failures: [...failures].map(([failure, trials]) => `${failure} (${trials} trials)`),
    counts: {
      cells: summaries.length,
      trials: total(({ trials }) => trials),
      ...counts,
      converged: total(({ converged }) => converged),
    },
  };
}

function describeCell(cell: Cell): string {
  const { depth, width, connection, optimizer, learningRate, trainingStyle } = cell;
  return `depth ${depth}, width ${width}, ${connection}, ${optimizer}, learning rate ${learningRate}, ${trainingStyle}`;
}
