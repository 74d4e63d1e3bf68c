/** Writes a results folder's text files. Each replaces its predecessor whole: none is ever half there. */
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { CellSummary } from "../analysis/cells.js";
import type { ConvergenceTable } from "../analysis/convergence-tables.js";
import type { Cell } from "../model/trial.js";
import type { StoredTrial } from "../store/store.js";
import { convergenceTableCsv, csvOfRows } from "./csv.js";
import { cellRows, trialRows } from "./result-rows.js";

export async function writeJson(file: string, content: unknown): Promise<void> {
  await writeWhole(file, `${JSON.stringify(content, null, 2)}\n`);
}

/** `trials.csv`, a cell at a time: the trials of a large sweep never stand in memory together. */
export async function writeTrialsCsv(
  folder: string,
  cells: readonly Cell[],
  trialsOf: (index: number) => readonly StoredTrial[],
  threshold: number,
): Promise<void> {
  const rows = trialRows(cells, trialsOf, threshold);
  await writeParts(join(folder, "trials.csv"), csvOfRows(rows));
}

export async function writeCellsCsv(folder: string, cells: readonly CellSummary[]): Promise<void> {
  await writeParts(join(folder, "cells.csv"), csvOfRows(cellRows(cells)));
}

/** `tables/width-<w>/<optimizer>-lr-<rate>.csv`. Tables of an earlier sweep do not stay beside them. */
export async function writeTables(
  folder: string,
  tables: readonly ConvergenceTable[],
): Promise<void> {
  const whole = join(folder, "tables");
  const part = `${whole}.part`;
  await rm(part, { recursive: true, force: true });
  for (const table of tables) {
    const file = join(
      part,
      `width-${table.width}`,
      `${table.optimizer}-lr-${table.learningRate}.csv`,
    );
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, convergenceTableCsv(table));
  }
  await rm(whole, { recursive: true, force: true });
  await rename(part, whole);
}

/** Writes a text part by part, no faster than the disk takes it. */
export async function writeParts(file: string, parts: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(parts), createWriteStream(`${file}.part`));
  await rename(`${file}.part`, file);
}

export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${file}.part`, content);
  await rename(`${file}.part`, file);
}
