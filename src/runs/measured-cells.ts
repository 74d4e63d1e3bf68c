/** One number of every trial of a results folder, cell by cell: what a comparison needs of it. */
import type { Measure } from "../analysis/measures.js";
import type { Series } from "../analysis/paired-clusters.js";
import { counted } from "../counted.js";
import { identityOf } from "../model/cells.js";
import type { Cell } from "../model/trial.js";
import type { TrialNumber } from "../store/store.js";
import { cellsOfGrids, type PlannedCell } from "../sweep/plan.js";
import type { Sweep } from "../sweep/schema.js";
import { openNumbers } from "./asked-numbers.js";

export interface MeasuredFolder {
  readonly sweep: Sweep;
  /** In the order of the sweep file, each once. */
  readonly cells: readonly Cell[];
  /** Those of the grids of each name, each once, in the order of the sweep file. */
  readonly grids: ReadonlyMap<string, readonly Cell[]>;
  /** The largest RMSE of a converged trial, in original units. */
  readonly threshold: number;
  /** Of a cell that is one of `cells`, as it is asked for; kept. */
  seriesOf(cell: Cell): Series;
  /** Of what was read so far, which trials say nothing and why; each a sentence without its end. */
  notes(): string[];
  close(): void;
}

const LEFT_OUT = {
  failed: "that failed",
  diverged: "that diverged",
  unknown: "that have no such number",
  notConverged: "that did not converge",
};

type LeftOut = keyof typeof LEFT_OUT;

export interface MeasureRequest {
  readonly measure: Measure;
  /** Which trials a mean is over: all that were trained to their end, or those that converged. */
  readonly among: "trained" | "converged";
  /** Instead of the sweep's. */
  readonly threshold?: number | undefined;
}

/** @throws UserError where the folder does not have what a sweep writes first, or it cannot be read */
export async function openMeasured(
  folder: string,
  request: MeasureRequest,
): Promise<MeasuredFolder> {
  const { sweep, plan, numbersOf, close } = await openNumbers(folder);
  const planned = new Map(plan.cells.map((each) => [identityOf(each.cell), each]));
  const threshold = request.threshold ?? sweep.convergence.rmse;
  const left = { failed: 0, diverged: 0, unknown: 0, notConverged: 0 };

  const measuredIn = (trial: TrialNumber): number | LeftOut => {
    const { state, finalRmse, value } = trial;
    if (state === "failed") return "failed";
    const converged = finalRmse !== null && finalRmse <= threshold;
    if (request.measure.isConvergence) return converged ? 1 : 0;
    if (state === "diverged") return "diverged";
    if (value === null) return "unknown";
    return request.among === "trained" || converged ? value : "notConverged";
  };
  const read = (cell: PlannedCell): Series => {
    const seeds: number[] = [];
    const values: number[] = [];
    for (const trial of numbersOf(cell, request.measure.field)) {
      const value = measuredIn(trial);
      if (typeof value === "string") left[value]++;
      else {
        seeds.push(trial.seed);
        values.push(value);
      }
    }
    return { seeds: Float64Array.from(seeds), values: Float64Array.from(values) };
  };

  const known = new Map<Cell, Series>();
  return {
    sweep,
    cells: plan.cells.map(({ cell }) => cell),
    grids: namedGrids(sweep, (cell) => planned.get(identityOf(cell))!.cell),
    threshold,
    seriesOf(cell) {
      const series = known.get(cell) ?? read(planned.get(identityOf(cell))!);
      known.set(cell, series);
      return series;
    },
    notes: () => [
      ...(Object.keys(LEFT_OUT) as LeftOut[])
        .filter((why) => left[why] > 0)
        .map((why) => `${counted(left[why], "trial")} ${LEFT_OUT[why]} left out`),
      ...(plan.until
        ? [
            "cells ended with a converged trial, so that their rates are somewhat too high, and tests and " +
              "intervals, which are made for a fixed number of trials, hold but roughly",
          ]
        : []),
    ],
    close,
  };
}

/** @param planned the cell of the plan that is the same as one of a grid */
function namedGrids(sweep: Sweep, planned: (cell: Cell) => Cell): Map<string, Cell[]> {
  const grids = new Map<string, Set<Cell>>();
  for (const { name, cells } of cellsOfGrids(sweep)) {
    if (name === undefined) continue;
    const known = grids.get(name) ?? new Set();
    for (const cell of cells) known.add(planned(cell));
    grids.set(name, known);
  }
  return new Map([...grids].map(([name, cells]) => [name, [...cells]]));
}
