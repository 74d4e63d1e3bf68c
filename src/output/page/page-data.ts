/** What a page is given to show, as JSON: made where the results folder is, read in the browser. */
import type { AskedTrials } from "../../analysis/cell-summaries.js";
import { AXIS_NAMES, type AxisName, type PartialCell } from "../../model/axes.js";
import type { LaterNumber } from "../../model/outcome.js";
import type { Cell } from "../../model/trial.js";
import type { PackedColumn } from "./packed-columns.js";

export interface PageData {
  /** The package's version. */
  readonly lrn: string;
  /** None on a page that is for trying networks alone. */
  readonly sweep?: PageSweep;
  /** The numbers of data files by the SHA-256 of their dataset, each [rows, inputs and targets]. */
  readonly files: Readonly<Record<string, PackedColumn>>;
  /** Networks to begin with in the playground. */
  readonly startingPoints: readonly StartingPoint[];
}

export interface StartingPoint {
  /** What they have in common: `The thesis's figures`. */
  readonly group: string;
  readonly name: string;
  readonly cell: Cell;
  readonly seed: number;
}

export interface PageSweep {
  readonly name: string;
  /** The largest final RMSE of a converged trial, in original units. */
  readonly threshold: number;
  readonly asked: AskedTrials;
  /** What trained the trials; the latest run's, where there were several. */
  readonly engine: {
    readonly name: string;
    readonly numerics: string;
  };
  readonly commit: string | null;
  /** ISO 8601, UTC: when the first run began, and the latest ended. */
  readonly start: string | null;
  readonly end: string | null;
  /** Of each axis, the values that cells have. */
  readonly values: { readonly [Name in AxisName]: readonly Cell[Name][] };
  /** Of each cell, for every axis in their order, which of these it has. */
  readonly cells: readonly (readonly number[])[];
  /** The sweep file's grids that have names, each with the cells that it asks for. */
  readonly grids: readonly { readonly name: string; readonly cells: readonly number[] }[];
  /** Of each cell, the runs of neighbouring seeds that its trials have: first and last. */
  readonly seeds: readonly (readonly (readonly [number, number])[])[];
  /** Of all trials, cell after cell: 0 trained, 1 diverged, 2 failed. */
  readonly states: PackedColumn;
  /** Of each trial that failed, by its place among all, why. */
  readonly failures: Readonly<Record<string, string>>;
  /** The numbers of trained trials; 0 in the others. */
  readonly columns: Readonly<Record<PageNumber, PackedColumn>>;
  /** What the thesis printed of cells. */
  readonly published: readonly PublishedCount[];
}

export interface PublishedCount {
  /** Which cell. */
  readonly cell: number;
  /** `Figure 4.3` */
  readonly from: string;
  readonly converged: number;
  readonly trials: number;
}

/** Which numbers of a trial a page has. All others it works out by training it again. */
export const PAGE_NUMBERS = [
  "finalRmse",
  "deadNeurons",
  "deadLayers",
  "deadNeuronsBorn",
] as const satisfies readonly ("finalRmse" | "deadNeurons" | "deadLayers" | LaterNumber)[];
export type PageNumber = (typeof PAGE_NUMBERS)[number];

export const STATES = ["trained", "diverged", "failed"] as const;

/** Cells as a page has them. */
export function packCells(cells: readonly Cell[]): Pick<PageSweep, "values" | "cells"> {
  const known = AXIS_NAMES.map(() => new Map<string, number>());
  const values = AXIS_NAMES.map((): unknown[] => []);
  const packed = cells.map((cell) =>
    AXIS_NAMES.map((name, axis) => {
      const text = JSON.stringify(cell[name]);
      const place = known[axis].get(text) ?? values[axis].length;
      if (place === values[axis].length) {
        known[axis].set(text, place);
        values[axis].push(cell[name]);
      }
      return place;
    }),
  );
  const named = AXIS_NAMES.map((name, axis) => [name, values[axis]]);
  return { values: Object.fromEntries(named), cells: packed };
}

export function unpackCells({ values, cells }: Pick<PageSweep, "values" | "cells">): Cell[] {
  return cells.map((places) => {
    const entries = AXIS_NAMES.map((name, axis) => [name, values[name][places[axis]]]);
    return Object.fromEntries(entries) as PartialCell as Cell;
  });
}
