/** A baseline: what a sweep gave once, cell by cell, to compare later runs with. */
import * as z from "zod";
import { AXIS_NAMES, axisOf, type PartialCell } from "../model/axes.js";
import { axisRule, rmseThreshold, wholeNumber } from "../model/axis-rules.js";
import {
  ALWAYS_SHOWN,
  axesIn,
  compareCells,
  differingAxes,
  namedAxes,
  pick,
} from "../model/cells.js";
import { hasConverged } from "../model/outcome.js";
import { type Cell, MAX_TRIALS } from "../model/trial.js";
import type { CellTrial } from "./cell-summaries.js";

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

/** With the axes that tell its cells apart; what all have alike stands in the baseline itself. */
export interface BaselineCell extends PartialCell, CellCounts {}

/** What must be alike, beside the cells, for exact counts to be alike. */
export interface Conditions {
  /** As in the sweep file. */
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

/** The axes among its fields, as `epochs` and `dataset`, are those that all its cells have alike. */
export interface Baseline extends Conditions, PartialCell {
  readonly format: number;
  readonly name: string;
  readonly provenance: Provenance;
  /** In the order of the tables. */
  readonly cells: readonly BaselineCell[];
}

/** A cell as just trained. */
export interface MeasuredCell extends Cell, CellCounts {
  /** Trials that an engine error kept from ending. */
  readonly failed: number;
}

/** @param threshold the largest RMSE of a converged trial, in original units */
export function countCell(
  cell: Cell,
  trials: readonly CellTrial[],
  threshold: number,
): MeasuredCell {
  const counts = { trials: trials.length, converged: 0, deadNeurons: 0, deadLayers: 0, failed: 0 };
  for (const { outcome } of trials) {
    if (outcome.state === "failed") counts.failed++;
    if (!hasConverged(outcome, threshold) || outcome.state !== "trained") continue;
    counts.converged++;
    counts.deadNeurons += outcome.deadNeurons;
    counts.deadLayers += outcome.deadLayers;
  }
  return { ...cell, ...counts };
}

export function makeBaseline(
  { name, seeds, convergence }: Conditions & { readonly name: string },
  provenance: Provenance,
  measured: readonly MeasuredCell[],
): Baseline {
  const common = sharedAxes(measured);
  const shared = namedAxes(common);
  const apart = AXIS_NAMES.filter((name) => !(name in common));
  const cells = measured
    .toSorted(compareCells)
    .map((cell) => ({ ...pick(cell, apart), ...countsOf(cell) }));
  return { format: BASELINE_FORMAT, name, provenance, ...shared, seeds, convergence, cells };
}

/** What all cells have alike, of the axes that are not shown of every sweep. */
export function sharedAxes(cells: readonly Cell[]): PartialCell {
  if (cells.length === 0) return {};
  const apart = [...ALWAYS_SHOWN, ...differingAxes(cells)];
  return pick(
    cells[0],
    AXIS_NAMES.filter((name) => !apart.includes(name)),
  );
}

/** What all cells of a baseline have alike: later axes that it does not name have their default. */
export function sharedIn(baseline: Baseline): PartialCell {
  const later = AXIS_NAMES.filter((name) => !axisOf(name).founding);
  const inCells = new Set(baseline.cells.flatMap((cell) => Object.keys(axesIn(cell))));
  const usual = later.filter((name) => !inCells.has(name));
  return {
    ...Object.fromEntries(usual.map((name) => [name, axisOf(name).default])),
    ...axesIn(baseline),
  };
}

/** The seeds whose trials its counts are of, in no order. Cells that were trained until they had enough count seeds 0, 1, 2, … */
export function seedsOf({ seeds, cells }: Baseline): number[] {
  if (Array.isArray(seeds)) return seeds;
  const count =
    typeof seeds === "number" ? seeds : Math.max(0, ...cells.map(({ trials }) => trials));
  return Array.from({ length: count }, (_, seed) => seed);
}

export function countsOf({ trials, converged, deadNeurons, deadLayers }: CellCounts): CellCounts {
  return { trials, converged, deadNeurons, deadLayers };
}

/** A cell has ten values in some 200 bytes; beside them there may be a long list of seeds. */
export const MAX_BASELINE_CELLS = 20_000;
export const MAX_BASELINE_BYTES = 8 * 2 ** 20;
export const MAX_BASELINE_VALUES = 500_000;

/** A sum over a cell's trials. */
const count = (max = Number.MAX_SAFE_INTEGER) => wholeNumber(0, max);

/** Each axis by its own rule: those that all cells have alike stand beside the cells, others in them. */
const axes = Object.fromEntries(AXIS_NAMES.map((name) => [name, axisRule(name).optional()]));
const ownAxes = Object.fromEntries(ALWAYS_SHOWN.map((name) => [name, axisRule(name)]));

const text = z
  .string({ error: "must be a text" })
  .max(200, { error: "must have at most 200 characters" });
const object = { error: "must be an object" };
const seeds = { error: "must be seeds as in a sweep file, as 10" };

const cellSchema = z
  .object(
    {
      ...axes,
      ...ownAxes,
      trials: count(MAX_TRIALS),
      converged: count(MAX_TRIALS),
      deadNeurons: count(),
      deadLayers: count(),
    },
    object,
  )
  .refine(({ trials, converged }) => converged <= trials, {
    error: "must be at most the cell's trials",
    path: ["converged"],
  });

/** The file's rules. Fields that they do not know are let be. */
export const baselineSchema: z.ZodType<Baseline> = z.object(
  {
    format: z.literal(BASELINE_FORMAT, { error: `must be ${BASELINE_FORMAT}` }),
    name: text,
    provenance: z.object(
      { lrn: text, engine: text, numerics: text, commit: text.nullable() },
      object,
    ),
    ...axes,
    seeds: z.union([
      z.int(seeds).min(1, seeds).max(MAX_TRIALS, seeds),
      z.array(z.int(), seeds),
      z.record(z.string(), z.number(), seeds),
    ]),
    convergence: z.object({ rmse: rmseThreshold }, object),
    cells: z
      .array(cellSchema, { error: "must be a list of cells" })
      .max(MAX_BASELINE_CELLS, { error: `must be at most ${MAX_BASELINE_CELLS} cells` }),
  },
  { error: "must be a baseline, as lrn check --update writes it" },
);
