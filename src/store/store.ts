/** The trials of a results folder and their outcomes: one SQLite file. */
import { AXIS_NAMES } from "../model/axes.js";
import {
  columnOfNumber,
  LATER_NUMBERS,
  type LaterNumber,
  type LaterNumbers,
  type Outcome,
} from "../model/outcome.js";
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
import { bound, REAL } from "./real-numbers.js";
import { damaged, onStore } from "./sqlite-errors.js";
import { typeOfNumber } from "./tables.js";

/** One trial of a cell, as the store keeps it. */
export interface StoredTrial {
  readonly key: string;
  readonly seed: number;
  readonly engine: string;
  readonly outcome: Outcome;
  /** Milliseconds that its training took; of networks trained in step, an equal part of their time. */
  readonly trainMs: number;
}

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

interface OutcomeRow {
  readonly key: string;
  readonly seed: number;
  readonly engine: string;
  readonly state: Outcome["state"];
  readonly final_rmse: number;
  readonly dead_neurons: number;
  readonly dead_layers: number;
  readonly reason: string;
  readonly train_ms: number;
  /** The later numbers: undefined in a store of version 1, null in its rows once it is taken to today's. */
  readonly [column: string]: unknown;
}

export interface StoreReader {
  /** Seeds of the cell that have an outcome, ascending; with `retryFailed`, only those that did not fail. */
  seedsDone(cellKey: string, retryFailed?: boolean): number[];
  /** The cell's trials by ascending seed. */
  trialsOf(cellKey: string): StoredTrial[];
  trialOf(cellKey: string, seed: number): StoredTrial | undefined;
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

/** In the order in which `trialValues` has them, behind the cell's. */
const TRIAL_COLUMNS: readonly string[] = [
  "cell",
  "seed",
  "key",
  "engine",
  "state",
  "reason",
  "train_ms",
  "final_rmse",
  "dead_neurons",
  "dead_layers",
  ...LATER_NUMBERS.map(columnOfNumber),
];

function placeholderOf(column: string): string {
  return column === "train_ms" || typeOfNumber(column) === "REAL" ? REAL : "?";
}

function readers(db: Database, file: string): Omit<StoreReader, "close"> {
  const { seeds, trials, trial, cells, count } = onStore(file, () => ({
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
    cells: db.prepare("SELECT * FROM cell ORDER BY id"),
    count: db.prepare("SELECT count(*) AS trials FROM trial"),
  }));
  seeds.setReturnArrays(true);
  return {
    seedsDone: (cellKey, retryFailed = false) =>
      onStore(file, () => seeds.all(cellKey, Number(retryFailed)).map(([seed]) => seed)),
    trialsOf: (cellKey) =>
      onStore(file, () => trials.all(cellKey).map((row) => storedTrial(row, file))),
    trialOf: (cellKey, seed) =>
      onStore(file, () => {
        const row = trial.get(cellKey, seed);
        return row && storedTrial(row, file);
      }),
    cells: () =>
      onStore(file, () => cells.all().map((row) => ({ key: row.key, cell: cellOfRow(row) }))),
    count: () => onStore(file, () => count.get().trials),
    problems: () => onStore(file, () => problemsOf(db)),
  };
}

function trialValues({ seed, key, engine, outcome, trainMs }: StoredTrial) {
  const trained = outcome.state === "trained" ? outcome : undefined;
  const reason = outcome.state === "failed" ? outcome.reason : null;
  return [
    seed,
    key,
    engine,
    outcome.state,
    reason,
    bound(trainMs),
    trained ? bound(trained.finalRmse) : null,
    trained?.deadNeurons ?? null,
    trained?.deadLayers ?? null,
    ...LATER_NUMBERS.map((name) => laterValue(name, trained?.[name])),
  ];
}

function laterValue(name: LaterNumber, value: number | undefined) {
  if (value === undefined) return null;
  return typeOfNumber(columnOfNumber(name)) === "REAL" ? bound(value) : value;
}

function storedTrial(row: OutcomeRow, file: string): StoredTrial {
  const { key, seed, engine, train_ms: trainMs } = row;
  const outcome = outcomeOfRow(row);
  if (!outcome || typeof trainMs !== "number") {
    throw damaged(file, `the row of seed ${seed} and key ${key} breaks the table's rules`);
  }
  return { key, seed, engine, outcome, trainMs };
}

/** Undefined where the row is not as the table's constraints have it: they hold for what is written, not for bits that flip. */
function outcomeOfRow(row: OutcomeRow): Outcome | undefined {
  const { state, final_rmse: finalRmse, dead_neurons: deadNeurons, reason } = row;
  const { dead_layers: deadLayers } = row;
  switch (state) {
    case "trained": {
      const numbers = [finalRmse, deadNeurons, deadLayers];
      const later = laterNumbers(row);
      if (!later || numbers.some((value) => typeof value !== "number")) return undefined;
      return { state, finalRmse, deadNeurons, deadLayers, ...later };
    }
    case "diverged":
      return { state };
    case "failed":
      return typeof reason === "string" ? { state, reason } : undefined;
    default:
      return undefined;
  }
}

/** Undefined where one of them is damaged: of those that every trained trial has, all are there or none is. */
function laterNumbers(row: OutcomeRow): LaterNumbers | undefined {
  const entries = LATER_NUMBERS.flatMap((name) => {
    const value = row[columnOfNumber(name)] ?? null;
    return value === null ? [] : [[name, value] as const];
  });
  const counts = entries.filter(([name]) => !MAY_LACK.includes(name)).length;
  const isWhole =
    counts === 0 ? entries.length === 0 : counts === LATER_NUMBERS.length - MAY_LACK.length;
  if (!isWhole || entries.some(([, value]) => typeof value !== "number")) return undefined;
  return Object.fromEntries(entries);
}

/** What not every trained trial has. */
const MAY_LACK: readonly LaterNumber[] = ["deadOnDomain", "testRmse"];
