/** The cells of a results folder as the sweep file's grids ask for them. */
import type { PlotCell } from "../analysis/plot-points.js";
import { identityOf } from "../model/cells.js";
import type { AskedResults } from "../runs/read-folder.js";
import { cellsOfGrids } from "../sweep/plan.js";

/** A cell for each grid's name that asks for it; without a name, for those that have none. */
export function cellsByGrid({ sweep, cells }: Pick<AskedResults, "sweep" | "cells">): PlotCell[] {
  const indices = new Map(cells.map((cell, index) => [identityOf(cell), index]));
  const found = new Map<string, PlotCell>();
  for (const { name, cells: own } of cellsOfGrids(sweep)) {
    for (const cell of own) {
      const index = indices.get(identityOf(cell))!;
      const key = JSON.stringify([index, name ?? null]);
      if (!found.has(key)) found.set(key, { cell: cells[index], index, grid: name });
    }
  }
  return [...found.values()];
}

/** Each cell once, whichever grids ask for it. */
export function withoutGrids(cells: readonly PlotCell[]): PlotCell[] {
  const each = new Map(cells.map(({ cell, index }) => [index, { cell, index }]));
  return [...each.values()];
}
