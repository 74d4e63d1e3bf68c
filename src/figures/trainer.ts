/** What figures get their trials from: a folder's store, and what trains where it lacks them. */
import { join } from "node:path";
import { loadEngine } from "../engines/load.js";
import { openPool, type PoolOptions } from "../engines/pool.js";
import type { Training } from "../model/outcome.js";
import { type Cell, THESIS_DATASET, type Trial } from "../model/trial.js";
import { openStore, type StoredTrial } from "../store/store.js";
import { lockForWriting } from "../store/writer-lock.js";
import { runPlan } from "../sweep/run.js";
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

export interface Trainer {
  /** @returns the trials of each cell, in the order of `seeds` */
  trials(cells: readonly Cell[], seeds: readonly number[]): Promise<StoredTrial[][]>;
  /** Trains one network again, whatever the store has, to look into it: with its loss per epoch. */
  watch(trial: Trial): Promise<Training>;
  /** How many trials it has trained, and how many of those failed. */
  readonly counts: { trained: number; failed: number };
  close(): Promise<void>;
}

/** @param folder exists; its `trials.db` is made where there is none */
export async function openTrainer(
  folder: string,
  options: Pick<PoolOptions, "onGivenUp">,
): Promise<Trainer> {
  const engine = await loadEngine("fused");
  const lock = lockForWriting(folder);
  const store = openStore(join(folder, "trials.db"));
  const pool = openPool("fused", undefined, options);
  const counts = { trained: 0, failed: 0 };
  return {
    counts,
    async trials(cells, seeds) {
      const planned = cells.map((cell) => ({ cell, key: cellKey(cell, engine.numerics) }));
      const plan = { cells: planned, seeds, trials: cells.length * seeds.length };
      const trained = await runPlan(plan, store, pool, { engine });
      counts.trained += trained;
      return planned.map(({ key }) => {
        const bySeed = new Map(store.trialsOf(key).map((trial) => [trial.seed, trial]));
        const trials = seeds.map((seed) => bySeed.get(seed)!);
        counts.failed += trials.filter(({ outcome }) => outcome.state === "failed").length;
        return trials;
      });
    },
    async watch(trial) {
      const [training] = await engine.train({ trials: [trial], recordLosses: true });
      return training;
    },
    async close() {
      await pool.close();
      store.close();
      lock.release();
    },
  };
}
