/** Trials and cells as rows of typed columns; every format of them writes these. */
import type { CellSummary } from "../../analysis/cells.js";
import { hasConverged } from "../../model/outcome.js";
import type { Cell } from "../../model/trial.js";
import type { StoredTrial } from "../../store/store.js";

/** Null where there is no value. */
export type Value = string | number | boolean | null;

export interface Column {
  readonly name: string;
  /** `given`: a number as the sweep file has it. `measured`: one that readers may round. */
  readonly type: "text" | "integer" | "given" | "measured" | "boolean";
}

export interface ResultRows {
  readonly columns: readonly Column[];
  /** A part at a time, so that the trials of a large sweep never stand in memory together. */
  readonly parts: Iterable<readonly (readonly Value[])[]>;
}

const AXES: readonly Column[] = [
  { name: "depth", type: "integer" },
  { name: "width", type: "integer" },
  { name: "connection", type: "text" },
  { name: "optimizer", type: "text" },
  { name: "learning_rate", type: "given" },
  { name: "training_style", type: "text" },
];

const TRIAL_COLUMNS: readonly Column[] = [
  { name: "key", type: "text" },
  ...AXES,
  { name: "seed", type: "integer" },
  { name: "epochs", type: "integer" },
  { name: "engine", type: "text" },
  { name: "state", type: "text" },
  { name: "final_rmse", type: "measured" },
  { name: "converged", type: "boolean" },
  { name: "dead_neurons", type: "integer" },
  { name: "dead_layers", type: "integer" },
  { name: "train_ms", type: "measured" },
];

const CELL_COLUMNS: readonly Column[] = [
  ...AXES,
  { name: "trials", type: "integer" },
  { name: "converged", type: "integer" },
  { name: "rate", type: "measured" },
  { name: "rate_low", type: "measured" },
  { name: "rate_high", type: "measured" },
  { name: "dead_neurons_mean", type: "measured" },
  { name: "dead_layers_mean", type: "measured" },
  { name: "train_ms_mean", type: "measured" },
];

/**
 * A row a trial, in parts of a cell.
 *
 * @param trialsOf the trials of the cell at an index of `cells`
 */
export function trialRows(
  cells: readonly Cell[],
  trialsOf: (index: number) => readonly StoredTrial[],
  threshold: number,
): ResultRows {
  function* parts() {
    for (const [index, cell] of cells.entries()) {
      yield trialsOf(index).map((trial) => trialRow(cell, trial, threshold));
    }
  }
  return { columns: TRIAL_COLUMNS, parts: parts() };
}

/** A row a cell. */
export function cellRows(cells: readonly CellSummary[]): ResultRows {
  return { columns: CELL_COLUMNS, parts: [cells.map(cellRow)] };
}

function trialRow(
  cell: Cell,
  { key, seed, engine, outcome, trainMs }: StoredTrial,
  threshold: number,
): Value[] {
  const trained = outcome.state === "trained" ? outcome : null;
  return [
    key,
    ...axes(cell),
    seed,
    cell.epochs,
    engine,
    outcome.state,
    trained?.finalRmse ?? null,
    hasConverged(outcome, threshold),
    trained?.deadNeurons ?? null,
    trained?.deadLayers ?? null,
    toMicroseconds(trainMs),
  ];
}

function cellRow({ cell, trials, converged, rate, means }: CellSummary): Value[] {
  return [
    ...axes(cell),
    trials,
    converged,
    rate?.value ?? null,
    rate?.low ?? null,
    rate?.high ?? null,
    means?.deadNeurons ?? null,
    means?.deadLayers ?? null,
    means && toMicroseconds(means.trainMs),
  ];
}

function axes(cell: Cell): Value[] {
  const { depth, width, connection, optimizer, learningRate, trainingStyle } = cell;
  return [depth, width, connection, optimizer, learningRate, trainingStyle];
}

/** Milliseconds to their third decimal; a clock tells no more. */
function toMicroseconds(milliseconds: number): number {
  return Number(milliseconds.toFixed(3));
}

/** A value for a reader's eye: measured numbers to four digits, nothing where there is no value. */
export function readable(value: Value, { type }: Column): string {
  if (value === null) return "";
  if (type === "measured" && !Number.isInteger(value)) {
    return String(Number((value as number).toPrecision(4)));
  }
  return String(value);
}
