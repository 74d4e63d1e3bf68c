/** The CSV files of a results folder. */
import { stringify } from "csv-stringify/sync";
import type { CellSummary } from "../analysis/cells.js";
import type { ConvergenceTable } from "../analysis/convergence-tables.js";
import { hasConverged } from "../model/outcome.js";
import type { Cell } from "../model/trial.js";
import type { StoredTrial } from "../store/store.js";
import { gridRows, STYLE_COLUMNS, STYLE_NAMES } from "./convergence-grid.js";

export const TRIAL_COLUMNS = [
  "key",
  "depth",
  "width",
  "connection",
  "optimizer",
  "learning_rate",
  "training_style",
  "seed",
  "epochs",
  "engine",
  "state",
  "final_rmse",
  "converged",
  "dead_neurons",
  "dead_layers",
  "train_ms",
] as const;

export const CELL_COLUMNS = [
  "depth",
  "width",
  "connection",
  "optimizer",
  "learning_rate",
  "training_style",
  "trials",
  "converged",
  "rate",
  "rate_low",
  "rate_high",
  "dead_neurons_mean",
  "dead_layers_mean",
  "train_ms_mean",
] as const;

type Value = string | number | boolean | undefined;

/** Lines of CSV. Nothing stands where there is no value; truth is `true` or `false`. */
export function csvLines(rows: readonly (readonly Value[])[]): string {
  return stringify(rows as Value[][], { cast: { boolean: String } });
}

export function trialLines(
  cell: Cell,
  trials: readonly StoredTrial[],
  threshold: number,
): readonly Value[][] {
  return trials.map(({ key, seed, engine, outcome, trainMs }) => {
    const numbers = outcome.state === "trained" ? outcome : undefined;
    return [
      key,
      ...axes(cell),
      seed,
      cell.epochs,
      engine,
      outcome.state,
      numbers?.finalRmse,
      hasConverged(outcome, threshold),
      numbers?.deadNeurons,
      numbers?.deadLayers,
      Number(trainMs.toFixed(3)),
    ];
  });
}

export function cellLine({ cell, trials, converged, rate, means }: CellSummary): Value[] {
  return [
    ...axes(cell),
    trials,
    converged,
    rate?.value,
    rate?.low,
    rate?.high,
    means?.deadNeurons,
    means?.deadLayers,
    means && Number(means.trainMs.toFixed(3)),
  ].map((value) => value ?? undefined);
}

/** A convergence table as the thesis prints it; each column carries its style's name. */
export function convergenceTableCsv(table: ConvergenceTable): string {
  const head = table.styles.flatMap((style) =>
    STYLE_COLUMNS.map((column) => `${STYLE_NAMES[style]} ${column.toLowerCase()}`),
  );
  const rows = gridRows(table).map(({ kind, connection, depth, halves }) => [
    kind === "total" ? "total" : depth,
    connection,
    ...halves.flat(),
  ]);
  return csvLines([["Depth", "Connection", ...head], ...rows]);
}

function axes(cell: Cell): Value[] {
  const { depth, width, connection, optimizer, learningRate, trainingStyle } = cell;
  return [depth, width, connection, optimizer, learningRate, trainingStyle];
}
