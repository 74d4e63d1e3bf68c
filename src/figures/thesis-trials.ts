/** What figures get their trials from: a folder's store, and what trains where it lacks them. */
import { existsSync } from "node:fs";
import { loadEngine } from "../engines/load.js";
import { cellOf, type NamedAxes } from "../model/cells.js";
import type { Training } from "../model/outcome.js";
import { type Cell, THESIS_DATASET, type Trial } from "../model/trial.js";
import { visible } from "../output/visible.js";
import { filesOf } from "../runs/folder-files.js";
import { openTrainer, type RunControls } from "../runs/trainer.js";
import type { StoredTrial } from "../store/store.js";
import { type Plan, planCells, type Until } from "../sweep/plan.js";
import { countedTrials, isComplete } from "../sweep/seeds.js";
import { THESIS_CONVERGED_RMSE, THESIS_EPOCHS } from "../thesis/experiment.js";

/** Where a figure shows the first training of its kind, so many seeds are looked through. */
export const SEEDS_SEARCHED = 1000;

/** A network and recipe, from whatever names them, as the thesis trains it. */
export function thesisCell(of: NamedAxes): Cell {
  const { depth, width, connection, optimizer, learningRate, trainingStyle } = of;
  return cellOf({
    ...{ depth, width, connection, optimizer, learningRate, trainingStyle },
    epochs: THESIS_EPOCHS,
    dataset: THESIS_DATASET,
  });
}

/** How many trials were trained, and how many of those that were asked for failed. */
export interface TrialCounts {
  readonly trained: number;
  readonly failed: number;
}

/** What was found among the trials of a cell. */
export interface Found {
  /** By seed from 0: up to the last one needed, or all that were looked through. */
  readonly trials: readonly StoredTrial[];
  /** Whether they have as many as were wanted. */
  readonly reached: boolean;
}

export interface ThesisTrials {
  /** @returns the trials of seeds 0 to `seeds` - 1 of each cell */
  of(cells: readonly Cell[], seeds: number): Promise<StoredTrial[][]>;
  /** @returns of each cell, the shortest run of seeds 0, 1, 2, … with enough trials that are wanted */
  search(cells: readonly Cell[], until: Until, atMost: number): Promise<Found[]>;
  /** @returns the trial of one seed */
  one(cell: Cell, seed: number): Promise<StoredTrial>;
  /** Trains one network again, whatever the store has, to look into it: with its loss per epoch. */
  watch(trial: Trial): Promise<Training>;
  readonly counts: TrialCounts;
  close(): Promise<void>;
}

/** @param folder exists; its store is made where there is none */
export async function openThesisTrials(
  folder: string,
  controls: RunControls,
): Promise<ThesisTrials> {
  const engine = await loadEngine("fused");
  const trainer = await openTrainer(folder, { ...controls, engine });
  const counts = { trained: 0, failed: 0 };
  let told = !existsSync(filesOf(folder).sweep);
  const trialsOf = async (plan: Plan) => {
    if ((await trainer.start(plan)) && !told) {
      told = true;
      controls.onNote?.(
        `${visible(folder)} has a sweep's results: trials that the figures need and it lacks are added to its ` +
          "trials.db, where lrn query shows them; its tables and CSV files stay as they are.",
      );
    }
    counts.trained += (await trainer.train(plan)).trained;
    return plan.cells.map(({ key }) => {
      const trials = countedTrials(plan, trainer.store.trialsOf(key));
      counts.failed += trials.filter(({ outcome }) => outcome.state === "failed").length;
      return trials;
    });
  };
  const plan = (cells: readonly Cell[], seeds: readonly number[], until?: Until): Plan => ({
    ...planCells(cells, engine.numerics, seeds, until),
    threshold: THESIS_CONVERGED_RMSE,
  });
  return {
    counts,
    of: (cells, seeds) => trialsOf(plan(cells, firstSeeds(seeds))),
    async search(cells, until, atMost) {
      const searched = plan(cells, firstSeeds(atMost), until);
      const found = await trialsOf(searched);
      return found.map((trials) => ({ trials, reached: isComplete(searched, trials) }));
    },
    async one(cell, seed) {
      const [[trial]] = await trialsOf(plan([cell], [seed]));
      return trial;
    },
    async watch(trial) {
      const [training] = await engine.train({ trials: [trial], recordLosses: true });
      return training;
    },
    close: () => trainer.close(),
  };
}

function firstSeeds(count: number): number[] {
  return Array.from({ length: count }, (_, seed) => seed);
}

/**
 * Opens a folder's trials once the first figure asks for them, and closes them in the end.
 *
 * @returns what was trained; undefined where no figure asked
 */
export async function withThesisTrials(
  folder: string,
  controls: RunControls,
  work: (trials: () => Promise<ThesisTrials>) => Promise<void>,
): Promise<TrialCounts | undefined> {
  let opened: Promise<ThesisTrials> | undefined;
  try {
    await work(() => {
      opened ??= openThesisTrials(folder, controls);
      return opened;
    });
    return (await opened)?.counts;
  } finally {
    await (await opened)?.close();
  }
}
