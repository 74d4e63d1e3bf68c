/** What a folder's sweep asks for, as temporary tables beside its store: `asked` and `asked_seed`, for views. */
import { AXIS_NAMES } from "../model/axes.js";
import type { Cell } from "../model/trial.js";
import { cellValues, PLACEHOLDERS, typedColumn } from "./axis-columns.js";
import type { Database } from "./database.js";

export interface Asked {
  /** In the order of the sweep file. */
  readonly cells: Iterable<AskedCell>;
  /** A list of seeds, where the sweep file has one; without it all from 0. */
  readonly seeds?: readonly number[] | undefined;
}

export interface AskedCell {
  readonly key: string;
  readonly cell: Cell;
  /** Trials of this and higher seeds are not asked for. */
  readonly seedsEnd: number;
}

/** @param db whose views find every axis in `cell` */
export function makeAsked(db: Database, { cells, seeds }: Asked): void {
  db.exec(`
CREATE TEMP TABLE asked (
  number INTEGER PRIMARY KEY, id INTEGER, seeds_end INTEGER, listed INTEGER,
  ${AXIS_NAMES.map(typedColumn).join(", ")}
);
CREATE TEMP TABLE asked_seed (seed INTEGER PRIMARY KEY);
BEGIN`);
  const insert = db.prepare(
    `INSERT INTO asked VALUES (NULL, (SELECT id FROM main.cell WHERE key = ?), ?, ?,
       ${PLACEHOLDERS.join(", ")})`,
  );
  for (const { key, cell, seedsEnd } of cells) {
    insert.run(key, seedsEnd, Number(seeds !== undefined), ...cellValues(cell));
  }
  const insertSeed = db.prepare("INSERT INTO asked_seed VALUES (?)");
  for (const seed of seeds ?? []) insertSeed.run(seed);
  db.exec("COMMIT");
}
