/** The datasets of files that a sweep names, wherever they stand in it. */
import { resolve } from "node:path";
import { UserError } from "../errors.js";
import { hasFileNumbers } from "../model/file-points.js";
import { type DatasetSpec, type FileDataset, isOfFile } from "../model/trial.js";
import { readDataset, shownPath } from "./read-dataset.js";
import type { Grid, Sweep } from "./schema.js";

/** @param change is told the place of each, as `grid[1].dataset[0]` */
export function mapFileDatasets(
  sweep: Sweep,
  change: (spec: FileDataset, place: string) => FileDataset,
): Sweep {
  const one = (spec: DatasetSpec, place: string) => (isOfFile(spec) ? change(spec, place) : spec);
  const each = (specs: readonly DatasetSpec[], place: string) =>
    specs.map((spec, i) => one(spec, `${place}[${i}]`));
  const inGrid = (grid: Grid, place: string) =>
    grid.dataset ? { ...grid, dataset: each(grid.dataset, `${place}.dataset`) } : grid;
  const { dataset, grid } = sweep;
  return {
    ...sweep,
    dataset: isList(dataset) ? each(dataset, "dataset") : one(dataset, "dataset"),
    grid: isList(grid) ? grid.map((own, i) => inGrid(own, `grid[${i}]`)) : inGrid(grid, "grid"),
  };
}

function isList<Value>(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}

/** Each with its place. */
export function placesOfFileDatasets(sweep: Sweep): [string, FileDataset][] {
  const found: [string, FileDataset][] = [];
  mapFileDatasets(sweep, (spec, place) => {
    found.push([place, spec]);
    return spec;
  });
  return found;
}

export function fileDatasetsOf(sweep: Sweep): FileDataset[] {
  return placesOfFileDatasets(sweep).map(([, spec]) => spec);
}

/** With paths that hold in every working directory. @param folder where relative ones begin */
export function locateFileDatasets(sweep: Sweep, folder: string): Sweep {
  return mapFileDatasets(sweep, (spec) => ({ ...spec, file: resolve(folder, spec.file) }));
}

/**
 * Reads the files and fills in what they say.
 *
 * @param folder where relative paths begin
 * @param source what the sweep was read from, to begin messages with
 * @throws UserError as `readDataset`
 */
export async function readFileDatasets(
  sweep: Sweep,
  folder: string,
  source: string,
): Promise<Sweep> {
  const read = new Map<string, FileDataset>();
  for (const [place, spec] of placesOfFileDatasets(sweep)) {
    read.set(place, await readDataset(spec, folder, `${source}: ${place}`));
  }
  return mapFileDatasets(sweep, (_, place) => read.get(place)!);
}

/** @throws UserError where the points of one, which training needs, could not be read */
export function refuseWithoutPoints(sweep: Sweep): void {
  const missing = placesOfFileDatasets(sweep).find(([, spec]) => !hasFileNumbers(spec));
  if (!missing) return;
  const [place, { file, sha256 }] = missing;
  throw new UserError(
    `${place}.file: ${shownPath(file)}: there is no such file, and there is something to train on it; bring it back ` +
      `(SHA-256 ${sha256.slice(0, 8)}…), or say where it is, as --set ${place}.file=data.csv`,
  );
}
