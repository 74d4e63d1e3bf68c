/** The trials of a results folder and their outcomes: one SQLite file. */
import { AXIS_NAMES } from "../model/axes.js";
import type { LaterNumber } from "../model/outcome.js";
import type { Cell } from "../model/trial.js";
import { cellOfRow, cellValues, columnOf, PLACEHOLDERS } from "./axis-columns.js";
import {
  closeReadWrite,
  type Database,
  openReadOnly,
  openReadWrite,
  problemsOf,
  transaction,
} from "./database.js";
import { damaged, onStore } from "./sqlite-errors.js";
import {
  laterColumns,
  OUTCOME_COLUMNS,
  placeholderOf,
  type SeedOutcome,
  type StoredTrial,
  storedOutcome,
  storedTrial,
  TRIAL_COLUMNS,
  trialValues,
} from "./trial-rows.js";

export type { SeedOutcome, StoredTrial } from "./trial-rows.js";

/** Trials of one cell that finished together. */
export interface StoredBatch {
  readonly cellKey: string;
  readonly cell: Cell;
  readonly trials: readonly StoredTrial[];
}

/** A cell as the store has it, which may be damaged: only where its key is `cellKey` of it, it is one that was trained. */
export interface StoredCell {
  readonly key: string;
  readonly cell: Cell;
}

/** A trial with the cell that its row belongs to. */
export interface KeyedTrial extends StoredCell {
  readonly trial: StoredTrial;
}

/** As many as a message names of those that begin alike, and one more. */
const MOST_ALIKE = 4;

export interface StoreReader {
  /** Seeds of the cell that have an outcome, ascending; with `retryFailed`, only those that did not fail. */
  seedsDone(cellKey: string, retryFailed?: boolean): number[];
  /** The cell's trials by ascending seed. */
  trialsOf(cellKey: string): StoredTrial[];
  /** What came of them, and of the later numbers only these: a fraction of what takes the time. */
  outcomesOf(cellKey: string, later: readonly LaterNumber[]): SeedOutcome[];
  /** The median of the milliseconds of a cell's trained trials, which other work on the machine moves least; null where there are none. */
  trainMsOf(cellKey: string): number | null;
  trialOf(cellKey: string, seed: number): StoredTrial | undefined;
  /**
   * The trials whose key begins so, each with its cell, by ascending key; of many, the first few. No index
   * has keys, so that every row is looked at.
   *
   * @param beginning hexadecimal digits, in lower case
   */
  trialsWithKey(beginning: string): KeyedTrial[];
  /** In the order in which they were first written. */
  cells(): StoredCell[];
  /** How many trials there are in all. */
  count(): number;
  /** What is wrong with the file beyond the numbers in it: a line each, none where it is sound. */
  problems(): string[];
  close(): void;
}

export interface Store extends StoreReader {
  /**
   * Writes all of them in one transaction, or none. A trial that is there already stays as it is,
   * unless it failed: then the new outcome takes its place.
   */
  write(batches: readonly StoredBatch[]): void;
  /** Keeps all that `action` writes, or none where it throws. */
  whole(action: () => void): void;
}

/**
 * Opens a store that is there, to read it alone.
 *
 * @throws UserError where the file is damaged, of a newer version, or no store
 */
export function openStoreReadOnly(file: string): StoreReader {
  const db = openReadOnly(file);
  return { ...readers(db, file), close: () => db.close() };
}

/**
 * Copies a store as it stands at this moment, also one that cannot be written.
 *
 * @param to a file that does not exist
 * @throws UserError where the file is damaged, of a newer version, or no store
 */
export function copyStore(file: string, to: string): void {
  const db = openReadOnly(file);
  try {
    onStore(file, () => db.prepare("VACUUM INTO ?").run(to));
  } finally {
    db.close();
  }
}

/**
 * Opens the store, making it where there is none.
 *
 * @throws UserError where the file is damaged, of a newer version, or no store; it is then left as it is
 */
export function openStore(file: string): Store {
  const db = openReadWrite(file);
  const { insertCell, selectCell, insertTrial } = onStore(file, () => statements(db));
  return {
    ...readers(db, file),
    write: (batches) =>
      onStore(file, () =>
        transaction(db, () => {
          for (const { cellKey, cell, trials } of batches) {
            insertCell.run(cellKey, ...cellValues(cell));
            const { id } = selectCell.get(cellKey);
            for (const trial of trials) insertTrial.run(id, ...trialValues(trial));
          }
        }),
      ),
    whole: (action) => onStore(file, () => transaction(db, action)),
    close: () => closeReadWrite(db),
  };
}

