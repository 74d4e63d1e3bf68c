/** Arranges cells as the thesis prints them: by default a table per width, optimizer and learning rate. */
import canonicalize from "canonicalize";
import { AXIS_NAMES, type AxisName, type PartialCell } from "../model/axes.js";
import { axesAt, compareCells, pick, sameValue, shownAxes } from "../model/cells.js";
import type { CellSummary } from "./cell-summaries.js";

/** The cells that have the row's values, one for each group of columns; undefined where there is none. */
export interface ConvergenceRow {
  /** Depth and connection, among others. */
  readonly axes: PartialCell;
  readonly cells: readonly (CellSummary | undefined)[];
}

export interface ConvergenceTotal {
  readonly axes: PartialCell;
  readonly converged: readonly (number | null)[];
}

export interface ConvergenceTable {
  /** What all its cells have: width, optimizer and learning rate, among others. */
  readonly title: PartialCell;
  /** Over a group of columns each: a training style, iterative first. */
  readonly groups: readonly PartialCell[];
  /** By depth, plain above late-residual. */
  readonly rows: readonly ConvergenceRow[];
  /** Converged trials of all rows that differ in depth alone, for each group of columns; null where it has no cell. */
  readonly totals: readonly ConvergenceTotal[];
}

/** The axis that totals sum over: the first of a row. */
const SUMMED: AxisName = axesAt("row", AXIS_NAMES)[0];

/** Tables in the order of what their titles say. */
export function convergenceTables(cells: readonly CellSummary[]): ConvergenceTable[] {
  const shown = shownAxes(cells.map(({ cell }) => cell));
  return groupBy(cells, axesAt("title", shown)).map(({ axes, members }) =>
    tableOf(axes, members, shown),
  );
}

function tableOf(
  title: PartialCell,
  cells: readonly CellSummary[],
  shown: readonly AxisName[],
): ConvergenceTable {
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
  return groupBy(totalled, names).map(({ axes, members }) => ({
    axes,
    converged: Array.from({ length: groups }, (_, group) => {
      const cells = members.flatMap((row) => row.cells[group] ?? []);
      return cells.length === 0
        ? null
        : cells.reduce((total, { converged }) => total + converged, 0);
    }),
  }));
}

/** @returns the cell of a table that has these values */
export function cellIn(
  { rows }: Pick<ConvergenceTable, "rows">,
  wanted: PartialCell,
): CellSummary | undefined {
  return rows.flatMap(({ cells }) => cells).find((cell) => cell && has(cell.cell, wanted));
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
  const groups = new Map<string, { axes: PartialCell; members: Item[] }>();
  for (const item of items) {
    const axes = pick(item.cell, names);
    const text = canonicalize(axes)!;
    const group = groups.get(text);
    if (group) group.members.push(item);
    else groups.set(text, { axes, members: [item] });
  }
  return [...groups.values()].sort((a, b) => compareCells(a.axes, b.axes));
}
