/** What a results folder has, as a page shows it. */
import { number } from "../counted.js";
import { UserError } from "../errors.js";
import type { AxisName, PartialCell } from "../model/axes.js";
import { sameValue } from "../model/cells.js";
import { fileNumbers } from "../model/file-points.js";
import { grouped } from "../model/grouped.js";
import { LATER_NUMBERS } from "../model/outcome.js";
import { type Cell, isOfFile } from "../model/trial.js";
import { packColumn } from "../output/page/packed-columns.js";
import {
  PAGE_NUMBERS,
  type PageData,
  type PageSweep,
  type PublishedCount,
  packCells,
  STATES,
} from "../output/page/page-data.js";
import type { SeedOutcome } from "../store/store.js";
import { rangesOf } from "../sweep/seeds.js";
import { thesisNumbers } from "../thesis/printed-numbers.js";
import { dataFiles, readDataFile } from "./folder-data.js";
import { cellsByGrid } from "./grid-cells.js";
import { type AskedResults, openResults, runsInto } from "./read-folder.js";

/** A page of more is too large to be mailed, and for a browser to open in seconds. */
const MOST_TRIALS = 1_000_000;

export type SweepOfPage = Required<Pick<PageData, "sweep" | "files">>;

/**
 * Reads the trials that the folder's sweep asks for.
 *
 * @throws UserError where the folder cannot be read, or a data file that it was trained on is gone
 */
export async function readPageSweep(folder: string): Promise<SweepOfPage> {
  const results = await openResults(folder);
  try {
    const files = await filesOfCells(folder, results);
    return { sweep: await sweepOf(folder, results), files };
  } finally {
    results.close();
  }
}

async function sweepOf(folder: string, results: AskedResults): Promise<PageSweep> {
  const { sweep, cells, threshold } = results;
  const runs = await runsInto(folder);
  const engine = runs.find(({ engine: { name } }) => name === sweep.engine)?.engine;
  const { numerics = "", name = sweep.engine } = engine ?? {};
  return {
    name: sweep.name,
    threshold,
    asked: results.asked,
    engine: { name, numerics },
    commit: runs[0]?.commit ?? null,
    start: runs.at(-1)?.start ?? null,
    end: runs[0]?.end ?? null,
    ...packCells(cells),
    grids: namedGrids(results),
    ...packTrials(trialsOf(folder, results)),
    published: publishedOf(cells),
  };
}

const LATER = LATER_NUMBERS.filter((later) => PAGE_NUMBERS.some((name) => name === later));

/** @throws UserError where there are too many for a page */
function trialsOf(folder: string, results: AskedResults): (readonly SeedOutcome[])[] {
  let trials = 0;
  return results.cells.map((_, index) => {
    const own = results.outcomesOf(index, LATER);
    trials += own.length;
    if (trials > MOST_TRIALS) {
      throw new UserError(
        `${folder}: a page must have at most ${number(MOST_TRIALS)} trials, the sweep has more; sweep fewer seeds or ` +
          "cells into another folder, or look at this one with lrn plot",
      );
    }
    return own;
  });
}

function namedGrids(results: AskedResults): PageSweep["grids"] {
  const grids = grouped(cellsByGrid(results), ({ grid }) => grid);
  return [...grids].flatMap(([name, cells]) =>
    name === undefined ? [] : [{ name, cells: cells.map(({ index }) => index) }],
  );
}

function packTrials(
  perCell: readonly (readonly SeedOutcome[])[],
): Pick<PageSweep, "seeds" | "states" | "failures" | "columns"> {
  const outcomes = perCell.flatMap((trials) => trials.map(({ outcome }) => outcome));
  const column = (name: (typeof PAGE_NUMBERS)[number]) =>
    packColumn(
      Float64Array.from(outcomes, (outcome) =>
        outcome.state === "trained" ? (outcome[name] ?? 0) : 0,
      ),
    );
  return {
    seeds: perCell.map((trials) => rangesOf(trials.map(({ seed }) => seed))),
    states: packColumn(Float64Array.from(outcomes, ({ state }) => STATES.indexOf(state))),
    failures: Object.fromEntries(
      outcomes.flatMap((outcome, row) =>
        outcome.state === "failed" ? [[row, outcome.reason]] : [],
      ),
    ),
    columns: Object.fromEntries(
      PAGE_NUMBERS.map((name) => [name, column(name)]),
    ) as PageSweep["columns"],
  };
}

/** The counts that the thesis printed of these cells. */
function publishedOf(cells: readonly Cell[]): PublishedCount[] {
  return thesisNumbers().flatMap((number) => {
    if (number.kind !== "count") return [];
    const { from, where, count, trials } = number;
    const cell = cells.findIndex((own) => has(own, where));
    return cell < 0 ? [] : [{ cell, from, converged: count, trials }];
  });
}

function has(cell: Cell, values: PartialCell): boolean {
  const names = Object.keys(values) as AxisName[];
  return names.every((name) => sameValue(cell[name], values[name]));
}

/** The numbers of the files that cells were trained on, so that the page can train them again. */
async function filesOfCells(
  folder: string,
  { sweep, cells }: AskedResults,
): Promise<PageData["files"]> {
  const specs = new Map(
    cells.flatMap(({ dataset }) => (isOfFile(dataset) ? [[dataset.sha256, dataset]] : [])),
  );
  if (specs.size === 0) return {};
  const located = await dataFiles(folder, sweep);
  for (const spec of specs.values()) await readDataFile(located(spec), "report");
  const numbers = [...fileNumbers()].filter(([sha256]) => specs.has(sha256));
  return Object.fromEntries(numbers.map(([sha256, own]) => [sha256, packColumn(own)]));
}
