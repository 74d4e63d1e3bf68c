/** Writes files: each is replaced whole, and none is ever half there. */
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { constants, open, rename } from "node:fs/promises";
import { StoppedError, UserError } from "../errors.js";
import { type Content, inBlocks } from "./write-blocks.js";
import { findTarget, type Naming, namingOf, type Target } from "./write-target.js";

/**
 * Replaces a file by way of another beside it, so that it is there whole or stays as it was, with
 * the permissions that it had. A link is followed and its target replaced; a device, FIFO or socket
 * is written to. What is left unfinished is removed, also where `process.exit` ends the process.
 *
 * @param flag what the file was given with, as `--out`; none for a file of lrn's own
 * @throws UserError where the file is a folder, a database, or cannot be written
 * @throws StoppedError where the disk fails it; with no flag, a full disk's own error
 */
export async function writeWhole(file: string, content: Content, flag?: string): Promise<void> {
  const naming = namingOf(file, flag);
  const told = (error: NodeJS.ErrnoException) => {
    throw refusal(error, naming, flag);
  };
  const target = await findTarget(file, naming).catch(told);
  if (target.direct) await writeDirectly(target.path, content, told);
  else await replace(target, content, told);
}

/** @throws UserError where `writeWhole` would refuse the file: to be known before there is something to write */
export async function refuseUnwritable(file: string, flag?: string): Promise<void> {
  const naming = namingOf(file, flag);
  await findTarget(file, naming).catch((error) => {
    throw refusal(error, naming, flag);
  });
}

type Told = (error: NodeJS.ErrnoException) => never;

/** Neither made nor cut to nothing: a device or FIFO is only opened. */
async function writeDirectly(path: string, content: Content, told: Told): Promise<void> {
  const handle = await open(path, constants.O_WRONLY).catch(told);
  try {
    for (const block of inBlocks(content)) {
      const error = await handle.writeFile(block).then(() => undefined, asError);
      if (error?.code === "EPIPE") break; // a FIFO's reader that has seen enough
      if (error) told(error);
    }
  } finally {
    await handle.close();
  }
}

const asError = (error: NodeJS.ErrnoException) => error;

/** Ends the names of unfinished files; a part of them that no other process takes stands before it. */
export const UNFINISHED = ".part";

async function replace({ path, mode }: Target, content: Content, told: Told): Promise<void> {
  const part = `${path}.${randomBytes(4).toString("hex")}${UNFINISHED}`;
  const remove = () => rmSync(part, { force: true });
  process.on("exit", remove);
  try {
    const handle = await open(part, "wx", mode).catch(told);
    try {
      if (mode !== undefined) await handle.chmod(mode).catch(told);
      for (const block of inBlocks(content)) await handle.writeFile(block).catch(told);
    } finally {
      await handle.close().catch(told);
    }
    await rename(part, path).catch(told);
  } catch (error) {
    remove();
    throw error;
  } finally {
    process.off("exit", remove);
  }
}

/** What a disk does, whatever it is asked for. */
const DISK = new Set(["ENOSPC", "EDQUOT", "EIO", "EFBIG"]);

function refusal(error: Error, { label, remedy }: Naming, flag: string | undefined): Error {
  if (error instanceof UserError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (!DISK.has(code ?? "")) {
    return new UserError(`${label} cannot be written (${code}); ${remedy}`);
  }
  // Of a full disk under a results folder the command line knows more to say.
  if (flag === undefined && code === "ENOSPC") return error;
  return new StoppedError(
    `${label} could not be written whole (${code}), so what was there stays; free some space, ` +
      `or ${remedy}, and run the same command again`,
  );
}
