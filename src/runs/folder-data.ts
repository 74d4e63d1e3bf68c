/** The data files that a results folder's trials were trained on: where they are, and their numbers. */
import { resolve } from "node:path";
import { UserError } from "../errors.js";
import { hasFileNumbers } from "../model/file-points.js";
import type { FileDataset } from "../model/trial.js";
import { readManifest } from "../store/manifest.js";
import { fileDatasetsOf } from "../sweep/file-datasets.js";
import { readDataset } from "../sweep/read-dataset.js";
import type { Sweep } from "../sweep/schema.js";
import { filesOf } from "./folder-files.js";

/**
 * Says where the file of a stored dataset is: as the folder's sweep or manifest says, or else in the folder.
 *
 * @throws UserError where the manifest cannot be read
 */
export async function dataFiles(
  folder: string,
  sweep: Sweep,
): Promise<(spec: FileDataset) => FileDataset> {
  const { datasets = {} } = (await readManifest(filesOf(folder).manifest)) ?? {};
  const places = new Map(
    Object.entries(datasets).map(([hash, path]) => [hash, resolve(folder, path)]),
  );
  for (const { sha256, file } of fileDatasetsOf(sweep)) places.set(sha256, file);
  return (spec) => ({
    ...spec,
    file: places.get(spec.sha256) ?? resolve(folder, spec.file),
  });
}

/**
 * Reads what trials were trained on.
 *
 * @param flag to begin messages with, as `--results`
 * @throws UserError where the file is gone or has other numbers
 */
export async function readDataFile(spec: FileDataset, flag: string): Promise<void> {
  const read = await readDataset(spec, ".", `${flag}: dataset`);
  if (hasFileNumbers(read)) return;
  throw new UserError(
    `${flag}: ${spec.file}: there is no such file, and trials were trained on it; bring it back ` +
      `(SHA-256 ${spec.sha256.slice(0, 8)}…), or run lrn sweep with a sweep file that says where it is`,
  );
}
