/** Where a file that is to be written really lies, and whether it may be. */
import { access, constants, open, readlink, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { UserError } from "../errors.js";

export interface Target {
  /** With every link followed, also one that leads to nothing yet. */
  readonly path: string;
  /**
   * What is written into and not replaced: the path of a device, FIFO or socket, or the number of a
   * file that is open already, into which others may write too.
   */
  readonly through?: string | number | undefined;
  /** The permissions of the file that is there, which the new one is to have. */
  readonly mode?: number;
}

/** How messages name a file, and what they say to do about it. */
export interface Naming {
  readonly label: string;
  readonly remedy: string;
}

/** @param flag what the file was given with, as `--out`; none for a file of lrn's own */
export function namingOf(file: string, flag?: string): Naming {
  return flag === undefined
    ? { label: `${file}:`, remedy: "move it away" }
    : { label: file === "" ? `${flag}:` : `${flag}: ${file}`, remedy: "give another path" };
}

/**
 * @throws UserError where it is no name, a folder, a read-only file or an SQLite database
 * @throws what the file system says where it cannot be reached or may not be written
 */
export async function findTarget(file: string, { label, remedy }: Naming): Promise<Target> {
  if (file === "") throw new UserError(`${label} must be a file's name, got ""; ${remedy}`);
  const found = await stat(file).catch(nothingThere);
  if (!found) return { path: await beyondLinks(resolve(file)) };
  if (found.isDirectory()) {
    throw new UserError(`${label} must be a file, it is a folder; ${remedy}`);
  }
  if (!found.isFile()) return { path: file, through: file };
  // Asked of the bits too: root may write what everybody is kept from writing.
  if ((found.mode & 0o222) === 0) {
    throw new UserError(`${label} is read-only and stays as it is; ${remedy}`);
  }
  const path = await realpath(file);
  await access(path, constants.W_OK);
  if (await isDatabase(path)) {
    throw new UserError(`${label} is an SQLite database and stays as it is; ${remedy}`);
  }
  return { path, through: await descriptorOf(resolve(file)), mode: found.mode & 0o7777 };
}

/** The end of a chain of links that leads to no file, or the path itself, in its real folder. */
async function beyondLinks(path: string): Promise<string> {
  const folder = await realpath(dirname(path));
  const here = join(folder, basename(path));
  const link = await readlink(here).catch(() => undefined);
  return link === undefined ? here : beyondLinks(resolve(folder, link));
}

/** The number of the open file that a path leads to, as `/dev/fd/3`, `/dev/stderr` and links to them do. */
async function descriptorOf(path: string): Promise<number | undefined> {
  const folder = await realpath(dirname(path));
  const descriptors = await realpath("/dev/fd").catch(() => undefined); // Windows has none
  if (folder === descriptors) return Number(basename(path));
  const link = await readlink(join(folder, basename(path))).catch(() => undefined);
  return link === undefined ? undefined : descriptorOf(resolve(folder, link));
}

function nothingThere(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

const SQLITE = "SQLite format 3\0";

async function isDatabase(path: string): Promise<boolean> {
  const file = await open(path, "r").catch(() => undefined); // a file may be ours to write alone
  if (!file) return false;
  try {
    const { buffer } = await file.read(Buffer.alloc(SQLITE.length), 0, SQLITE.length, 0);
    return buffer.toString("latin1") === SQLITE;
  } finally {
    await file.close();
  }
}
