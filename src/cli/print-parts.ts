/** Prints a long text no faster than its reader takes it. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export async function printParts(parts: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(parts), process.stdout, { end: false });
}
