/** A baseline: what a sweep gave once, cell by cell, to compare later runs with. */
import { z } from "zod";
import { hasConverged } from "../model/outcome.js";
import { type Cell, CONNECTIONS, OPTIMIZERS, TRAINING_STYLES } from "../model/trial.js";
import type { CellTrial } from "./cells.js";

/** Raised when a baseline file changes so that older versions of `lrn` cannot read it. */
export const BASELINE_FORMAT = 1;

/** Whole numbers, so that a file shows each change as it is; a mean of them would be rounded. */
export interface CellCounts {
  readonly trials: number;
  readonly converged: number;
  /** Sums over the converged trials. */
  readonly deadNeurons: number;
  readonly deadLayers: number;
}

export type CellAxes = Omit<Cell, "epochs" | "dataset">;

export interface BaselineCell extends CellAxes, CellCounts {}

/** What must be alike for exact counts to be alike. */
export interface Conditions {
  /** Dataset and seeds as in the sweep file. */
  readonly dataset: object;
  readonly epochs: number;
  readonly seeds: unknown;
  readonly convergence: { readonly rmse: number };
}

/** Where the counts come from. No time and no host: the same counts give the same file. */
export interface Provenance {
  readonly lrn: string;
  readonly engine: string;
  readonly numerics: string;
  /** Of lrn's source, where that was a git checkout. */
  readonly commit: string | null;
}

export interface Baseline extends Conditions {
  readonly format: number;
  readonly name: string;
  readonly provenance: Provenance;
  /** In the order of `compareAxes`. */
  readonly cells: readonly BaselineCell[];
}

/** A cell as just trained. */
export interface MeasuredCell extends BaselineCell {
  /** Trials that an engine error kept from ending. */
  readonly failed: number;
}

/** @param threshold the largest RMSE of a converged trial, in original units */
export function countCell(
  cell: Cell,
  trials: readonly CellTrial[],
  threshold: number,
): MeasuredCell {
  const { depth, width, connection, optimizer, learningRate, trainingStyle } = cell;
  const counts = { trials: trials.length, converged: 0, deadNeurons: 0, deadLayers: 0, failed: 0 };
  for (const { outcome } of trials) {
    if (outcome.state === "failed") counts.failed++;
    if (!hasConverged(outcome, threshold) || outcome.state !== "trained") continue;
    counts.converged++;
    counts.deadNeurons += outcome.deadNeurons;
    counts.deadLayers += outcome.deadLayers;
  }
  return { depth, width, connection, optimizer, learningRate, trainingStyle, ...counts };
}

export function makeBaseline(
  { name, dataset, epochs, seeds, convergence }: Conditions & { readonly name: string },
  provenance: Provenance,
  measured: readonly MeasuredCell[],
): Baseline {
  const cells = measured.map(({ failed: _, ...cell }) => cell).sort(compareAxes);
  const conditions = { dataset, epochs, seeds, convergence };
  return { format: BASELINE_FORMAT, name, provenance, ...conditions, cells };
}

/** The order of a baseline's cells, that of the tables: it does not follow the sweep file's. */
export function compareAxes(a: CellAxes, b: CellAxes): number {
  return (
    a.width - b.width ||
    OPTIMIZERS.indexOf(a.optimizer) - OPTIMIZERS.indexOf(b.optimizer) ||
    b.learningRate - a.learningRate ||
    a.depth - b.depth ||
    CONNECTIONS.indexOf(a.connection) - CONNECTIONS.indexOf(b.connection) ||
    TRAINING_STYLES.indexOf(a.trainingStyle) - TRAINING_STYLES.indexOf(b.trainingStyle)
  );
}

const MAX_TRIALS = 10_000_000;

/** A cell has ten values in some 200 bytes; beside them there may be a long list of seeds. */
export const MAX_BASELINE_CELLS = 20_000;
export const MAX_BASELINE_BYTES = 8 * 2 ** 20;
export const MAX_BASELINE_VALUES = 500_000;

function wholeNumber(max = Number.MAX_SAFE_INTEGER) {
  const error = `must be a whole number from 0 to ${max.toLocaleString("en-US")}`;
  return z.int({ error }).min(0, { error }).max(max, { error });
}

function oneOf<const Values extends readonly string[]>(values: Values) {
  return z.enum(values, { error: `must be ${values.map((v) => JSON.stringify(v)).join(" or ")}` });
}

const positive = z.number({ error: "must be a number" }).positive({ error: "must be above 0" });
const text = z
  .string({ error: "must be a text" })
  .max(200, { error: "must have at most 200 characters" });
const object = { error: "must be an object" };
const seeds = { error: "must be seeds as in a sweep file, as 10" };

const cellSchema = z
  .object(
    {
      depth: wholeNumber(),
      width: wholeNumber(),
      connection: oneOf(CONNECTIONS),
      optimizer: oneOf(OPTIMIZERS),
      learningRate: positive,
      trainingStyle: oneOf(TRAINING_STYLES),
      trials: wholeNumber(MAX_TRIALS),
      converged: wholeNumber(MAX_TRIALS),
      deadNeurons: wholeNumber(),
      deadLayers: wholeNumber(),
    },
    object,
  )
  .refine(({ trials, converged }) => converged <= trials, {
    error: "must be at most the cell's trials",
    path: ["converged"],
  });

/** The file's rules. Fields that they do not know are let be. */
export const baselineSchema = z.object(
  {
    format: z.literal(BASELINE_FORMAT, { error: `must be ${BASELINE_FORMAT}` }),
    name: text,
    provenance: z.object(
      { lrn: text, engine: text, numerics: text, commit: text.nullable() },
      object,
    ),
    dataset: z.object(
      { function: text, samples: wholeNumber(), generator: text, seed: wholeNumber() },
      object,
    ),
    epochs: wholeNumber(),
    seeds: z.union([z.int(seeds), z.array(z.int(), seeds), z.record(z.string(), z.int(), seeds)]),
    convergence: z.object({ rmse: positive }, object),
    cells: z
      .array(cellSchema, { error: "must be a list of cells" })
      .max(MAX_BASELINE_CELLS, { error: `must be at most ${MAX_BASELINE_CELLS} cells` }),
  },
  { error: "must be a baseline, as lrn check --update writes it" },
);
