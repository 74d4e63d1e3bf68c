/** The folder that a command writes into: made and looked at before anything is trained. */
import { existsSync } from "node:fs";
import { access, constants, mkdir, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { UserError } from "../errors.js";
import { refuseUnwritable } from "../files/write.js";

/**
 * Makes the folder where there is none.
 *
 * @throws UserError where it is a file or standard output, or cannot be written
 */
export async function prepareFolder(folder: string): Promise<void> {
  if (folder === "-") {
    throw new UserError('--out: must be a folder, got "-", standard output; give a path, as ./-');
  }
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
  const tables = await stat(join(folder, "tables")).catch(() => undefined);
  if (tables && !tables.isDirectory()) {
    throw new UserError(`${join(folder, "tables")}: must be a folder, it is a file; move it away`);
  }
}

/** Removes the store, and with it every trial that was ever trained into the folder. */
export async function clearStore(folder: string): Promise<void> {
  for (const suffix of ["", "-wal", "-shm"]) {
    await rm(join(folder, `trials.db${suffix}`), { force: true });
  }
}
