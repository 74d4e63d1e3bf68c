/** Writes a results folder's text files. Each replaces its predecessor whole: none is ever half there. */
import { mkdir, readdir, realpath, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { CellSummary } from "../analysis/cells.js";
import type { ConvergenceTable } from "../analysis/convergence-tables.js";
import { UNFINISHED, writeWhole } from "../files/write.js";
import type { Cell } from "../model/trial.js";
import { convergenceTableCsv, csvOfRows } from "../output/formats/csv.js";
import { cellRows, trialRows } from "../output/formats/result-rows.js";
import { tableSlugs } from "../output/tables/convergence-grid.js";
import type { StoredTrial } from "../store/store.js";

export async function writeJson(file: string, content: unknown): Promise<void> {
  await writeWhole(file, `${JSON.stringify(content, null, 2)}\n`);
}

/** `trials.csv`, a cell at a time: the trials of a large sweep never stand in memory together. */
export async function writeTrialsCsv(
  folder: string,
  cells: readonly Cell[],
  trialsOf: (index: number) => readonly StoredTrial[],
  threshold: number,
): Promise<void> {
  const rows = trialRows(cells, trialsOf, threshold);
  await writeWhole(join(folder, "trials.csv"), csvOfRows(rows));
}

export async function writeCellsCsv(folder: string, cells: readonly CellSummary[]): Promise<void> {
  await writeWhole(join(folder, "cells.csv"), csvOfRows(cellRows(cells)));
}

/**
 * `tables/width-<w>/<optimizer>-lr-<rate>.csv`, with whatever else tells the tables apart. Tables of an earlier sweep do not stay beside them.
 *
 * @param tables none to have no such folder
 */
export async function writeTables(
  folder: string,
  tables: readonly ConvergenceTable[],
): Promise<void> {
  const named = join(folder, "tables");
  const whole = await realpath(named).catch(() => named); // it may be a link
  const part = `${whole}${UNFINISHED}`;
  await rm(part, { recursive: true, force: true });
  for (const table of tables) {
    const [folder, ...name] = tableSlugs(table);
    const file = join(part, folder, `${name.join("-")}.csv`);
    await mkdir(dirname(file), { recursive: true });
    await writeWhole(file, convergenceTableCsv(table));
  }
  await rm(whole, { recursive: true, force: true });
  if (tables.length > 0) await rename(part, whole);
}

const LEFT_BEHIND = /^(?:trials\.csv|cells\.csv|sweep\.json|manifest\.json|tables)\..*part$/;

/** Removes what a killed run had not finished. Only for whoever holds the folder's lock. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (LEFT_BEHIND.test(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
}
