/** Sweeps and their results for a program, as docs/library.md shows them. */
import type { CellSummary } from "../analysis/cell-summaries.js";
import { type ConvergenceTable, convergenceTables } from "../analysis/convergence-tables.js";
import type { Backend, EngineName } from "../engines/names.js";
import { hasConverged } from "../model/outcome.js";
import type { Cell } from "../model/trial.js";
import type { StoredTrial } from "../store/store.js";
import type { Shard } from "../sweep/plan.js";
import { checkedSweep, readSweep, type SweepFile } from "../sweep/read-sweep.js";
import type { Sweep } from "../sweep/schema.js";
import { planRun } from "./plan-run.js";
import { prepareFolder, refuseUrl } from "./prepare-folder.js";
import { type AskedResults, openResults } from "./read-folder.js";
import { runPlanned, type SweepChoices, type SweepResult } from "./run-sweep.js";
import type { RunControls } from "./trainer.js";

export interface SweepOptions extends SweepChoices, RunControls {
  /** The results folder, made where there is none; what it has already is not trained again. */
  readonly folder: string;
  /** Trains instead of the sweep's. */
  readonly engine?: EngineName | undefined;
  /** Of engine `tfjs`; the best that can be used, unless told. */
  readonly backend?: Backend | undefined;
  /** Trains one of several equal parts: `{ index: 3, count: 16 }`, which `mergeFolders` joins. */
  readonly shard?: Shard | undefined;
}

/**
 * Trains what a folder lacks of a sweep, and writes its files: `lrn sweep` without its printing.
 *
 * @param sweep the path of a sweep file, or what would stand in one
 * @throws UserError where the sweep breaks a rule, its engine cannot train it, or the folder cannot be
 *   written or is another process's at the moment
 * @throws StoppedError where the disk is full, or no worker can load the engine
 */
export async function runSweep(
  sweep: string | SweepFile,
  { folder, engine, backend, workers, shard, ...options }: SweepOptions,
): Promise<SweepResult> {
  refuseUrl(folder, "folder");
  const own = typeof sweep === "string" ? await readSweep(sweep) : await checkedSweep(sweep);
  const run = await planRun(
    { ...own, engine: engine ?? own.engine },
    { backend, workers, shard },
    "workers",
  );
  await prepareFolder(folder, "folder");
  return runPlanned(folder, run, options);
}

/** A trial as a results folder has it, with its cell's axes. */
export type FolderTrial = Cell & StoredTrial & { readonly converged: boolean };

export interface FolderResults {
  /** As the folder was last swept with. */
  readonly sweep: Sweep;
  /** In the sweep's order: counts, the rate with the 95 % interval that the way of sampling gives, means over the converged trials. */
  readonly cells: readonly CellSummary[];
  /** The cells arranged as the thesis prints them. */
  readonly tables: readonly ConvergenceTable[];
  /** Each trial that the sweep asks for and the folder has, read as it is asked for. */
  trials(): AsyncGenerator<FolderTrial>;
}

/** @throws UserError where it is no folder that a sweep wrote, or cannot be read */
export async function readResults(folder: string): Promise<FolderResults> {
  const results = await openResults(folder);
  try {
    const cells = results.summaries();
    const { sweep } = results;
    return { sweep, cells, tables: convergenceTables(cells), trials: () => trialsIn(folder) };
  } finally {
    results.close();
  }
}

async function* trialsIn(folder: string): AsyncGenerator<FolderTrial> {
  const results: AskedResults = await openResults(folder);
  try {
    for (const [index, cell] of results.cells.entries()) {
      for (const trial of results.trialsOf(index)) {
        yield { ...cell, ...trial, converged: hasConverged(trial.outcome, results.threshold) };
      }
    }
  } finally {
    results.close();
  }
}
