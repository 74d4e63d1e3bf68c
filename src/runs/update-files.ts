/** Brings a results folder's files up to what its store has. */
import { type CellSummary, summarizeCell } from "../analysis/cell-summaries.js";
import { type ConvergenceTable, convergenceTables } from "../analysis/convergence-tables.js";
import { counted } from "../counted.js";
import { cellName } from "../model/cells.js";
import { isOfOtherThreshold } from "../model/outcome.js";
import type { Manifest } from "../store/manifest.js";
import type { Store } from "../store/store.js";
import { askedTrials, type Plan } from "../sweep/plan.js";
import { countedTrials } from "../sweep/seeds.js";
import { writeCellsCsv, writeTables, writeTrialsCsv } from "./write-files.js";
import { contentHash, filesHash } from "./written.js";

/** Of a sweep's cells and trials. */
export type Counts = Readonly<
  Record<"cells" | "trials" | "trained" | "converged" | "diverged" | "failed", number>
>;

export interface UpdatedFiles {
  /** For the manifest; the same object as before where nothing was written. */
  readonly written: NonNullable<Manifest["written"]>;
  readonly tables: readonly ConvergenceTable[];
  /** Whether each of the tables is a file. */
  readonly tablesWritten: boolean;
  /** A line for each cell and reason that trials failed for. */
  readonly failures: readonly string[];
  readonly counts: Counts;
  /** Converged trials whose epochs to converge are those to another threshold. */
  readonly ofOtherThreshold: number;
}

/** So many tables are written as files of their own unless all are asked for. */
export const MOST_TABLES = 300;

export interface Asked {
  readonly plan: Plan;
  /** The largest RMSE of a converged trial, in original units. */
  readonly threshold: number;
  /** Write tables too where they are more than `MOST_TABLES`. */
  readonly allTables: boolean;
}

/**
 * Writes the CSV files and tables of what the store has of a plan; leaves them where they still are
 * as they were written, and from the same trials.
 *
 * @param written what the manifest says of the files, if it does
 */
export async function updateFiles(
  folder: string,
  asked: Asked,
  store: Pick<Store, "trialsOf">,
  written: Manifest["written"],
): Promise<UpdatedFiles> {
  if (written) {
    const tally = tallyOf(asked, store);
    for (const index of asked.plan.cells.keys()) tally.trialsOf(index);
    const { content, ...results } = tally.results();
    if (content === written.content && written.files === (await filesHash(folder))) {
      return { ...results, written };
    }
  }
  const tally = tallyOf(asked, store);
  const cells = asked.plan.cells.map(({ cell }) => cell);
  await writeTrialsCsv(folder, cells, tally.trialsOf, asked.threshold);
  await writeCellsCsv(folder, tally.summaries);
  const { content, ...results } = tally.results();
  await writeTables(folder, results.tablesWritten ? results.tables : []);
  return { ...results, written: { content, files: await filesHash(folder) } };
}

/** Counts the trials as they are read, so that writing them is reading them once. */
function tallyOf({ plan, threshold, allTables }: Asked, store: Pick<Store, "trialsOf">) {
  const hash = contentHash(plan, threshold);
  const each = askedTrials(plan);
  const counts = { trained: 0, diverged: 0, failed: 0 };
  let ofOtherThreshold = 0;
  const summaries: CellSummary[] = [];
  const failures = new Map<string, number>();
  const trialsOf = (index: number) => {
    const { key, cell } = plan.cells[index];
    const trials = countedTrials(plan, store.trialsOf(key));
    hash.update(JSON.stringify(trials));
    for (const { outcome } of trials) {
      counts[outcome.state]++;
      if (isOfOtherThreshold(outcome, threshold)) ofOtherThreshold++;
      if (outcome.state === "failed") {
        const failure = `${cellName(cell)}: ${outcome.reason}`;
        failures.set(failure, (failures.get(failure) ?? 0) + 1);
      }
    }
    summaries.push(summarizeCell(cell, trials, threshold, each));
    return trials;
  };
  const total = (count: (summary: CellSummary) => number) =>
    summaries.reduce((sum, summary) => sum + count(summary), 0);
  const results = () => {
    const tables = convergenceTables(summaries);
    const tablesWritten = allTables || tables.length <= MOST_TABLES;
    hash.update(String(tablesWritten));
    return {
      content: hash.digest("hex"),
      tables,
      tablesWritten,
      failures: [...failures].map(
        ([failure, trials]) => `${failure} (${counted(trials, "trial")})`,
      ),
      counts: {
        cells: summaries.length,
        trials: total(({ trials }) => trials),
        ...counts,
        converged: total(({ converged }) => converged),
      },
      ofOtherThreshold,
    };
  };
  return { trialsOf, summaries, results };
}
