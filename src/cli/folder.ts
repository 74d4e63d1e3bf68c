/** The folder that a command writes into: made and looked at before anything is trained. */
import { existsSync } from "node:fs";
import { access, constants, mkdir, readdir, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { UserError } from "../errors.js";
import { OWN_FILES } from "../files/out.js";
import { refuseUnwritable } from "../files/write.js";

/**
 * Makes the folder where there is none.
 *
 * @throws UserError where it is standard output, a URL or a file, or cannot be written, or where
 * something that is no file stands in the place of one of its files
 */
export async function prepareFolder(folder: string): Promise<void> {
  if (folder === "-") {
    throw new UserError('--out: must be a folder, got "-", standard output; give a path, as ./-');
  }
  refuseUrl(folder);
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
  await refuseOddFiles(folder);
}

/** A results folder may one day be given by a URL; until then, what looks like one is a mistake. */
const URL_LIKE = /^(file|https?|libsql|wss?):/i;

/** @throws UserError where the path of a folder is empty or looks like a URL */
export function refuseUrl(folder: string): void {
  if (folder === "") throw new UserError('--out: must be the path of a folder, got ""');
  if (!URL_LIKE.test(folder)) return;
  throw new UserError(
    `--out: must be the path of a folder, got the URL ${folder}; a folder of that name is ./${folder}`,
  );
}

/** @throws UserError where a folder, FIFO, socket or device stands in the place of one of the folder's files */
export async function refuseOddFiles(folder: string): Promise<void> {
  for (const name of OWN_FILES) {
    const file = join(folder, name);
    const found = await stat(file).catch(() => undefined);
    if (!found || found.isFile()) continue;
    const what = found.isDirectory() ? "folder" : found.isFIFO() ? "FIFO" : "device or socket";
    throw new UserError(`${file}: must be a file, it is a ${what}; move it away`);
  }
}

/** Whether there is such a folder in which nothing can be written: on a read-only disk, or another user's. */
export async function isReadOnlyFolder(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) return false;
  return access(folder, constants.W_OK).then(
    () => false,
    () => true,
  );
}

/** Not mkdir's own recursion, which in Node 20 goes on for ever below /proc. */
async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  await makeFolder(dirname(folder));
  await mkdir(folder);
}

/** @throws UserError where what a sweep writes at its end could not be, to be known before it trains */
export async function refuseUnwritableResults(folder: string): Promise<void> {
  for (const name of ["trials.csv", "cells.csv", "sweep.json", "manifest.json"]) {
    await refuseUnwritable(join(folder, name));
  }
  const tables = join(folder, "tables");
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

/** Removes the store, and with it every trial that was ever trained into the folder. */
export async function clearStore(folder: string): Promise<void> {
  for (const suffix of ["", "-wal", "-shm"]) {
    await rm(join(folder, `trials.db${suffix}`), { force: true });
  }
}
