/** Arranges cells as the thesis prints them: by default a table per width, optimizer and learning rate. */
import canonicalize from "canonicalize";
import { AXIS_NAMES, type AxisName, type PartialCell } from "../model/axes.js";
import { axesAt, compareCells, pick, sameValue, shownAxes } from "../model/cells.js";
import { grouped } from "../model/grouped.js";
import { type CellSummary, isFinished, isSequential } from "./cell-summaries.js";

/** The cells that have the row's values, one for each group of columns; undefined where there is none. */
export interface ConvergenceRow {
  /** Depth and connection, among others. */
  readonly axes: PartialCell;
  readonly cells: readonly (CellSummary | undefined)[];
}

/** A number for each group of columns; null where it has no cell. */
type PerGroup = readonly (number | null)[];

/** Of all rows that differ in depth alone. */
export interface ConvergenceTotal extends Readonly<Record<Counted, PerGroup>> {
  readonly axes: PartialCell;
}

const COUNTED = ["trials", "converged", "diverged", "failed"] as const;
export type Counted = (typeof COUNTED)[number];

/** How far a sweep has come that lacks trials: what it has of what it asks for. */
export interface Unfinished {
  /** Cells, where nobody knows before how many trials they need. */
  readonly what: "trials" | "cells";
  readonly has: number;
  readonly of: number;
}

export interface ConvergenceTable {
  /** What all its cells have: width, optimizer and learning rate, among others. */
  readonly title: PartialCell;
  /** Over a group of columns each: a training style, iterative first. */
  readonly groups: readonly PartialCell[];
  /** By depth, plain above late-residual. */
  readonly rows: readonly ConvergenceRow[];
  readonly totals: readonly ConvergenceTotal[];
  /** Of the sweep that the table is of; null where it has all its trials. */
  readonly unfinished: Unfinished | null;
}

/** The axis that totals sum over: the first of a row. */
const SUMMED: AxisName = axesAt("row", AXIS_NAMES)[0];

/** Tables in the order of what their titles say. */
export function convergenceTables(cells: readonly CellSummary[]): ConvergenceTable[] {
  const shown = shownAxes(cells.map(({ cell }) => cell));
  const unfinished = unfinishedOf(cells);
  return groupBy(cells, axesAt("title", shown)).map(({ axes, members }) => ({
    ...tableOf(axes, members, shown),
    unfinished,
  }));
}

function unfinishedOf(cells: readonly CellSummary[]): Unfinished | null {
  if (cells.every(isFinished)) return null;
  if (cells.some(({ asked }) => isSequential(asked))) {
    return { what: "cells", has: cells.filter(isFinished).length, of: cells.length };
  }
  const [has, of] = [cells.map(({ trials }) => trials), cells.map(({ asked }) => asked.trials)];
  return { what: "trials", has: sum(has), of: sum(of) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function tableOf(
  title: PartialCell,
  cells: readonly CellSummary[],
  shown: readonly AxisName[],
): Omit<ConvergenceTable, "unfinished"> {
  const groups = groupBy(cells, axesAt("column", shown)).map(({ axes }) => axes);
  const rows = groupBy(cells, axesAt("row", shown)).map(({ axes, members }) => ({
    axes,
    cells: groups.map((group) => members.find(({ cell }) => has(cell, group))),
  }));
  return { title, groups, rows, totals: totalsOf(rows, groups.length) };
}

function totalsOf(rows: readonly ConvergenceRow[], groups: number): ConvergenceTable["totals"] {
  const names = AXIS_NAMES.filter((name) => name in rows[0].axes && name !== SUMMED);
  const totalled = rows.map((row) => ({ ...row, cell: row.axes }));
  return groupBy(totalled, names).map(({ axes, members }) => {
    const totalOf = (count: Counted) =>
      Array.from({ length: groups }, (_, group) => {
        const cells = members.flatMap((row) => row.cells[group] ?? []);
        return cells.length === 0 ? null : sum(cells.map((cell) => cell[count]));
      });
    return { axes, ...mapCounts(totalOf) };
  });
}

/** @returns under each count's name what `of` makes of it */
export function mapCounts<Value>(of: (count: Counted) => Value): Record<Counted, Value> {
  const entries = COUNTED.map((count) => [count, of(count)]);
  return Object.fromEntries(entries) as Record<Counted, Value>;
}

/** All cells of a table, a row after the other. */
export function cellsIn({ rows }: Pick<ConvergenceTable, "rows">): CellSummary[] {
  return rows.flatMap(({ cells }) => cells.filter((cell) => cell !== undefined));
}

/** @returns the cell of a table that has these values */
export function cellIn(
  table: Pick<ConvergenceTable, "rows">,
  wanted: PartialCell,
): CellSummary | undefined {
  return cellsIn(table).find(({ cell }) => has(cell, wanted));
}

function has(cell: PartialCell, values: PartialCell): boolean {
  const names = Object.keys(values) as AxisName[];
  return names.every((name) => sameValue(cell[name], values[name]));
}

interface Group<Item> {
  readonly axes: PartialCell;
  readonly members: readonly Item[];
}

/** Groups of what is alike in these axes, in the order of tables. */
export function groupBy<Item extends { readonly cell: PartialCell }>(
  items: readonly Item[],
  names: readonly AxisName[],
): Group<Item>[] {
  const groups = grouped(items, ({ cell }) => canonicalize(pick(cell, names))!);
  return [...groups.values()]
    .map((members) => ({ axes: pick(members[0].cell, names), members }))
    .sort((a, b) => compareCells(a.axes, b.axes));
}
