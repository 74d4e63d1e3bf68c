/** The folder that work writes into: made and looked at before anything is trained. */
import { existsSync } from "node:fs";
import { access, constants, mkdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { UserError } from "../errors.js";
import { OWN_FILES } from "./folder-files.js";

/**
 * Makes the folder where there is none.
 *
 * @param name what the folder was given as, for messages
 * @throws UserError where it is standard output, a URL or a file, or cannot be written, or where
 * something that is no file stands in the place of one of its files
 */
export async function prepareFolder(folder: string, name: string): Promise<void> {
  if (folder === "-") {
    throw new UserError(`${name}: must be a folder, got "-", standard output; give a path, as ./-`);
  }
  refuseUrl(folder, name);
  try {
    await makeFolder(resolve(folder));
    await access(folder, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`${name}: ${folder} cannot be written (${code}); give a folder that can`);
  }
  if (!(await stat(folder)).isDirectory()) {
    throw new UserError(`${name}: must be a folder, ${folder} is a file; give another path`);
  }
  await refuseOddFiles(folder);
}

/** A results folder may one day be given by a URL; until then, what looks like one is a mistake. */
const URL_LIKE = /^(file|https?|libsql|wss?):/i;

/** @throws UserError where the path of a folder is empty or looks like a URL */
export function refuseUrl(folder: string, name: string): void {
  if (folder === "") throw new UserError(`${name}: must be the path of a folder, got ""`);
  if (!URL_LIKE.test(folder)) return;
  throw new UserError(
    `${name}: must be the path of a folder, got the URL ${folder}; a folder of that name is ./${folder}`,
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
