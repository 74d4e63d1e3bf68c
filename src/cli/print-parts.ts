/** Prints a long text no faster than its reader takes it. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Console } from "./command.js";

export async function printParts(parts: Iterable<string>, { quiet }: Console): Promise<void> {
  if (!quiet) await pipeline(Readable.from(parts), process.stdout, { end: false });
}
