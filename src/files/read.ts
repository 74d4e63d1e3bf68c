/** Reads the text files that a user gives: never more than a limit, and never waiting for ever. */
import { constants, type Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../errors.js";

export interface TextFile {
  /** What the file must be, as "a sweep file", for messages. */
  readonly what: string;
  readonly maxBytes: number;
  /** What messages call it; its path unless told. */
  readonly shown?: string;
}

/** How long nothing may come from a FIFO, whose writer may be slow, or gone, or never come. */
const PATIENCE_MS = 10_000;
const POLL_MS = 20;
const BLOCK = 2 ** 16;

/**
 * @returns the text without a byte order mark; undefined where there is no such file
 * @throws UserError where it cannot be read, is a folder, is too large, or is not in UTF-8, or where it
 * is a FIFO into which nobody writes for ten seconds
 */
export async function readText(
  file: string,
  { what, maxBytes, shown = file }: TextFile,
): Promise<string | undefined> {
  const name = shown === "" ? '""' : shown;
  try {
    const bytes = await readBytes(file, maxBytes);
    if (bytes === undefined) {
      const most = `${(maxBytes / 2 ** 20).toLocaleString("en-US")} MiB`;
      throw new UserError(`${name}: must be at most ${most} large, is larger; give ${what}`);
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new UserError(`${name}: ${refusal(code)}; give ${what}`);
  }
}

function refusal(code: string | undefined): string {
  if (code === "EISDIR") return "must be a file, is a folder";
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return "must be text in UTF-8, is not";
  if (code === NOBODY_WRITES) {
    return `is a FIFO, and nobody wrote into it for ${PATIENCE_MS / 1000} seconds`;
  }
  return `cannot be read (${code})`;
}

const NOBODY_WRITES = "nobody writes";

/** @returns undefined where there are more */
async function readBytes(file: string, maxBytes: number): Promise<Buffer | undefined> {
  // To open a FIFO would otherwise wait for its writer, out of reach of any limit.
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await handle.stat();
    if (stats.size > maxBytes) return undefined;
    const blocks: Buffer[] = [];
    let total = 0;
    for (;;) {
      const block = await readBlock(handle, stats, total);
      if (block.length === 0) return Buffer.concat(blocks);
      total += block.length;
      if (total > maxBytes) return undefined;
      blocks.push(block);
    }
  } finally {
    await handle.close();
  }
}

/** @returns nothing at the end */
async function readBlock(handle: FileHandle, stats: Stats, before: number): Promise<Buffer> {
  const deadline = performance.now() + PATIENCE_MS;
  const block = Buffer.alloc(BLOCK);
  for (;;) {
    const bytesRead = await readNow(handle, block);
    // A FIFO that nobody has opened for writing yet reads as if it were at its end.
    const isEnd = bytesRead === 0 && (before > 0 || !stats.isFIFO());
    if (bytesRead || isEnd) return block.subarray(0, bytesRead);
    if (performance.now() > deadline) {
      throw Object.assign(new Error(NOBODY_WRITES), { code: NOBODY_WRITES });
    }
    await sleep(POLL_MS);
  }
}

/** @returns undefined where there is a writer and nothing from it yet */
async function readNow(handle: FileHandle, block: Buffer): Promise<number | undefined> {
  try {
    return (await handle.read(block, 0, block.length)).bytesRead;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return undefined;
    throw error;
  }
}
