/** Reads a sweep file and applies what the command line overrides. */
import { dirname } from "node:path";
import { UserError } from "../errors.js";
import { readText } from "../files/read.js";
import { parseJson } from "../files/read-json.js";
import { parseWith, short } from "../files/schema-errors.js";
import type { DrawnDataset } from "../model/trial.js";
import { locateFileDatasets, placesOfFileDatasets, readFileDatasets } from "./file-datasets.js";
import { isFields, type Override, overridden } from "./overrides.js";
import type { GivenFile } from "./read-dataset.js";
import { type Grid, MAX_FILE_BYTES, type Sweep, sweepSchema } from "./schema.js";

const SWEEP_FILE = { what: "a sweep file" };

/**
 * @param file path of the sweep file
 * @param overrides applied in their order, before anything is checked
 * @param given what the overrides were given as, for messages
 * @throws UserError where the file or a dataset's cannot be read, is not JSON, or breaks a rule of the schema
 */
export async function readSweep(
  file: string,
  overrides: readonly Override[] = [],
  given: readonly string[] = [],
): Promise<Sweep> {
  const content = await readContent(file, MAX_FILE_BYTES);
  const asked = isFields(content) ? overrides.reduce(overridden, content) : content;
  const source = [file, ...given.map(short)].join(" ");
  const sweep = parseWith(sweepSchema, asked, source, SWEEP_FILE);
  return readFileDatasets(sweep, dirname(file), source);
}

/** A dataset as it is written: what a file says of itself may be left out. */
type GivenDataset = DrawnDataset | GivenFile;

type GivenGrid = Omit<Grid, "dataset"> & { readonly dataset?: readonly GivenDataset[] };

/** A sweep as it is written, by hand or by a program: what has a default may be left out. */
export type SweepFile = Pick<Sweep, "name" | "seeds"> &
  Partial<Omit<Sweep, "dataset" | "grid">> & {
    readonly grid: GivenGrid | readonly GivenGrid[];
    readonly dataset?: GivenDataset | readonly GivenDataset[];
  };

/**
 * Checks a sweep that a program made, reads its datasets of files and fills in its defaults. Paths begin
 * at the working directory.
 *
 * @param source what it was made from, to begin messages with
 * @throws UserError where it breaks a rule of the schema, or a dataset cannot be read
 */
export async function checkedSweep(sweep: SweepFile, source = "sweep"): Promise<Sweep> {
  return readFileDatasets(parseWith(sweepSchema, sweep, source, SWEEP_FILE), ".", source);
}

/**
 * As `readSweep`, of what a sweep wrote of its file: longer by line breaks and defaults. Datasets of files
 * are as it says, and not read: to read results, none is needed.
 */
export async function readResolvedSweep(file: string): Promise<Sweep> {
  const content = await readContent(file, 4 * MAX_FILE_BYTES);
  const sweep = parseWith(sweepSchema, content, file, SWEEP_FILE);
  refuseUnresolved(sweep, file);
  return locateFileDatasets(sweep, dirname(file));
}

/** A sweep has written both, so somebody has taken one out. */
function refuseUnresolved(sweep: Sweep, file: string): void {
  for (const [place, { samples, sha256 }] of placesOfFileDatasets(sweep)) {
    const missing = sha256 === undefined ? "sha256" : samples === undefined ? "samples" : undefined;
    if (missing === undefined) continue;
    throw new UserError(
      `${file}: ${place}.${missing}: is missing; run lrn sweep again, which fills it in`,
    );
  }
}

async function readContent(file: string, maxBytes: number): Promise<unknown> {
  const text = await readText(file, { what: "the path of a sweep file", maxBytes });
  if (text !== undefined) return parseJson(text, file, { comments: true });
  throw new UserError(`${file || '""'}: there is no such file; give the path of a sweep file`);
}
