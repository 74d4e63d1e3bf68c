/** A results folder that is there, to be read: its sweep and what its store has of it. */
import { stat } from "node:fs/promises";
import { type AskedTrials, type CellSummary, summarizeCell } from "../analysis/cell-summaries.js";
import { loadEngine } from "../engines/load.js";
import type { EngineName } from "../engines/names.js";
import { UserError } from "../errors.js";
import type { LaterNumber } from "../model/outcome.js";
import type { Cell } from "../model/trial.js";
import { type RunRecord, readManifest } from "../store/manifest.js";
import { openStoreReadOnly, type SeedOutcome, type StoredTrial } from "../store/store.js";
import { askedTrials, type Plan, type PlannedCell, planSweep } from "../sweep/plan.js";
import { readResolvedSweep } from "../sweep/read-sweep.js";
import type { Sweep } from "../sweep/schema.js";
import { countedTrials } from "../sweep/seeds.js";
import { filesOf } from "./folder-files.js";
import { refuseOddFiles } from "./prepare-folder.js";

export interface ResultsFiles {
  /** With the convergence threshold that its results are read with. */
  readonly sweep: Sweep;
  /** The path of the store. */
  readonly store: string;
}

/** @throws UserError where the folder does not have what a sweep writes first, or it cannot be read */
export async function findResults(folder: string): Promise<ResultsFiles> {
  const files = filesOf(folder);
  for (const file of [folder, files.sweep, files.store]) {
    await stat(file).catch(({ code }: NodeJS.ErrnoException) => {
      const isAbsent = code === "ENOENT" || code === "ENOTDIR";
      const what = isAbsent ? "there is no such file" : `cannot be read (${code})`;
      throw new UserError(
        `${file || '""'}: ${what}; give a folder that lrn sweep wrote, as results/thesis`,
      );
    });
  }
  await refuseOddFiles(folder);
  return { sweep: await readResolvedSweep(files.sweep), store: files.store };
}

export interface AskedResults {
  readonly sweep: Sweep;
  /** In the order of the sweep file. */
  readonly cells: readonly Cell[];
  /** The same with their keys. */
  readonly planned: readonly PlannedCell[];
  /** Those that the sweep file asks for; others may be in the store. */
  trialsOf(index: number): readonly StoredTrial[];
  /** What came of them, and of the later numbers only these. */
  outcomesOf(index: number, later: readonly LaterNumber[]): readonly SeedOutcome[];
  /** The median of the milliseconds of all trained trials of the cell at an index; null where there are none. */
  trainMsOf(index: number): number | null;
  summaries(): CellSummary[];
  readonly threshold: number;
  /** How many trials each cell is to have, and what ends them. */
  readonly asked: AskedTrials;
  close(): void;
}

/**
 * Opens what the store has of what the sweep file asks for: what its CSV files show.
 *
 * @throws UserError where the folder does not have what a sweep writes first, or it cannot be read
 */
export async function openResults(folder: string): Promise<AskedResults> {
  const { sweep, store: file } = await findResults(folder);
  const plan = await planOf(sweep, folder);
  const store = openStoreReadOnly(file);
  const threshold = sweep.convergence.rmse;
  const asked = askedTrials(plan);
  const trialsOf = (index: number) => countedTrials(plan, store.trialsOf(plan.cells[index].key));
  return {
    sweep,
    cells: plan.cells.map(({ cell }) => cell),
    planned: plan.cells,
    trialsOf,
    outcomesOf: (index, later) =>
      countedTrials(plan, store.outcomesOf(plan.cells[index].key, later)),
    trainMsOf: (index) => store.trainMsOf(plan.cells[index].key),
    summaries: () =>
      plan.cells.map(({ cell }, index) => summarizeCell(cell, trialsOf(index), threshold, asked)),
    threshold,
    asked,
    close: () => store.close(),
  };
}

/** The trials that a folder's sweep asks for. */
export async function planOf(sweep: Sweep, folder: string): Promise<Plan> {
  return planSweep(sweep, await numericsOf(sweep.engine, folder));
}

/**
 * The arithmetic of the trials that a folder has of an engine, which may be absent here: the manifest knows
 * it without.
 */
export async function numericsOf(engine: EngineName, folder: string): Promise<string> {
  const run = (await runsInto(folder)).find(({ engine: { name } }) => name === engine);
  return run?.engine.numerics ?? (await loadEngine(engine)).numerics;
}

/** The numeric versions that trained a results folder's trials, the latest first, as its manifest has them. */
export async function numericsIn(folder: string): Promise<string[]> {
  return [...new Set((await runsInto(folder)).map(({ engine }) => engine.numerics))];
}

/**
 * The thresholds that a results folder's trials may have been trained with; undefined among them where earlier versions
 * trained some, which kept none, or where no manifest says.
 */
export async function thresholdsIn(
  folder: string,
  { convergence }: Sweep,
): Promise<(number | undefined)[]> {
  const runs = await runsInto(folder);
  if (runs.length === 0) return [convergence.rmse, undefined];
  return [...new Set(runs.map(({ threshold }) => threshold))];
}

/** The latest first. */
export async function runsInto(folder: string): Promise<RunRecord[]> {
  const manifest = await readManifest(filesOf(folder).manifest);
  return manifest ? [manifest, ...manifest.earlierRuns.toReversed()] : [];
}
