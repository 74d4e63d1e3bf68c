/** A results folder as the page has it: its cells, and the trials of each. */
import { type CellSummary, summarizeCell } from "../src/analysis/cell-summaries.js";
import type { AxisName } from "../src/model/axes.js";
import { differingAxes, valueText } from "../src/model/cells.js";
import type { Outcome } from "../src/model/outcome.js";
import type { Cell } from "../src/model/trial.js";
import { unpackColumn } from "../src/output/page/packed-columns.js";
import {
  PAGE_NUMBERS,
  type PageNumber,
  type PageSweep,
  type PublishedCount,
  STATES,
  unpackCells,
} from "../src/output/page/page-data.js";

export interface ReportTrial {
  readonly seed: number;
  readonly outcome: Outcome;
}

export interface Report {
  readonly sweep: PageSweep;
  readonly cells: readonly Cell[];
  /** The axes in which cells differ: what can be chosen among. */
  readonly axes: readonly AxisName[];
  /** Of each cell. */
  readonly summaries: readonly CellSummary[];
  readonly published: ReadonlyMap<number, PublishedCount>;
  /** Ascending by seed. */
  trialsOf(cell: number): readonly ReportTrial[];
}

export function readReport(sweep: PageSweep): Report {
  const cells = unpackCells(sweep);
  const states = unpackColumn(sweep.states);
  const columns = Object.fromEntries(
    PAGE_NUMBERS.map((name) => [name, unpackColumn(sweep.columns[name])]),
  ) as Record<PageNumber, Float64Array>;
  const begins: number[] = [];
  let begin = 0;
  for (const ranges of sweep.seeds) {
    begins.push(begin);
    for (const [first, last] of ranges) begin += last - first + 1;
  }
  const outcomeAt = (row: number): Outcome => {
    const state = STATES[states[row]];
    if (state === "diverged") return { state };
    if (state === "failed") return { state, reason: sweep.failures[row] };
    const numbers = Object.fromEntries(PAGE_NUMBERS.map((name) => [name, columns[name][row]]));
    return { state, ...(numbers as Record<PageNumber, number>) };
  };
  const trialsOf = (cell: number): ReportTrial[] => {
    let row = begins[cell];
    return sweep.seeds[cell].flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, i) => ({
        seed: first + i,
        outcome: outcomeAt(row++),
      })),
    );
  };
  return {
    sweep,
    cells,
    axes: differingAxes(cells),
    summaries: cells.map((cell, index) =>
      summarizeCell(
        cell,
        // Training times are of another machine, so a page has none.
        trialsOf(index).map((trial) => ({ ...trial, trainMs: 0 })),
        sweep.threshold,
        sweep.asked,
      ),
    ),
    published: new Map(sweep.published.map((count) => [count.cell, count])),
    trialsOf,
  };
}

/** The cells that have the chosen values; what is not chosen may be anything. */
export function cellsWith(
  { cells, sweep }: Report,
  where: Readonly<Partial<Record<AxisName | "grid", string>>>,
): number[] {
  const { grid, ...axes } = where;
  const ofGrid = grid === undefined ? undefined : sweep.grids.find(({ name }) => name === grid);
  const asked = Object.entries(axes) as [AxisName, string][];
  const inGrid = ofGrid && new Set(ofGrid.cells);
  return cells.flatMap((cell, index) =>
    (grid === undefined || inGrid?.has(index)) &&
    asked.every(([name, text]) => valueText(name, cell[name]) === text)
      ? [index]
      : [],
  );
}

/** What leads to a cell: the text of its value of each axis in which cells differ. */
export function placeOf({ axes }: Report, cell: Cell): Partial<Record<AxisName, string>> {
  return Object.fromEntries(axes.map((name) => [name, valueText(name, cell[name])]));
}
