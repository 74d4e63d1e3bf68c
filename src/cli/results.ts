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

/** So many tables are printed and written as files of their own unless all are asked for. */
export const MOST_TABLES = 300;

/** What the store has of a plan. Nothing is written. */
export function readResults(
  plan: Plan,
  store: Pick<Store, "trialsOf">,
  threshold: number,
): Results {
  const tally = tallyOf(plan, store, threshold);
  for (const index of plan.cells.keys()) tally.trialsOf(index);
  return tally.results();
}

/**
 * Writes the CSV files and tables of what the store has of a plan.
 *
 * @param allTables tables too where they are more than `MOST_TABLES`
 */
export async function writeResults(
  folder: string,
  plan: Plan,
  store: Pick<Store, "trialsOf">,
  threshold: number,
  allTables: boolean,
): Promise<Results> {
  const tally = tallyOf(plan, store, threshold);
  const cells = plan.cells.map(({ cell }) => cell);
  await writeTrialsCsv(folder, cells, tally.trialsOf, threshold);
  await writeCellsCsv(folder, tally.summaries);
  const results = tally.results();
  const few = results.tables.length <= MOST_TABLES;
  await writeTables(folder, few || allTables ? results.tables : []);
  return results;
}

/** Counts the trials as they are read, so that writing them is reading them once. */
function tallyOf(plan: Plan, store: Pick<Store, "trialsOf">, threshold: number) {
  const counts = { trained: 0, diverged: 0, failed: 0 };
  const summaries: CellSummary[] = [];
  const failures = new Map<string, number>();
  const trialsOf = (index: number) => {
    const { key, cell } = plan.cells[index];
    const trials = countedTrials(plan, store.trialsOf(key));
    for (const { outcome } of trials) {
      counts[outcome.state]++;
      if (outcome.state === "failed") {
        const failure = `${describeCell(cell)}: ${outcome.reason}`;
        failures.set(failure, (failures.get(failure) ?? 0) + 1);
      }
    }
    summaries.push(summarizeCell(cell, trials, threshold));
    return trials;
  };
  const total = (count: (summary: CellSummary) => number) =>
    summaries.reduce((sum, summary) => sum + count(summary), 0);
  const results = (): Results => ({
    tables: convergenceTables(summaries),
    failures: [...failures].map(([failure, trials]) => `${failure} (${trials} trials)`),
    counts: {
      cells: summaries.length,
      trials: total(({ trials }) => trials),
      ...counts,
      converged: total(({ converged }) => converged),
    },
  });
  return { trialsOf, summaries, results };
}

function describeCell(cell: Cell): string {
  const { depth, width, connection, optimizer, learningRate, trainingStyle } = cell;
  return `depth ${depth}, width ${width}, ${connection}, ${optimizer}, learning rate ${learningRate}, ${trainingStyle}`;
}
