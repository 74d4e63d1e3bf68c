/** Trains what a store lacks of a plan. */
import type { Pool } from "../engines/pool.js";
import type { TrainedBatch } from "../engines/worker.js";
import type { Store, StoredBatch } from "../store/store.js";
import { type PlannedTrial, packBatches } from "./batches.js";
import type { Plan, PlannedCell } from "./plan.js";
import { trialKey } from "./trial-key.js";

export interface RunOptions {
  readonly engine: { readonly name: string; readonly numerics: string; readonly lanes: number };
  /** Called after each batch is in the store, with the trials that it held. */
  readonly onProgress?: (trials: number) => void;
  /** No further batch is begun once it is aborted; those at work are finished and stored. */
  readonly signal?: AbortSignal;
}

/** Seeds of a planned cell that the store has no outcome for, in the plan's order. */
export function missingSeeds(plan: Plan, store: Pick<Store, "seedsDone">, cell: PlannedCell) {
  const done = new Set(store.seedsDone(cell.key));
  return plan.seeds.filter((seed) => !done.has(seed));
}

/**
 * Every batch that finishes is written in one transaction. What a trial gives does not depend on
 * the workers, on the batches or on their order, so a store filled in several runs is the store of one.
 *
 * @returns how many trials were trained
 */
export async function runPlan(
  plan: Plan,
  store: Store,
  pool: Pool,
  { engine, onProgress, signal }: RunOptions,
): Promise<number> {
  let trained = 0;
  const missing = (cell: PlannedCell) => missingSeeds(plan, store, cell);
  const batches = packBatches(plan, missing, engine.lanes, pool.workers);

  const runOneAfterTheOther = async () => {
    for (const batch of batches) {
      const result = await train(pool, batch);
      store.write(storedBatches(batch, result, engine));
      trained += batch.length;
      onProgress?.(batch.length);
      if (signal?.aborted) break;
    }
  };
  // Twice the workers, so that each finds its next batch waiting.
  await Promise.all(Array.from({ length: 2 * pool.workers }, runOneAfterTheOther));
  return trained;
}

/** What an engine throws is the outcome of the batch's trials, not the end of the sweep. */
async function train(pool: Pool, batch: readonly PlannedTrial[]): Promise<TrainedBatch> {
  const trials = batch.map(({ trial }) => trial);
  try {
    return await pool.train(trials);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { outcomes: trials.map(() => ({ state: "failed", reason })), batchMs: 0 };
  }
}

function storedBatches(
  batch: readonly PlannedTrial[],
  { outcomes, batchMs }: TrainedBatch,
  engine: RunOptions["engine"],
): StoredBatch[] {
  const byCell = new Map<PlannedCell, StoredBatch["trials"][number][]>();
  batch.forEach(({ planned, trial }, i) => {
    const trials = byCell.get(planned) ?? [];
    byCell.set(planned, trials);
    trials.push({
      key: trialKey(trial, engine.numerics),
      seed: trial.seed,
      engine: engine.name,
      outcome: outcomes[i],
      trainMs: batchMs / batch.length,
    });
  });
  return [...byCell].map(([{ key, cell }, trials]) => ({ cellKey: key, cell, trials }));
}

/** How many of the plan's trials the store has. */
export function doneOf(plan: Plan, store: Pick<Store, "seedsDone">): number {
  return plan.cells.reduce(
    (done, cell) => done + plan.seeds.length - missingSeeds(plan, store, cell).length,
    0,
  );
}
