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
import {
  CELL_COLUMNS,
  cellLine,
  convergenceTableCsv,
  csvLines,
  TRIAL_COLUMNS,
  trialLines,
} from "./csv.js";

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
  function* parts() {
    yield csvLines([TRIAL_COLUMNS]);
    for (const [index, cell] of cells.entries()) {
      yield csvLines(trialLines(cell, trialsOf(index), threshold));
    }
  }
  const file = join(folder, "trials.csv");
  await pipeline(Readable.from(parts()), createWriteStream(`${file}.part`));
  await rename(`${file}.part`, file);
}

export async function writeCellsCsv(folder: string, cells: readonly CellSummary[]): Promise<void> {
  await writeWhole(join(folder, "cells.csv"), csvLines([CELL_COLUMNS, ...cells.map(cellLine)]));
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

export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${file}.part`, content);
  await rename(`${file}.part`, file);
}
