/** Writes a results folder's text files. Each replaces its predecessor whole: none is ever half there. */
import { access, constants, mkdir, readdir, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { CellSummary } from "../analysis/cell-summaries.js";
import type { ConvergenceTable } from "../analysis/convergence-tables.js";
import { UserError } from "../errors.js";
import { refuseUnwritable, UNFINISHED, writeWhole } from "../files/write.js";
import type { Cell } from "../model/trial.js";
import { convergenceTableCsv, csvOfRows } from "../output/formats/csv.js";
import { cellRows, trialRows } from "../output/formats/result-rows.js";
import { tableSlugs } from "../output/tables/convergence-grid.js";
import type { StoredTrial } from "../store/store.js";
import { mapFileDatasets } from "../sweep/file-datasets.js";
import type { Sweep } from "../sweep/schema.js";
import { filesOf, isUnfinished, storeFilesOf, tablePath, writtenFilesOf } from "./folder-files.js";

export async function writeJson(file: string, content: unknown): Promise<void> {
  await writeWhole(file, `${JSON.stringify(content, null, 2)}\n`);
}

/**
 * The path of a schema would lead from the folder to another place, or to none, so it is left out; a URL leads
 * to the same from everywhere. Paths of data files begin at the folder then, so that both can move together.
 */
export async function writeSweep(folder: string, whole: Sweep): Promise<void> {
  const { $schema, ...sweep } = mapFileDatasets(whole, (spec) => ({
    ...spec,
    file: pathFrom(folder, spec.file),
  }));
  const isUrl = $schema !== undefined && /^https?:/i.test($schema);
  await writeJson(filesOf(folder).sweep, { ...(isUrl && { $schema }), ...sweep });
}

/** With slashes on every system. */
export function pathFrom(folder: string, file: string): string {
  return relative(folder, file).replaceAll(sep, "/");
}

/** A cell at a time: the trials of a large sweep never stand in memory together. */
export async function writeTrialsCsv(
  folder: string,
  cells: readonly Cell[],
  trialsOf: (index: number) => readonly StoredTrial[],
  threshold: number,
): Promise<void> {
  const rows = trialRows(cells, trialsOf, threshold);
  await writeWhole(filesOf(folder).trials, csvOfRows(rows));
}

export async function writeCellsCsv(folder: string, cells: readonly CellSummary[]): Promise<void> {
  await writeWhole(filesOf(folder).cells, csvOfRows(cellRows(cells)));
}

/**
 * A file per table. Tables of an earlier sweep do not stay beside them.
 *
 * @param tables none to have no such folder
 */
export async function writeTables(
  folder: string,
  tables: readonly ConvergenceTable[],
): Promise<void> {
  const named = filesOf(folder).tables;
  const whole = await realpath(named).catch(() => named); // it may be a link
  const part = `${whole}${UNFINISHED}`;
  await rm(part, { recursive: true, force: true });
  for (const table of tables) {
    const file = join(part, tablePath(tableSlugs(table)));
    await mkdir(dirname(file), { recursive: true });
    await writeWhole(file, convergenceTableCsv(table));
  }
  await rm(whole, { recursive: true, force: true });
  if (tables.length > 0) await rename(part, whole);
}

/** @throws UserError where what a sweep writes at its end could not be, to be known before it trains */
export async function refuseUnwritableResults(folder: string): Promise<void> {
  for (const file of writtenFilesOf(folder)) await refuseUnwritable(file);
  const { tables } = filesOf(folder);
  const found = await stat(tables).catch(() => undefined);
  if (!found) return;
  if (!found.isDirectory()) {
    throw new UserError(`${tables}: must be a folder, it is a file; move it away`);
  }
  await refuseUnwritableTables(tables);
}

/** Tables are read, to be compared with what was written, and replaced as a whole. */
async function refuseUnwritableTables(tables: string): Promise<void> {
  await refuseLocked(tables);
  for (const entry of await readdir(tables, { withFileTypes: true })) {
    if (entry.isDirectory()) await refuseLocked(join(tables, entry.name));
  }
}

async function refuseLocked(folder: string): Promise<void> {
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`${folder}: cannot be read and written (${code}); move it away`);
  }
}

/** Removes what a killed run had not finished. Only for whoever holds the folder's lock. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (isUnfinished(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Removes the store, and with it every trial that was ever trained into the folder. */
export async function clearStore(folder: string): Promise<void> {
  for (const file of storeFilesOf(folder)) await rm(file, { force: true });
}
