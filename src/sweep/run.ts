/** Trains what a store lacks of a plan. */
import type { EngineTraits } from "../engines/contract.js";
import type { Store } from "../store/store.js";
import { packBatches, packSameBatches } from "./batches.js";
import type { Plan, PlannedCell } from "./plan.js";
import { missingSeeds, ownSeeds } from "./seeds.js";
import { type TrainingPool, trainBatches } from "./train-batches.js";
import { type WorkLeft, withoutBatch, workLeft } from "./work-left.js";

export interface RunOptions {
  readonly engine: EngineTraits;
  /**
   * Called after each batch is in the store, with the trials that it held and what is left; and with no
   * trials before the first batch, and again where cells are trained until they have enough.
   */
  readonly onProgress?: (trials: number, left: WorkLeft) => void;
  /** No further batch is begun once it is aborted; those at work are finished and stored. */
  readonly signal?: AbortSignal;
  /** Train again what failed. */
  readonly retryFailed?: boolean;
}

/**
 * What a trial gives does not depend on the workers, on the batches or on their order, so a store filled
 * in several runs is the store of one.
 *
 * @returns how many trials were trained
 * @throws StoppedError where nothing trains any more
 */
export async function runPlan(
  plan: Plan,
  store: Store,
  pool: TrainingPool,
  { engine, onProgress, signal, retryFailed = false }: RunOptions,
): Promise<number> {
  let trained = 0;
  const round = async (retry: boolean) => {
    const before = trained;
    const missing = (cell: PlannedCell) => missingSeeds(plan, store, cell, retry);
    let left = onProgress && workLeft(plan, store, engine, retry);
    if (left) onProgress?.(0, left);
    const batches = pool.shared
      ? packSameBatches(plan, missing, engine, pool.shared.packedFor)
      : packBatches(plan, missing, engine, pool.workers);
    await trainBatches(batches, {
      ...{ pool, store, engine, threshold: plan.threshold, signal },
      onStored(batch) {
        trained += batch.length;
        if (!left) return;
        left = withoutBatch(left, batch, engine);
        onProgress?.(batch.length, left);
      },
    });
    return trained > before && !signal?.aborted;
  };
  let more = await round(retryFailed);
  // Cells that are trained until they have enough get block after block.
  while (more && plan.until) more = await round(false);
  return trained;
}

/** How many of the plan's trials, or of its shard's, the store has, without those that are to be trained again. */
export function doneOf(plan: Plan, store: Pick<Store, "seedsDone">, retryFailed = false): number {
  const all = new Set(plan.seeds);
  return plan.cells.reduce((done, cell) => {
    const asked = plan.shard ? new Set(ownSeeds(plan, cell)) : all;
    return done + store.seedsDone(cell.key, retryFailed).filter((seed) => asked.has(seed)).length;
  }, 0);
}
