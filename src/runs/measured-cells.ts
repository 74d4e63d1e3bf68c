/** One number of every trial of a results folder, cell by cell: what a comparison needs of it. */
import { isSequential, type StoppingRule } from "../analysis/cell-summaries.js";
import type { Series } from "../analysis/clusters.js";
import {
  laterNumbersOf,
  type Measure,
  type MeasureOptions,
  measured,
  type Unmeasured,
} from "../analysis/measures.js";
import { counted } from "../counted.js";
import { grouped } from "../model/grouped.js";
import type { Cell } from "../model/trial.js";
import type { Sweep } from "../sweep/schema.js";
import { cellsByGrid } from "./grid-cells.js";
import { openResults } from "./read-folder.js";

export interface MeasuredFolder {
  readonly sweep: Sweep;
  /** In the order of the sweep file, each once. */
  readonly cells: readonly Cell[];
  /** Those of the grids of each name, each once, in the order of the sweep file. */
  readonly grids: ReadonlyMap<string, readonly Cell[]>;
  /** The largest RMSE of a converged trial, in original units. */
  readonly threshold: number;
  /** Whether how many trials a cell has depends on what came of them. */
  readonly isSequential: boolean;
  /** Of a cell that is one of `cells`, as it is asked for; kept. */
  seriesOf(cell: Cell): Series;
  /** Of what was read so far, which trials say nothing and why; each a sentence without its end. */
  notes(): string[];
  close(): void;
}

function sequentialNotes({ untilConverged, untilWidth }: StoppingRule): string[] {
  const roughly =
    "tests and intervals of differences, which are made for a fixed number of trials, hold but roughly, and " +
    "rates over several cells have no interval";
  if (untilConverged !== undefined) {
    return [
      `cells ended with a converged trial, so that their rates are somewhat too high, and ${roughly}`,
    ];
  }
  if (untilWidth === undefined) return [];
  return [
    `cells ended once their rates were known well enough, so that pairs are of the seeds that both needed; ${roughly}`,
  ];
}

const LEFT_OUT: Readonly<Record<Unmeasured, string>> = {
  failed: "that failed left out",
  diverged: "that diverged left out",
  unknown: "that have no such number left out",
  otherThreshold:
    "trained with another threshold left out: a sweep into a new folder would have theirs for this one",
  notConverged: "that did not converge left out",
};

const REASONS = Object.keys(LEFT_OUT) as Unmeasured[];

/** The threshold is the sweep's, unless told. */
export interface MeasureRequest extends Pick<MeasureOptions, "among"> {
  readonly measure: Measure;
  readonly threshold?: number | undefined;
}

/** @throws UserError where the folder does not have what a sweep writes first, or it cannot be read */
export async function openMeasured(
  folder: string,
  { measure, among, threshold: given }: MeasureRequest,
): Promise<MeasuredFolder> {
  const results = await openResults(folder);
  const { sweep, cells } = results;
  const threshold = given ?? results.threshold;
  const later = laterNumbersOf([measure]);
  const left = { failed: 0, diverged: 0, unknown: 0, otherThreshold: 0, notConverged: 0 };

  const read = (index: number): Series => {
    const seeds: number[] = [];
    const values: number[] = [];
    for (const { seed, outcome } of results.outcomesOf(index, later)) {
      // What broke says nothing of either side of a pair, not even that it did not converge.
      const value =
        outcome.state === "failed" ? "failed" : measured(measure, outcome, { threshold, among });
      if (typeof value === "string") left[value]++;
      else {
        seeds.push(seed);
        values.push(value);
      }
    }
    return { seeds: Float64Array.from(seeds), values: Float64Array.from(values) };
  };

  const named = cellsByGrid(results).filter(({ grid }) => grid !== undefined);
  const grids = grouped(named, ({ grid }) => grid!);
  const indices = new Map(cells.map((cell, index) => [cell, index]));
  const known = new Map<Cell, Series>();
  return {
    sweep,
    cells,
    grids: new Map([...grids].map(([name, own]) => [name, own.map(({ cell }) => cell)])),
    threshold,
    isSequential: isSequential(results.asked),
    seriesOf(cell) {
      const series = known.get(cell) ?? read(indices.get(cell)!);
      known.set(cell, series);
      return series;
    },
    notes: () => [
      ...REASONS.filter((why) => left[why] > 0).map(
        (why) => `${counted(left[why], "trial")} ${LEFT_OUT[why]}`,
      ),
      ...sequentialNotes(results.asked),
    ],
    close: results.close,
  };
}
