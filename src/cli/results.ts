/** A results folder from the command line's side: made before training, filled after it. */
import { existsSync } from "node:fs";
import { access, constants, mkdir, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type CellSummary, summarizeCell } from "../analysis/cells.js";
import { type ConvergenceTable, convergenceTables } from "../analysis/convergence-tables.js";
import { UserError } from "../errors.js";
import type { Cell } from "../model/trial.js";
import { writeCellsCsv, writeTables, writeTrialsCsv } from "../output/results-folder.js";
import type { Store } from "../store/store.js";
import type { Plan } from "../sweep/plan.js";
import { countedTrials } from "../sweep/seeds.js";

/**
 * Makes the folder where there is none.
 *
 * @throws UserError where it is a file, or cannot be written
 */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await makeFolder(resolve(folder));
    await access(folder, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`--out: ${folder} cannot be written (${code}); give a folder that can`);
  }
  if (!(await stat(folder)).isDirectory()) {
    throw new UserError(`--out: must be a folder, ${folder} is a file; give another path`);
  }
  for (const name of [
    "trials.db",
    ".writer",
    "trials.csv",
    "cells.csv",
    "sweep.json",
    "manifest.json",
  ]) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found?.isDirectory()) {
      throw new UserError(`${join(folder, name)}: must be a file, it is a folder; move it away`);
    }
  }
}

/** Not mkdir's own recursion, which in Node 20 goes on for ever below /proc. */
async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  await makeFolder(dirname(folder));
  await mkdir(folder);
}

/** Removes the store, and with it every trial that was ever trained into the folder. */
export async function clearStore(folder: string): Promise<void> {
  for (const suffix of ["", "-wal", "-shm"]) {
    await rm(join(folder, `trials.db${suffix}`), { force: true });
  }
}

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
