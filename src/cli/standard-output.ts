/** Standard output: every byte gets there, or the end of the command says that it did not. */
import { createWriteStream, fstatSync } from "node:fs";
import type { Writable } from "node:stream";
import { isatty } from "node:tty";
import { type Content, inBlocks } from "../files/write-blocks.js";
import { visibleLines } from "../output/visible.js";

export interface StandardOutput {
  /** Goes out in its turn; `finish` waits for it. */
  out(text: string): void;
  /** Writes a long text no faster than its reader takes it, and stops where nobody does any more. */
  print(content: Content): Promise<void>;
  /** Waits for all of it. @returns what kept some of it from being written */
  finish(): Promise<NodeJS.ErrnoException | undefined>;
  readonly terminal: boolean;
}

export function standardOutput(): StandardOutput {
  const stream = openStream();
  const terminal = isatty(1);
  let failure: NodeJS.ErrnoException | undefined;
  let last: Promise<void> = Promise.resolve();
  stream.on("error", () => {}); // `write` is told of it too
  const write = (part: string | Uint8Array) => {
    if (failure) return last;
    last = new Promise((resolve) => {
      stream.write(part, (error) => {
        failure ??= error ?? undefined;
        resolve();
      });
    });
    return last;
  };
  return {
    terminal,
    out: (text) => void write(`${text}\n`),
    async print(content) {
      for (const block of inBlocks(content)) {
        await write(terminal && typeof block === "string" ? visibleLines(block) : block);
        if (failure) return;
      }
    },
    async finish() {
      await last;
      // A reader that has seen enough (`lrn sweep … | head`) is no error: the rest is for nobody.
      // Nor is a terminal that was closed.
      const gone = failure?.code === "EPIPE" || (failure?.code === "EIO" && terminal);
      return gone ? undefined : failure;
    },
  };
}

/**
 * Node's own stream writes to a file without asking how much of a part was taken, so that a disk
 * that fills up cuts the output short without a word.
 */
function openStream(): Writable {
  const output = fstatSync(1);
  const waits = isatty(1) || output.isFIFO() || output.isSocket();
  return waits ? process.stdout : createWriteStream("", { fd: 1, autoClose: false });
}
