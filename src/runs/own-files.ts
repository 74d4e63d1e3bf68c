/** Writes what `--out` and its like name, and keeps it from taking the place of results. */
import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UserError } from "../errors.js";
import { writeWhole } from "../files/write.js";
import type { Content } from "../files/write-blocks.js";
import { findTarget, namingOf } from "../files/write-target.js";
import { filesOf, OWN_FILES, TABLES } from "./folder-files.js";

/**
 * Writes a file that is the user's to name, as `writeWhole` does.
 *
 * @param flag what the file was given with; none for one that a command names itself
 * @param reading the results folder that the content is read from, where it is
 * @throws UserError where the path, or the end of its links, is a file of that or any other results folder
 */
export async function writeOut(
  file: string,
  content: Content,
  flag?: string,
  reading?: string,
): Promise<void> {
  await refuseOwnFile(file, flag, reading);
  await writeWhole(file, content, flag);
}

/** @throws UserError where `writeOut` would because the file is a results folder's own */
export async function refuseOwnFile(file: string, flag?: string, reading?: string): Promise<void> {
  const naming = namingOf(file, flag);
  // What is wrong with the path itself, writing tells.
  const target = await findTarget(file, naming).catch(() => undefined);
  if (!target) return;
  const own =
    (await isOwn(target.path)) || (reading !== undefined && (await isOneOf(target.path, reading)));
  if (!own) return;
  throw new UserError(
    `${naming.label} is a results folder's own file and stays as it is; ${naming.remedy}`,
  );
}

/** By its place: a results folder is where a store is. */
async function isOwn(path: string): Promise<boolean> {
  if (OWN_FILES.includes(basename(path)) && (await isResultsFolder(dirname(path)))) return true;
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    if (basename(folder) === TABLES && (await isResultsFolder(dirname(folder)))) return true;
  }
  return false;
}

async function isResultsFolder(folder: string): Promise<boolean> {
  return (await stat(filesOf(folder).store).catch(() => undefined)) !== undefined;
}

/** By what the file system says it is: another name may lead to it. */
async function isOneOf(path: string, folder: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return false;
  for (const name of OWN_FILES) {
    const own = await stat(join(folder, name)).catch(() => undefined);
    if (own?.dev === found.dev && own.ino === found.ino) return true;
  }
  return false;
}
