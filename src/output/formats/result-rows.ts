/** Trials and cells as rows of typed columns; every format of them writes these. */
import type { CellSummary } from "../../analysis/cell-summaries.js";
import { type AxisName, axisOf, type PartialCell } from "../../model/axes.js";
import type { Domain } from "../../model/axis.js";
import { ALWAYS_SHOWN, shownAxes } from "../../model/cells.js";
import {
  columnOfNumber,
  hasConverged,
  isRmse,
  LATER_NUMBERS,
  meanColumnOf,
  numberOf,
} from "../../model/outcome.js";
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

const TYPES: Readonly<Record<Domain["kind"], Column["type"]>> = {
  choice: "text",
  "whole number": "integer",
  "positive number": "given",
  number: "given",
  interval: "text",
  text: "text",
  texts: "text",
  fields: "text",
  alternatives: "text",
};

export function axisColumns(names: readonly AxisName[]): Column[] {
  return names.map((name) => {
    const { column, domain } = axisOf(name);
    return { name: column, type: TYPES[domain.kind] };
  });
}

export function axisValues(cell: PartialCell, names: readonly AxisName[]): Value[] {
  return names.map((name) => {
    const value = cell[name] ?? null;
    return value !== null && typeof value === "object" ? JSON.stringify(value) : value;
  });
}

/** The axes that stand behind all other columns, because not every sweep has cells that differ in them. */
function furtherAxes(cells: readonly Cell[]): AxisName[] {
  return shownAxes(cells).filter((name) => !ALWAYS_SHOWN.includes(name));
}

const TRIAL_COLUMNS: readonly Column[] = [
  { name: "key", type: "text" },
  ...axisColumns(ALWAYS_SHOWN),
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

/** Behind all others, as every column that came later. */
const LATER_TRIAL_COLUMNS: readonly Column[] = LATER_NUMBERS.map((name) => ({
  name: columnOfNumber(name),
  type: isRmse(name) ? "measured" : "integer",
}));

const CELL_COLUMNS: readonly Column[] = [
  ...axisColumns(ALWAYS_SHOWN),
  { name: "trials", type: "integer" },
  { name: "converged", type: "integer" },
  { name: "rate", type: "measured" },
  { name: "rate_low", type: "measured" },
  { name: "rate_high", type: "measured" },
  { name: "dead_neurons_mean", type: "measured" },
  { name: "dead_layers_mean", type: "measured" },
  { name: "train_ms_mean", type: "measured" },
];

/** Behind the further axes too: what is new comes last. */
const LATER_CELL_COLUMNS: readonly Column[] = [
  { name: "diverged", type: "integer" },
  { name: "failed", type: "integer" },
  ...LATER_NUMBERS.map((name): Column => ({ name: meanColumnOf(name), type: "measured" })),
];

/**
 * A row per trial, in parts of a cell.
 *
 * @param trialsOf the trials of the cell at an index of `cells`
 */
export function trialRows(
  cells: readonly Cell[],
  trialsOf: (index: number) => readonly StoredTrial[],
  threshold: number,
): ResultRows {
  const further = furtherAxes(cells).filter((name) => name !== "epochs"); // stands behind the seed
  function* parts() {
    for (const [index, cell] of cells.entries()) {
      const behind = axisValues(cell, further);
      yield trialsOf(index).map((trial) => [
        ...trialRow(cell, trial, threshold),
        ...behind,
        ...laterNumbers(trial, threshold),
      ]);
    }
  }
  return {
    columns: [...TRIAL_COLUMNS, ...axisColumns(further), ...LATER_TRIAL_COLUMNS],
    parts: parts(),
  };
}

/** A row per cell. */
export function cellRows(cells: readonly CellSummary[]): ResultRows {
  const further = furtherAxes(cells.map(({ cell }) => cell));
  const rows = cells.map((summary) => [
    ...cellRow(summary),
    ...axisValues(summary.cell, further),
    summary.diverged,
    summary.failed,
    ...LATER_NUMBERS.map((name) => summary.trainedMeans[name]),
  ]);
  const columns = [...CELL_COLUMNS, ...axisColumns(further), ...LATER_CELL_COLUMNS];
  return { columns, parts: [rows] };
}

function trialRow(
  cell: Cell,
  { key, seed, engine, outcome, trainMs }: StoredTrial,
  threshold: number,
): Value[] {
  const trained = outcome.state === "trained" ? outcome : null;
  return [
    key,
    ...axisValues(cell, ALWAYS_SHOWN),
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

function laterNumbers({ outcome }: StoredTrial, threshold: number): (number | null)[] {
  return LATER_NUMBERS.map((name) =>
    outcome.state === "trained" ? (numberOf(outcome, name, threshold) ?? null) : null,
  );
}

function cellRow({ cell, trials, converged, rate, means }: CellSummary): Value[] {
  return [
    ...axisValues(cell, ALWAYS_SHOWN),
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
