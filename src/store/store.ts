/** The trials of a results folder and their outcomes: one SQLite file. */
import type Database from "libsql";
import type { Outcome } from "../model/outcome.js";
import type { Cell } from "../model/trial.js";
import { openReadOnly, openReadWrite, transaction } from "./database.js";

/** One trial of a cell, as the store keeps it. */
export interface StoredTrial {
  readonly key: string;
  readonly seed: number;
  readonly engine: string;
  readonly outcome: Outcome;
  /** Milliseconds: the time of the batch that the trial was trained in, divided by the batch's trials. */
  readonly trainMs: number;
}

/** Trials of one cell that finished together. */
export interface StoredBatch {
  readonly cellKey: string;
  readonly cell: Cell;
  readonly trials: readonly StoredTrial[];
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
}

export interface StoreReader {
  /** Seeds of the cell that have an outcome, ascending; with `retryFailed`, only those that did not fail. */
  seedsDone(cellKey: string, retryFailed?: boolean): number[];
  /** The cell's trials by ascending seed. */
  trialsOf(cellKey: string): StoredTrial[];
  /** How many trials there are in all. */
  count(): number;
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
  return { ...readers(db), close: () => db.close() };
}

/**
 * Opens the store, making it where there is none.
 *
 * @throws UserError where the file is damaged, of a newer version, or no store; it is then left as it is
 */
export function openStore(file: string): Store {
  const db = openReadWrite(file);
  const insertCell = db.prepare(
    `INSERT INTO cell (key, depth, width, connection, optimizer, learning_rate,
       training_style, epochs, dataset) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (key) DO NOTHING`,
  );
  const selectCell = db.prepare("SELECT id FROM cell WHERE key = ?").raw();
  // Not INSERT OR IGNORE, which would drop a row that breaks a constraint without a word.
  const insertTrial = db.prepare(
    `INSERT INTO trial (cell, seed, key, engine, state, final_rmse, dead_neurons,
       dead_layers, reason, train_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (cell, seed) DO UPDATE SET
       engine = excluded.engine, state = excluded.state, final_rmse = excluded.final_rmse,
       dead_neurons = excluded.dead_neurons, dead_layers = excluded.dead_layers,
       reason = excluded.reason, train_ms = excluded.train_ms
     WHERE trial.state = 'failed'`,
  );
  return {
    ...readers(db),
    write(batches) {
      transaction(db, () => {
        for (const { cellKey, cell, trials } of batches) {
          insertCell.run(cellKey, ...cellValues(cell));
          const [id] = selectCell.get(cellKey) as [number];
          for (const trial of trials) insertTrial.run(id, ...trialValues(trial));
        }
      });
    },
    close: () => db.close(),
  };
}

function readers(db: Database.Database): Omit<StoreReader, "close"> {
  const selectSeeds = db
    .prepare(
      `SELECT seed FROM trial WHERE cell = (SELECT id FROM cell WHERE key = ?)
       AND (state <> 'failed' OR NOT ?) ORDER BY seed`,
    )
    .raw();
  const selectTrials = db.prepare(
    "SELECT * FROM trial WHERE cell = (SELECT id FROM cell WHERE key = ?) ORDER BY seed",
  );
  return {
    seedsDone: (cellKey, retryFailed = false) =>
      (selectSeeds.all(cellKey, Number(retryFailed)) as [number][]).map(([seed]) => seed),
    trialsOf: (cellKey) => (selectTrials.all(cellKey) as OutcomeRow[]).map(storedTrial),
    count: () =>
      (db.prepare("SELECT count(*) AS trials FROM trial").all() as [{ trials: number }])[0].trials,
  };
}

function cellValues(cell: Cell): (string | number)[] {
  const { depth, width, connection, optimizer, learningRate, trainingStyle, epochs } = cell;
  const dataset = JSON.stringify(cell.dataset);
  return [depth, width, connection, optimizer, learningRate, trainingStyle, epochs, dataset];
}

function trialValues({ seed, key, engine, outcome, trainMs }: StoredTrial) {
  const { state } = outcome;
  const numbers =
    state === "trained"
      ? [outcome.finalRmse, outcome.deadNeurons, outcome.deadLayers]
      : [null, null, null];
  const reason = state === "failed" ? outcome.reason : null;
  return [seed, key, engine, state, ...numbers, reason, trainMs];
}

function storedTrial(row: OutcomeRow): StoredTrial {
  const { key, seed, engine, train_ms: trainMs } = row;
  return { key, seed, engine, outcome: outcomeOfRow(row), trainMs };
}

function outcomeOfRow(row: OutcomeRow): Outcome {
  switch (row.state) {
    case "trained":
      return {
        state: "trained",
        finalRmse: row.final_rmse,
        deadNeurons: row.dead_neurons,
        deadLayers: row.dead_layers,
      };
    case "diverged":
      return { state: "diverged" };
    case "failed":
      return { state: "failed", reason: row.reason };
  }
}
