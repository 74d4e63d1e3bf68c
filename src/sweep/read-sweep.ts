/** Reads a sweep file and applies what the command line overrides. */
import { UserError } from "../errors.js";
import { readText } from "../files/read.js";
import { parseJson } from "../files/read-json.js";
import { parseWith, short } from "../files/schema-errors.js";
import { isFields, type Override, overridden } from "./overrides.js";
import { MAX_FILE_BYTES, type Sweep, sweepSchema } from "./schema.js";

const SWEEP_FILE = { what: "a sweep file" };

/**
 * @param file path of the sweep file
 * @param overrides applied in their order, before anything is checked
 * @param given what the overrides were given as, for messages
 * @throws UserError where the file cannot be read, is not JSON, or breaks a rule of the schema
 */
export async function readSweep(
  file: string,
  overrides: readonly Override[] = [],
  given: readonly string[] = [],
): Promise<Sweep> {
  const content = await readContent(file, MAX_FILE_BYTES);
  const asked = isFields(content) ? overrides.reduce(overridden, content) : content;
  return parseWith(sweepSchema, asked, [file, ...given.map(short)].join(" "), SWEEP_FILE);
}

/** A sweep as it is written, by hand or by a program: what has a default may be left out. */
export type SweepFile = Pick<Sweep, "name" | "grid" | "seeds"> & Partial<Sweep>;

/**
 * Checks a sweep that a program made, and fills in its defaults.
 *
 * @param source what it was made from, to begin messages with
 * @throws UserError where it breaks a rule of the schema
 */
export function checkedSweep(sweep: SweepFile, source = "sweep"): Sweep {
  return parseWith(sweepSchema, sweep, source, SWEEP_FILE);
}

/** As `readSweep`, of what a sweep wrote of its file: longer by line breaks and defaults. */
export async function readResolvedSweep(file: string): Promise<Sweep> {
  return parseWith(sweepSchema, await readContent(file, 4 * MAX_FILE_BYTES), file, SWEEP_FILE);
}

async function readContent(file: string, maxBytes: number): Promise<unknown> {
  const text = await readText(file, { what: "the path of a sweep file", maxBytes });
  if (text !== undefined) return parseJson(text, file, { comments: true });
  throw new UserError(`${file || '""'}: there is no such file; give the path of a sweep file`);
}
