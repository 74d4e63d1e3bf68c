/** Converged trials of a whole sweep in a few rows: cells that differ in the same few axes are counted together. */
import { AXIS_NAMES, type AxisName, type PartialCell } from "../model/axes.js";
import {
  axesAt,
  compareValues,
  differingAxes,
  IN_TABLE_ORDER,
  sameValue,
  shownAxes,
} from "../model/cells.js";
import type { CellSummary } from "./cell-summaries.js";
import { groupBy } from "./convergence-tables.js";

export interface Count {
  readonly converged: number;
  readonly trials: number;
}

export interface PooledCounts {
  /** A connection with a training style each, among others: what stands over a column. */
  readonly columns: readonly PartialCell[];
  /** What tells the rows apart. */
  readonly rowAxes: readonly AxisName[];
  /** In the order of tables, with a count for each column; undefined where the sweep has no such cell. */
  readonly rows: readonly {
    readonly axes: PartialCell;
    readonly counts: readonly (Count | undefined)[];
  }[];
  /** For each column. */
  readonly totals: readonly Count[];
  /** Axes over whose values each count goes, with these. */
  readonly pooled: readonly { readonly name: AxisName; readonly values: readonly unknown[] }[];
  /** The values that all cells share of the other axes that are always shown. */
  readonly common: PartialCell;
}

/** A network's shape goes first where there are too many rows: what is compared is how networks are trained. */
const POOLED_FIRST: readonly AxisName[] = ["depth", "width"];

/**
 * @param cells at least one
 * @param mostRows pooled are depth and width where there would be more, then the axis with the most values
 */
export function pooledCounts(cells: readonly CellSummary[], mostRows: number): PooledCounts {
  const shown = shownAxes(cells.map(({ cell }) => cell));
  const differing = differingAxes(cells.map(({ cell }) => cell));
  const columnAxes = columnAxesOf(shown);
  const columns = groupBy(cells, columnAxes).map(({ axes }) => axes);
  const candidates = IN_TABLE_ORDER.filter(
    (name) => differing.includes(name) && !columnAxes.includes(name),
  );
  const valuesOf = (name: AxisName) =>
    groupBy(cells, [name])
      .map(({ axes }) => axes[name] as unknown)
      .toSorted((a, b) => compareValues(name, a, b));
  const rowAxes = axesThatFit(candidates, mostRows, {
    rows: (names) => groupBy(cells, names).length,
    values: (name) => valuesOf(name).length,
  });
  return {
    columns,
    rowAxes,
    rows: groupBy(cells, rowAxes).map(({ axes, members }) => ({
      axes,
      counts: columns.map((column) => countOf(members, column)),
    })),
    totals: columns.map((column) => countOf(cells, column)!),
    pooled: candidates
      .filter((name) => !rowAxes.includes(name))
      .map((name) => ({ name, values: valuesOf(name) })),
    common: commonOf(
      cells,
      shown.filter((name) => !differing.includes(name) && !columnAxes.includes(name)),
    ),
  };
}

/** The connection, and whatever tables have over their columns. */
function columnAxesOf(shown: readonly AxisName[]): AxisName[] {
  const overColumns = axesAt("column", shown);
  return AXIS_NAMES.filter((name) => name === "connection" || overColumns.includes(name));
}

interface Sizes {
  rows(names: readonly AxisName[]): number;
  values(name: AxisName): number;
}

function axesThatFit(all: readonly AxisName[], mostRows: number, sizes: Sizes): AxisName[] {
  if (sizes.rows(all) <= mostRows) return [...all];
  let names = all.filter((name) => !POOLED_FIRST.includes(name));
  while (sizes.rows(names) > mostRows) {
    const [largest] = names.toSorted((a, b) => sizes.values(b) - sizes.values(a));
    names = names.filter((name) => name !== largest);
  }
  return names;
}

function countOf(cells: readonly CellSummary[], values: PartialCell): Count | undefined {
  const names = Object.keys(values) as AxisName[];
  const counted = cells.filter(({ cell }) =>
    names.every((name) => sameValue(cell[name], values[name])),
  );
  if (counted.length === 0) return undefined;
  const sum = (field: keyof Count) => counted.reduce((total, cell) => total + cell[field], 0);
  return { converged: sum("converged"), trials: sum("trials") };
}

function commonOf([{ cell }]: readonly CellSummary[], names: readonly AxisName[]): PartialCell {
  return Object.fromEntries(names.map((name) => [name, cell[name]]));
}
