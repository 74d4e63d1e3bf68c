/** Writes into what is there already, a device, a FIFO or an open file, never waiting out of a signal's reach. */
import { close, constants, open, write } from "node:fs";
import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { type Content, inBlocks } from "./write-blocks.js";

/** How long a FIFO may take nothing, whose reader may be slow, or gone, or never come. */
const PATIENCE_MS = 10_000;
const POLL_MS = 20;

/** The code of the error where nobody reads from a FIFO. */
export const NOBODY_READS = "nobody reads";

/** What an error message says of that. */
export const nobodyReads = `is a FIFO, and nobody read from it for ${PATIENCE_MS / 1000} seconds`;

/**
 * @param to a path, or the number of an open file, which is written to where it stands
 * @param flags how a path is opened; unless told it is neither made nor cut to nothing
 * @throws what the file system says; with the code `NOBODY_READS` where a FIFO takes nothing for ten seconds
 */
export async function writeThrough(
  to: string | number,
  content: Content,
  flags: number = constants.O_WRONLY,
): Promise<void> {
  if (typeof to === "number") return writeAll(to, content, Number.POSITIVE_INFINITY);
  const isFifo = (await stat(to).catch(() => undefined))?.isFIFO() === true;
  const patience = isFifo ? PATIENCE_MS : Number.POSITIVE_INFINITY;
  // A thread that waits in the system's open or write keeps the process from ending.
  const nonBlocking = flags | (constants.O_NONBLOCK ?? 0);
  const opening = () => promisify(open)(to, nonBlocking);
  const fd = isFifo ? await polled(opening, "ENXIO", patience) : await opening();
  try {
    await writeAll(fd, content, patience);
  } finally {
    await promisify(close)(fd);
  }
}

async function writeAll(fd: number, content: Content, patience: number): Promise<void> {
  for (const block of inBlocks(content)) {
    const bytes = Buffer.from(block);
    for (let from = 0; from < bytes.length; ) {
      const writing = () => promisify(write)(fd, bytes, from, bytes.length - from, null);
      try {
        from += (await polled(writing, "EAGAIN", patience)).bytesWritten;
      } catch (error) {
        if (codeOf(error) === "EPIPE") return; // a FIFO's reader that has seen enough
        throw error;
      }
    }
  }
}

/** Tries again while the system says `code`: that it would have to wait. */
async function polled<Result>(
  action: () => Promise<Result>,
  code: string,
  patience: number,
): Promise<Result> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (codeOf(error) !== code) throw error;
    }
    if (performance.now() > deadline) {
      throw Object.assign(new Error(NOBODY_READS), { code: NOBODY_READS });
    }
    await sleep(POLL_MS);
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;
