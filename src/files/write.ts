/** Writes files: each is replaced whole, and none is ever half there. */
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { constants, open, rename } from "node:fs/promises";
import { StoppedError, UserError } from "../errors.js";
import { type Content, inBlocks } from "./write-blocks.js";
import { findTarget, type Naming, namingOf, type Target } from "./write-target.js";
import { NOBODY_READS, nobodyReads, writeThrough } from "./write-through.js";

/**
 * Replaces a file by way of another beside it, so that it is there whole or stays as it was, with
 * the permissions that it had. A link is followed and its target replaced; a device, FIFO, socket or
 * open file, as `/dev/fd/3`, is written into. What is left unfinished is removed, also where `process.exit` ends the process.
 *
 * @param flag what the file was given with, as `--out`; none for a file of lrn's own
 * @throws UserError where the file is a folder, a database, or cannot be written, or where it is a
 * FIFO from which nobody reads for ten seconds
 * @throws StoppedError where the disk fails it; with no flag, a full disk's own error
 */
export async function writeWhole(file: string, content: Content, flag?: string): Promise<void> {
  const naming = namingOf(file, flag);
  const told = (error: NodeJS.ErrnoException) => {
    throw refusal(error, naming, flag);
  };
  const target = await findTarget(file, naming).catch(told);
  if (target.through !== undefined) await writeThrough(target.through, content).catch(told);
  else await replace(target, content, told);
}

/** @throws UserError where `writeWhole` would refuse the file: to be known before there is something to write */
export async function refuseUnwritable(file: string, flag?: string): Promise<void> {
  const naming = namingOf(file, flag);
  await findTarget(file, naming).catch((error) => {
    throw refusal(error, naming, flag);
  });
}

/**
 * Appends to a file, which is made where there is none.
 *
 * @param flag what the file was given with
 * @throws what `writeWhole` throws
 */
export async function append(file: string, text: string, flag: string): Promise<void> {
  const { O_WRONLY, O_APPEND, O_CREAT } = constants;
  await writeThrough(file, text, O_WRONLY | O_APPEND | O_CREAT).catch((error) => {
    throw refusal(error, namingOf(file, flag), flag);
  });
}

type Told = (error: NodeJS.ErrnoException) => never;

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
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === NOBODY_READS) return new UserError(`${label} ${nobodyReads}; ${remedy}`);
  if (syscall === undefined) return error; // it is not the file system's
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
