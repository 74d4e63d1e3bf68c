/** Reads a dataset of a file: its points are known by their hash from then on. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { number } from "../counted.js";
import { UserError } from "../errors.js";
import { keepFileNumbers } from "../model/file-points.js";
import type { FileDataset } from "../model/trial.js";

/** As a sweep file or flag has it: what the file says may be left out. */
export type GivenFile = Omit<FileDataset, "samples" | "sha256"> &
  Partial<Pick<FileDataset, "samples" | "sha256">>;

const LEAST_SAMPLES = 2;
const MOST_ROWS = 100_000;

/**
 * Reads the file of a dataset, so that `makeDataset` knows its points from then on in this thread and in
 * worker threads that start after it, and fills in what the file says. Of a dataset that has been read
 * before, and whose file is gone since, everything is known but the points: it is given back as it is.
 *
 * @param folder where a relative path begins
 * @param place of the dataset, for messages, as `sweep.json: dataset[1]`
 * @throws UserError where the file cannot be read, lacks a column or number, or is not as `given` says
 */
export async function readDataset(
  given: GivenFile,
  folder = ".",
  place = "dataset",
): Promise<FileDataset> {
  const file = resolve(folder, given.file);
  const { samples, sha256 } = given;
  if (samples !== undefined && sha256 !== undefined && !existsSync(file)) {
    return { ...given, file, samples, sha256 };
  }
  const { readColumns } = await import("../files/read-columns.js");
  const { inputs, targets, testSamples = 0 } = given;
  const names = [...inputs, ...targets];
  const limits = { leastRows: LEAST_SAMPLES, mostRows: MOST_ROWS };
  const numbers = await readColumns(file, shownPath(file), { names, ...limits }).catch((error) => {
    throw error instanceof UserError ? new UserError(`${place}: ${error.message}`) : error;
  });
  if (!numbers) {
    throw new UserError(
      `${place}.file: ${shownPath(file)}: there is no such file; give the path of a CSV file`,
    );
  }
  const left = numbers.length / names.length - testSamples;
  if (left < LEAST_SAMPLES) {
    throw new UserError(
      `${place}.testSamples: must leave ${LEAST_SAMPLES} rows or more of the file's ` +
        `${number(left + testSamples)} to train on, got ${testSamples}; give fewer`,
    );
  }
  const hash = hashOf(given, numbers);
  if (sha256 !== undefined && sha256 !== hash) {
    throw new UserError(
      `${place}.sha256: ${shownPath(file)} must have the numbers that it had, of SHA-256 ` +
        `${sha256.slice(0, 8)}…, has others, of ${hash.slice(0, 8)}…; bring those back: to train on these, ` +
        "name the file without sha256 and samples",
    );
  }
  if (samples !== undefined && samples !== left) {
    throw new UserError(
      `${place}.samples: must be the file's rows without those for testing, ${number(left)}, ` +
        `got ${number(samples)}; leave it out`,
    );
  }
  keepFileNumbers(new Map([[hash, numbers]]));
  return { ...{ file, inputs, targets, samples: left, sha256: hash }, ...scalingOf(given) };
}

/**
 * SHA-256 of the columns' names, as JSON, and after a line break of the numbers row by row, inputs first,
 * as little-endian float64: what else is in the file, and how numbers are written there, plays no part.
 */
export function hashOf(
  { inputs, targets }: Pick<FileDataset, "inputs" | "targets">,
  numbers: Float64Array,
): string {
  const bytes = Buffer.alloc(8 * numbers.length);
  numbers.forEach((value, i) => {
    bytes.writeDoubleLE(value, 8 * i);
  });
  const names = `${JSON.stringify([inputs, targets])}\n`;
  return createHash("sha256").update(names).update(bytes).digest("hex");
}

/** What is neither the file nor in it. */
function scalingOf({ file, inputs, targets, samples, sha256, ...rest }: GivenFile) {
  return rest;
}

/** As seen from the working directory, where it is below that. */
export function shownPath(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith("..") ? file : path;
}
