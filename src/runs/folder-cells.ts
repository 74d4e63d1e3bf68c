/** Every cell of a results folder with what two folders are compared by. */
import type { FolderCell } from "../analysis/folder-cells.js";
import { BIT_STABLE } from "../engines/names.js";
import { openNumbers } from "./asked-numbers.js";

export interface FolderCells {
  readonly cells: readonly FolderCell[];
  /** The largest RMSE of a converged trial, in original units. */
  readonly threshold: number;
}

/** @throws UserError where the folder does not have what a sweep writes first, or it cannot be read */
export async function readFolderCells(folder: string): Promise<FolderCells> {
  const { sweep, plan, numbersOf, close } = await openNumbers(folder);
  try {
    const cells = plan.cells.map((planned): FolderCell => {
      const trials = numbersOf(planned, "deadNeurons").filter(({ state }) => state !== "failed");
      return {
        ...planned,
        isBitStable: BIT_STABLE.includes(sweep.engine),
        seeds: Float64Array.from(trials, ({ seed }) => seed),
        finalRmse: Float64Array.from(trials, ({ finalRmse }) => finalRmse ?? Number.NaN),
        deadNeurons: Float64Array.from(trials, ({ value }) => value ?? Number.NaN),
      };
    });
    return { cells, threshold: sweep.convergence.rmse };
  } finally {
    close();
  }
}
