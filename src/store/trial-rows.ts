/** A trial as a row of the store's table, and back. */
import {
  columnOfNumber,
  isOfOneThreshold,
  isRmse,
  LATER_NUMBERS,
  type LaterNumber,
  type LaterNumbers,
  type Outcome,
} from "../model/outcome.js";
import { bound, REAL } from "./real-numbers.js";
import { damaged } from "./sqlite-errors.js";
import { THRESHOLD_COLUMN, typeOfNumber } from "./tables.js";

/** One trial of a cell, as the store keeps it. */
export interface StoredTrial {
  readonly key: string;
  readonly seed: number;
  readonly engine: string;
  readonly outcome: Outcome;
  /** Milliseconds that its training took; of networks trained in step, an equal part of their time. */
  readonly trainMs: number;
}

/** Of a trial, what came of it. */
export interface SeedOutcome {
  readonly seed: number;
  readonly outcome: Outcome;
}

/** The part of a row that an outcome is read from. */
interface OutcomeRow {
  readonly seed: number;
  readonly state: Outcome["state"];
  readonly final_rmse: number;
  readonly dead_neurons: number;
  readonly dead_layers: number;
  readonly reason: string;
  readonly threshold_rmse?: unknown;
  /** The later numbers: undefined in a store of version 1, null in its rows once it is taken to today's. */
  readonly [column: string]: unknown;
}

interface TrialRow extends OutcomeRow {
  readonly key: string;
  readonly engine: string;
  readonly train_ms: number;
}

/** Those of `OutcomeRow`, without the later numbers. */
export const OUTCOME_COLUMNS: readonly string[] = [
  ...["seed", "state", "final_rmse", "dead_neurons", "dead_layers", "reason"],
];

/** In the order in which `trialValues` has them, behind the cell's. */
export const TRIAL_COLUMNS: readonly string[] = [
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
  ...laterColumns(LATER_NUMBERS),
];

/** Of these numbers, the columns that they are read from: that of the threshold behind the number that is of it. */
export function laterColumns(names: readonly LaterNumber[]): string[] {
  return names.flatMap((name) =>
    isOfOneThreshold(name) ? [columnOfNumber(name), THRESHOLD_COLUMN] : columnOfNumber(name),
  );
}

export function placeholderOf(column: string): string {
  return column === "train_ms" || typeOfNumber(column) === "REAL" ? REAL : "?";
}

export function trialValues({ seed, key, engine, outcome, trainMs }: StoredTrial) {
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
    ...LATER_NUMBERS.map((name) => {
      const value = trained?.[name];
      return value !== undefined && isRmse(name) ? bound(value) : (value ?? null);
    }),
    trained?.thresholdRmse === undefined ? null : bound(trained.thresholdRmse),
  ];
}

export function storedTrial(row: TrialRow, file: string): StoredTrial {
  const { key, seed, engine, train_ms: trainMs } = row;
  const outcome = outcomeOfRow(row);
  if (!outcome || typeof trainMs !== "number") {
    throw damaged(file, `the row of seed ${seed} and key ${key} breaks the table's rules`);
  }
  return { key, seed, engine, outcome, trainMs };
}

/**
 * @param names of the columns that `values` are in
 * @param later the numbers that the row was asked for
 */
export function storedOutcome(
  names: readonly string[],
  values: readonly unknown[],
  file: string,
  later: readonly LaterNumber[],
): SeedOutcome {
  const row: Record<string, unknown> = {};
  for (let i = 0; i < names.length; i++) row[names[i]] = values[i];
  const outcome = outcomeOfRow(row as unknown as OutcomeRow, later);
  if (!outcome) throw damaged(file, `the row of seed ${row.seed} breaks the table's rules`);
  return { seed: row.seed as number, outcome };
}

/** Undefined where the row is not as the table's constraints have it: they hold for what is written, not for bits that flip. */
function outcomeOfRow(
  row: OutcomeRow,
  names: readonly LaterNumber[] = LATER_NUMBERS,
): Outcome | undefined {
  const { state, final_rmse: finalRmse, dead_neurons: deadNeurons, reason } = row;
  const { dead_layers: deadLayers } = row;
  switch (state) {
    case "trained": {
      const numbers = [finalRmse, deadNeurons, deadLayers];
      const later = laterNumbers(row, names);
      if (!later || numbers.some((value) => typeof value !== "number")) return undefined;
      const thresholdRmse = row.threshold_rmse ?? undefined;
      const hasEpochs = later.epochsToConverge !== undefined;
      if (thresholdRmse === undefined && !hasEpochs) {
        return { state, finalRmse, deadNeurons, deadLayers, ...later };
      }
      if (typeof thresholdRmse !== "number") return undefined;
      return { state, finalRmse, deadNeurons, deadLayers, ...later, thresholdRmse };
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
function laterNumbers(row: OutcomeRow, names: readonly LaterNumber[]): LaterNumbers | undefined {
  const numbers: { [Name in LaterNumber]?: number } = {};
  let [counts, all] = [0, 0];
  for (const name of names) {
    const value = row[LATER_COLUMNS[name]] ?? null;
    if (value !== null && typeof value !== "number") return undefined;
    if (value !== null) numbers[name] = value;
    if (MAY_LACK.includes(name)) continue;
    all++;
    if (value !== null) counts++;
  }
  const isWhole = counts === 0 ? Object.keys(numbers).length === 0 : counts === all;
  return isWhole || all === 0 ? numbers : undefined;
}

/** Worked out once: a store may have a million rows. */
const LATER_COLUMNS = Object.fromEntries(
  LATER_NUMBERS.map((name) => [name, columnOfNumber(name)]),
) as Readonly<Record<LaterNumber, string>>;

/** What not every trained trial has. */
const MAY_LACK: readonly LaterNumber[] = [
  "deadOnDomain",
  "testRmse",
  "firstLayerRmse",
  "epochsToConverge",
];
