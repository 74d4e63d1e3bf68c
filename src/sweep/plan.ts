/** A plan: the trials that a sweep asks for, worked out, nothing trained. */
import { basename } from "node:path";
import type { AskedTrials } from "../analysis/cell-summaries.js";
import { mostTrialsFor } from "../analysis/sampling-until-narrow.js";
import { counted, number } from "../counted.js";
import { UserError } from "../errors.js";
import { AXIS_NAMES, type AxisName, axisOf, type PartialCell } from "../model/axes.js";
import { refuseMeaningless } from "../model/cell-rules.js";
import { hasConverged, type Outcome } from "../model/outcome.js";
import { type Cell, MAX_TRIALS } from "../model/trial.js";
import { mapFileDatasets } from "./file-datasets.js";
import type { Grid, Sweep } from "./schema.js";
import { cellKey } from "./trial-key.js";

/** A plan of so many is made in under ten seconds, and a sweep of them takes less than a gigabyte. */
export const MAX_CELLS = 250_000;

export interface PlannedCell {
  readonly cell: Cell;
  /** Names the cell and the arithmetic that trains it. */
  readonly key: string;
}

export interface Plan {
  /** Each cell once, in the order of the sweep file. */
  readonly cells: readonly PlannedCell[];
  /** Each seed once; every cell is trained with all of them, unless `until` ends it sooner. */
  readonly seeds: readonly number[];
  /** A cell is done once its trials of seeds 0, 1, 2, … are enough. */
  readonly until?: Until;
  /** Trials say since when their RMSE, in original units, is at or under this; it is no part of their keys. */
  readonly threshold?: number;
  /** cells times seeds: with `until`, the most that it can become. */
  readonly trials: number;
  /** What of it is to be trained here; all of it, unless told. */
  readonly shard?: PlanShard;
}

/** One of several parts. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** What a shard has of a plan. */
export interface PlanShard extends Shard {
  /** How many it has trials of. */
  readonly cells: number;
  /** With `until`, the most that they can become. */
  readonly trials: number;
  /** Of a cell, in the plan's order; with `until` all of them or none. */
  seedsOf(cellKey: string): readonly number[];
}

/** What one looks for among a cell's trials, and when they are enough. */
export type Until = UntilFound | UntilNarrow;

interface Looking {
  readonly wanted: (outcome: Outcome) => boolean;
}

/** The trial that is wanted of this number ends a cell. */
export interface UntilFound extends Looking {
  /** At least 1. */
  readonly count: number;
}

/** The rate of those that are wanted is known well enough. */
export interface UntilNarrow extends Looking {
  /** Of its confidence sequence, from its low to its high end. */
  readonly width: number;
}

/** How many trials each cell of a sweep's plan is to have: at the most, where what comes of them ends it. */
export function askedTrials({ seeds, until }: Pick<Plan, "seeds" | "until">): AskedTrials {
  return {
    trials: seeds.length,
    ...(until &&
      ("width" in until ? { untilWidth: until.width } : { untilConverged: until.count })),
  };
}

/**
 * @param numerics the numeric version of the engine that is to train
 * @throws UserError as `cellsOf` does
 */
export function planSweep(sweep: Sweep, numerics: string): Plan {
  const plan = planCells(cellsOf(sweep), numerics, seedsOf(sweep.seeds), untilOf(sweep));
  return { ...plan, threshold: sweep.convergence.rmse };
}

/**
 * The cells of all grids, in the order of the sweep file; some may come twice. They name a data file
 * without its folder, so that results are the same bytes wherever it was.
 *
 * @param source what the grids were given as, to begin messages with; `grid` unless told
 * @throws UserError where the sweep asks for more than ten million trials or 250,000 cells, or where one
 * of its combinations means nothing
 */
export function cellsOf(sweep: Sweep, source?: string): Cell[] {
  return cellsOfGrids(sweep, source).flatMap(({ cells }) => cells);
}

/** What one grid of a sweep asks for. */
export interface GridCells {
  /** As the sweep file names the grid; undefined where it does not. */
  readonly name: string | undefined;
  readonly cells: readonly Cell[];
}