function statements(db: Database) {
  return {
    insertCell: db.prepare(
      `INSERT INTO cell (key, ${AXIS_NAMES.map(columnOf).join(", ")})
       VALUES (?, ${PLACEHOLDERS.join(", ")})
       ON CONFLICT (key) DO NOTHING`,
    ),
    selectCell: db.prepare("SELECT id FROM cell WHERE key = ?"),
    // Not INSERT OR IGNORE, which would drop a row that breaks a constraint without a word.
    insertTrial: db.prepare(
      `INSERT INTO trial (${TRIAL_COLUMNS.join(", ")})
       VALUES (${TRIAL_COLUMNS.map(placeholderOf).join(", ")})
       ON CONFLICT (cell, seed) DO UPDATE SET
         ${TRIAL_COLUMNS.slice(3)
           .map((column) => `${column} = excluded.${column}`)
           .join(", ")}
       WHERE trial.state = 'failed'`,
    ),
  };
}

function readers(db: Database, file: string): Omit<StoreReader, "close"> {
  const { seeds, trials, trial, alike, cell, cells, count, columns } = onStore(file, () => ({
    seeds: db.prepare(
      `SELECT seed FROM trial WHERE cell = (SELECT id FROM cell WHERE key = ?)
       AND (state <> 'failed' OR NOT ?) ORDER BY seed`,
    ),
    trials: db.prepare(
      "SELECT * FROM trial WHERE cell = (SELECT id FROM cell WHERE key = ?) ORDER BY seed",
    ),
    trial: db.prepare(
      "SELECT * FROM trial WHERE cell = (SELECT id FROM cell WHERE key = ?) AND seed = ?",
    ),
    alike: db.prepare(
      `SELECT * FROM trial WHERE substr(key, 1, length(?1)) = ?1 ORDER BY key LIMIT ${MOST_ALIKE}`,
    ),
    cell: db.prepare("SELECT * FROM cell WHERE id = ?"),
    cells: db.prepare("SELECT * FROM cell ORDER BY id"),
    count: db.prepare("SELECT count(*) AS trials FROM trial"),
    columns: db.prepare("SELECT name FROM pragma_table_info('trial')"),
  }));
  seeds.setReturnArrays(true);
  const prepared = new Map<string, ReturnType<Database["prepare"]>>();
  /** Of each cell in turn the same is asked, and to prepare it takes longer than to read a few trials. */
  const selectTrials = (columns: string, order: string) => {
    const sql = `SELECT ${columns} FROM trial WHERE cell = (SELECT id FROM cell WHERE key = ?) ${order}`;
    const select = prepared.get(sql) ?? db.prepare(sql);
    prepared.set(sql, select);
    return select;
  };
  // A store of before has none of some later numbers.
  const there = new Set(onStore(file, () => columns.all().map(({ name }) => name)));
  return {
    seedsDone: (cellKey, retryFailed = false) =>
      onStore(file, () => seeds.all(cellKey, Number(retryFailed)).map(([seed]) => seed)),
    trialsOf: (cellKey) =>
      onStore(file, () => trials.all(cellKey).map((row) => storedTrial(row, file))),
    outcomesOf: (cellKey, later) =>
      onStore(file, () => {
        const names = [
          ...OUTCOME_COLUMNS,
          ...laterColumns(later).filter((name) => there.has(name)),
        ];
        const select = selectTrials(names.join(", "), "ORDER BY seed");
        // Twice as fast as an object for each row.
        select.setReturnArrays(true);
        return select.all(cellKey).map((values) => storedOutcome(names, values, file, later));
      }),
    trainMsOf: (cellKey) =>
      onStore(file, () => {
        const select = selectTrials("train_ms", "AND state = 'trained' ORDER BY train_ms");
        const times = select.all(cellKey) as unknown as readonly { readonly train_ms: number }[];
        return times[Math.floor(times.length / 2)]?.train_ms ?? null;
      }),
    trialOf: (cellKey, seed) =>
      onStore(file, () => {
        const row = trial.get(cellKey, seed);
        return row && storedTrial(row, file);
      }),
    trialsWithKey: (beginning) =>
      onStore(file, () =>
        alike.all(beginning).map((row) => {
          const of = cell.get(row.cell);
          if (!of) throw damaged(file, `the row of key ${row.key} belongs to no cell`);
          return { ...storedCell(of), trial: storedTrial(row, file) };
        }),
      ),
    cells: () => onStore(file, () => cells.all().map(storedCell)),
    count: () => onStore(file, () => count.get().trials),
    problems: () => onStore(file, () => problemsOf(db)),
  };
}

function storedCell(row: Record<string, unknown>): StoredCell {
  return { key: row.key as string, cell: cellOfRow(row as never) };
}
