/** The trials of a results folder and their outcomes: one SQLite file. */
import Database from "libsql";
import type { Outcome } from "../model/outcome.js";
import type { Cell } from "../model/trial.js";
import { SCHEMA } from "./tables.js";

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

export interface Store {
  /** Seeds of the cell that have an outcome, ascending. */
  seedsDone(cellKey: string): number[];
  /** The cell's trials by ascending seed. */
  trialsOf(cellKey: string): StoredTrial[];
  /** Writes all of them in one transaction, or none. A trial that is there already stays as it is. */
  write(batches: readonly StoredBatch[]): void;
  close(): void;
}

/** Opens a store that is there, to read it alone. */
export function openStoreReadOnly(file: string): Pick<Store, "seedsDone" | "trialsOf" | "close"> {
  const db = new Database(file, { readonly: true });
  return { ...readers(db), close: () => db.close() };
}

/**
 * Opens the store, making it where there is none.
 *
 * Written ahead to a log that is flushed at checkpoints: a crash of the process loses no
 * transaction, one of the machine at most the latest, and neither harms the file.
 */
export function openStore(file: string): Store {
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = NORMAL");
  db.exec(SCHEMA);

  // Not INSERT OR IGNORE, which would drop a row that breaks a constraint without a word.
  const insertCell = db.prepare(
    `INSERT INTO cell (key, depth, width, connection, optimizer, learning_rate,
       training_style, epochs, dataset) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (key) DO NOTHING`,
  );
  const insertTrial = db.prepare(
    `INSERT INTO trial (cell, seed, key, engine, state, final_rmse, dead_neurons,
       dead_layers, reason, train_ms)
     VALUES ((SELECT id FROM cell WHERE cell.key = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (cell, seed) DO NOTHING`,
  );
  const write = db.transaction((batches: readonly StoredBatch[]) => {
    for (const { cellKey, cell, trials } of batches) {
      insertCell.run(cellKey, ...cellValues(cell));
      for (const trial of trials) insertTrial.run(cellKey, ...trialValues(trial));
    }
  });

  return { ...readers(db), write, close: () => db.close() };
}

function readers(db: Database.Database): Pick<Store, "seedsDone" | "trialsOf"> {
  const selectSeeds = db
    .prepare(
      "SELECT seed FROM trial WHERE cell = (SELECT id FROM cell WHERE key = ?) ORDER BY seed",
    )
    .raw();
  const selectTrials = db.prepare(
    "SELECT * FROM trial WHERE cell = (SELECT id FROM cell WHERE key = ?) ORDER BY seed",
  );
  return {
    seedsDone: (cellKey) => (selectSeeds.all(cellKey) as [number][]).map(([seed]) => seed),
    trialsOf: (cellKey) => (selectTrials.all(cellKey) as OutcomeRow[]).map(storedTrial),
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
