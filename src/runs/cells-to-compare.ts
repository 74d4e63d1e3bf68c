/** Every cell of a results folder with what two folders are compared by. */
import type { FolderCell } from "../analysis/folder-cells.js";
import type { PlotCell } from "../analysis/plot-points.js";
import { BIT_STABLE } from "../engines/names.js";
import { cellsByGrid } from "./grid-cells.js";
import { openResults } from "./read-folder.js";

export interface FolderCells {
  readonly cells: readonly FolderCell[];
  /** The same, with their places among them, as the sweep file's grids ask for them. */
  readonly byGrid: readonly PlotCell[];
  /** The largest RMSE of a converged trial, in original units. */
  readonly threshold: number;
}

/** @throws UserError where the folder does not have what a sweep writes first, or it cannot be read */
export async function readFolderCells(folder: string): Promise<FolderCells> {
  const results = await openResults(folder);
  try {
    const { sweep, threshold } = results;
    const cells = results.planned.map((planned, index): FolderCell => {
      const trials = results
        .outcomesOf(index, [])
        .filter(({ outcome }) => outcome.state !== "failed");
      const numbers = (name: "finalRmse" | "deadNeurons") =>
        Float64Array.from(trials, ({ outcome }) =>
          outcome.state === "trained" ? outcome[name] : Number.NaN,
        );
      return {
        ...planned,
        isBitStable: BIT_STABLE[sweep.engine],
        seeds: Float64Array.from(trials, ({ seed }) => seed),
        finalRmse: numbers("finalRmse"),
        deadNeurons: numbers("deadNeurons"),
      };
    });
    return { cells, byGrid: cellsByGrid(results), threshold };
  } finally {
    results.close();
  }
}
