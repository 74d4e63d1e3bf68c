/** What figures get their trials from: a folder's store, and what trains where it lacks them. */
import { loadEngine } from "../engines/load.js";
import type { Training } from "../model/outcome.js";
import { type Cell, THESIS_DATASET, type Trial } from "../model/trial.js";
import { openTrainer, type RunControls } from "../runs/trainer.js";
import type { StoredTrial } from "../store/store.js";
import { cellKey } from "../sweep/trial-key.js";
import { THESIS_EPOCHS } from "../thesis/experiment.js";

/** Where a figure shows the first training of its kind, so many seeds are looked through. */
export const SEEDS_SEARCHED = 1000;

/** A network and recipe, from whatever names them, as the thesis trains it. */
export function thesisCell(of: Omit<Cell, "dataset" | "epochs">): Cell {
  const { depth, width, connection, optimizer, learningRate, trainingStyle } = of;
  return {
    depth,
    width,
    connection,
    optimizer,
    learningRate,
    trainingStyle,
    epochs: THESIS_EPOCHS,
    dataset: THESIS_DATASET,
  };
}

/** How many trials were trained, and how many of those that were asked for failed. */
export interface TrialCounts {
  readonly trained: number;
  readonly failed: number;
}

export interface ThesisTrials {
  /** @returns the trials of each cell, in the order of `seeds` */
  of(cells: readonly Cell[], seeds: readonly number[]): Promise<StoredTrial[][]>;
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
  return {
    counts,
    async of(cells, seeds) {
      const planned = cells.map((cell) => ({ cell, key: cellKey(cell, engine.numerics) }));
      const plan = { cells: planned, seeds, trials: cells.length * seeds.length };
      counts.trained += (await trainer.train(plan)).trained;
      return planned.map(({ key }) => {
        const bySeed = new Map(trainer.store.trialsOf(key).map((trial) => [trial.seed, trial]));
        const trials = seeds.map((seed) => bySeed.get(seed)!);
        counts.failed += trials.filter(({ outcome }) => outcome.state === "failed").length;
        return trials;
      });
    },
    async watch(trial) {
      const [training] = await engine.train({ trials: [trial], recordLosses: true });
      return training;
    },
    close: () => trainer.close(),
  };
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