/** As `cellsOf`, grid by grid. */
export function cellsOfGrids(sweep: Sweep, source = "grid"): GridCells[] {
  const named = mapFileDatasets(sweep, (spec) => ({ ...spec, file: basename(spec.file) }));
  const grids = [named.grid].flat() as readonly Grid[];
  refuseTooMany(named, grids, source);
  const all = grids.map((grid) => ({ name: grid.name, cells: combinations(grid, named) }));
  refuseMeaningless(
    source,
    all.flatMap(({ cells }) => cells),
  );
  return all;
}

/** A plan of cells that no sweep file names. A cell that comes twice is planned once. */
export function planCells(
  cells: readonly Cell[],
  numerics: string,
  seeds: readonly number[],
  until?: Until,
): Plan {
  const planned = new Map<string, PlannedCell>();
  for (const cell of cells) {
    const key = cellKey(cell, numerics);
    if (!planned.has(key)) planned.set(key, { cell, key });
  }
  const trials = planned.size * seeds.length;
  return { cells: [...planned.values()], seeds, trials, ...(until && { until }) };
}

function seedsOf(seeds: Sweep["seeds"]): number[] {
  if (Array.isArray(seeds)) return [...new Set(seeds)];
  return Array.from({ length: seedCount(seeds) }, (_, seed) => seed);
}

/** How many seeds a cell gets, at the most: no more than any rate needs that is to be known so well. */
export function seedCount(seeds: Sweep["seeds"]): number {
  if (Array.isArray(seeds)) return seeds.length;
  if (typeof seeds === "number") return seeds;
  return "untilWidth" in seeds
    ? Math.min(seeds.atMost, mostTrialsFor(seeds.untilWidth))
    : seeds.atMost;
}

function untilOf({ seeds, convergence }: Sweep): Plan["until"] {
  if (typeof seeds === "number" || Array.isArray(seeds)) return undefined;
  const wanted = (outcome: Outcome) => hasConverged(outcome, convergence.rmse);
  return "untilWidth" in seeds
    ? { wanted, width: seeds.untilWidth }
    : { wanted, count: seeds.untilConverged };
}

/** Every combination, the last axis changing fastest. */
function combinations(grid: Grid, sweep: Sweep): Cell[] {
  return AXIS_NAMES.reduce<PartialCell[]>(
    (cells, name) => {
      const values = valuesOf(name, grid, sweep);
      return cells.flatMap((cell) => values.map((value) => ({ ...cell, [name]: value })));
    },
    [{}],
  ) as Cell[];
}

/** As the grid has them or, where it does not, as the sweep file has them for all its grids. */
function valuesOf(name: AxisName, grid: Grid, sweep: Sweep): readonly unknown[] {
  const forAll: Partial<Record<AxisName, unknown>> = {
    dataset: sweep.dataset,
    epochs: sweep.epochs,
  };
  const values: unknown = grid[name] ?? forAll[name] ?? axisOf(name).default;
  return Array.isArray(values) ? values : [values];
}

/** Counted before anything is expanded: a plan that is refused must not fill the memory first. */
function refuseTooMany(sweep: Sweep, grids: readonly Grid[], source: string): void {
  const seeds = seedCount(sweep.seeds);
  const cells = grids
    .map((grid) =>
      AXIS_NAMES.reduce((product, name) => product * valuesOf(name, grid, sweep).length, 1),
    )
    .reduce((total, count) => total + count, 0);
  const refuse = (most: number, what: string, asked: number, remedy: string) => {
    if (asked <= most) return;
    throw new UserError(
      `${source}: must ask for at most ${number(most)} ${what}, got ${number(asked)} ` +
        `(${counted(cells, "cell")}, ${counted(seeds, "seed")}); give ${remedy}, or split the sweep`,
    );
  };
  refuse(MAX_TRIALS, "trials", cells * seeds, "fewer values or seeds");
  refuse(MAX_CELLS, "cells", cells, "fewer values");
}
