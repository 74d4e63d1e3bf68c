/** Writes a results folder's text files. Each replaces its predecessor whole: none is ever half there. */
import { createWriteStream } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
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

/** `tables/width-<w>/<optimizer>-lr-<rate>.csv` */
export async function writeTables(
  folder: string,
  tables: readonly ConvergenceTable[],
): Promise<void> {
  for (const table of tables) {
    const name = `${table.optimizer}-lr-${table.learningRate}.csv`;
    const file = join(folder, "tables", `width-${table.width}`, name);
    await mkdir(dirname(file), { recursive: true });
    await writeWhole(file, convergenceTableCsv(table));
  }
}

/** Writes a text part by part, no faster than the disk takes it. */
export async function writeParts(file: string, parts: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(parts), createWriteStream(`${file}.part`));
  await rename(`${file}.part`, file);
}

export async function writeWhole(file: string, content: string): Promise<void> {
  await writeFile(`${file}.part`, content);
  await rename(`${file}.part`, file);
}
