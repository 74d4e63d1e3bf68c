/** Standard output: every byte gets there, or the end of the command says that it did not. */
import { createWriteStream, fstatSync } from "node:fs";
import { stat } from "node:fs/promises";
import { isatty } from "node:tty";
import { type Content, inBlocks } from "../files/write-blocks.js";
import { visibleLines } from "../output/visible.js";

/** A stream of Node's, which is a terminal where it says so. */
export type Stream = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  /** Characters of a line. */
  readonly columns?: number;
};

export type Failure = NodeJS.ErrnoException;

export interface StandardOutput {
  /** Goes out in its turn; `finish` waits for it. */
  out(text: string): void;
  /** Writes a long text no faster than its reader takes it, and stops where nobody does any more. */
  print(content: Content): Promise<void>;
  /** Waits for all of it. @returns what kept some of it from being written */
  finish(): Promise<Failure | undefined>;
}

export function standardOutput(stream: Stream): StandardOutput {
  const terminal = stream.isTTY === true;
  let failure: Failure | undefined;
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
 * This process's own. Node's stream writes to a file without asking how much of a part was taken, so
 * that a disk that fills up cuts the output short without a word.
 */
export function openStandardOutput(): Stream {
  const output = fstatSync(1);
  const waits = isatty(1) || output.isFIFO() || output.isSocket();
  return waits ? process.stdout : createWriteStream("", { fd: 1, autoClose: false });
}

/** Whether a path is standard output: by its name, `-`, or as another name of what that is. */
export async function isStandardOutput(file: string): Promise<boolean> {
  if (file === "-") return true;
  const named = await stat(file).catch(() => undefined);
  const output = fstatSync(1);
  return named?.dev === output.dev && named.ino === output.ino;
}
