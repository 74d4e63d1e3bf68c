/** Trains what a store lacks of a plan. */
import type { EngineTraits } from "../engines/contract.js";
import { type Pool, TakenBackError } from "../engines/pool.js";
import type { TrainedBatch } from "../engines/requests.js";
import { StoppedError } from "../errors.js";
import { grouped } from "../model/grouped.js";
import type { Store, StoredBatch } from "../store/store.js";
import { type PlannedTrial, packBatches, packSameBatches } from "./batches.js";
import type { Plan, PlannedCell } from "./plan.js";
import { missingSeeds, ownSeeds } from "./seeds.js";
import { trialKeys } from "./trial-key.js";
import { type WorkLeft, withoutBatch, workLeft } from "./work-left.js";

/** What a plan needs of a pool. */
export type TrainingPool = Pick<Pool, "workers" | "train" | "shared">;

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
 * Every batch that finishes is written in one transaction. What a trial gives does not depend on
 * the workers, on the batches or on their order, so a store filled in several runs is the store of one.
 *
 * @returns how many trials were trained
 */
export async function runPlan(
  plan: Plan,
  store: Store,
  pool: TrainingPool,
  { engine, onProgress, signal, retryFailed = false }: RunOptions,
): Promise<number> {
  let trained = 0;
  let stopped = false;
  const round = async (retry: boolean) => {
    const before = trained;
    const missing = (cell: PlannedCell) => missingSeeds(plan, store, cell, retry);
    let left = onProgress && workLeft(plan, store, engine, retry);
    if (left) onProgress?.(0, left);
    const { shared } = pool;
    const batches = shared
      ? packSameBatches(plan, missing, engine, shared.packedFor)
      : packBatches(plan, missing, engine, pool.workers);
    const trainOneAfterTheOther = async () => {
      for (;;) {
        await shared?.room();
        if (shared && (stopped || signal?.aborted)) break;
        const { value: batch } = batches.next();
        if (!batch) break;
        const result = await train(pool, batch, engine, plan.threshold);
        // Where one could not be written, the others would wait for the same lock or disk.
        if (stopped) break;
        store.write(storedBatches(batch, result, engine));
        trained += batch.length;
        if (left) {
          left = withoutBatch(left, batch, engine);
          onProgress?.(batch.length, left);
        }
        if (stopped || signal?.aborted) break;
      }
    };
    const untilStopped = () =>
      trainOneAfterTheOther().catch((error) => {
        if (error instanceof TakenBackError) return;
        stopped = true;
        throw error;
      });
    // Twice the workers, so that each finds its next batch waiting. Where one cannot write, the
    // batches at work are waited for: the pool must not be closed under them.
    const atOnce = shared?.mostAtOnce ?? 2 * pool.workers;
    const ends = await Promise.allSettled(Array.from({ length: atOnce }, untilStopped));
    for (const end of ends) if (end.status === "rejected") throw end.reason;
    return trained > before && !signal?.aborted;
  };
  let more = await round(retryFailed);
  // Cells that are trained until they have enough get block after block.
  while (more && plan.until) more = await round(false);
  return trained;
}

/** A batch that kills its workers is the outcome of its trials; to have no workers is the end of the sweep. */
async function train(
  pool: TrainingPool,
  batch: readonly PlannedTrial[],
  { numerics }: EngineTraits,
  threshold: number | undefined,
): Promise<Pick<TrainedBatch, "outcomes" | "trainMs">> {
  const trials = batch.map(({ trial }) => trial);
  try {
    const trained = await pool.train(trials, threshold);
    if (trained.numerics !== numerics) throw otherNumerics(trained.numerics, numerics);
    return trained;
  } catch (error) {
    if (error instanceof StoppedError || error instanceof TakenBackError) throw error;
    const failed = { state: "failed", reason: (error as Error).message } as const;
    return { outcomes: trials.map(() => failed), trainMs: trials.map(() => 0) };
  }
}

/** Its trials are not those that the plan's keys name. */
function otherNumerics(of: string, planned: string): StoppedError {
  return new StoppedError(
    `a worker trains with numeric version ${of}, the plan is for ${planned}; nothing of it was kept: ` +
      "give --backend, so that all workers take the same",
  );
}

function storedBatches(
  batch: readonly PlannedTrial[],
  { outcomes, trainMs }: Pick<TrainedBatch, "outcomes" | "trainMs">,
  engine: RunOptions["engine"],
): StoredBatch[] {
  const places = grouped([...batch.keys()], (i) => batch[i].planned);
  return [...places].map(([{ key, cell }, own]) => {
    const keyOf = trialKeys(cell, engine.numerics);
    const trials = own.map((i) => ({
      key: keyOf(batch[i].trial.seed),
      seed: batch[i].trial.seed,
      engine: engine.name,
      outcome: outcomes[i],
      trainMs: trainMs[i],
    }));
    return { cellKey: key, cell, trials };
  });
}

/** How many of the plan's trials, or of its shard's, the store has, without those that are to be trained again. */
export function doneOf(plan: Plan, store: Pick<Store, "seedsDone">, retryFailed = false): number {
  const all = new Set(plan.seeds);
  return plan.cells.reduce((done, cell) => {
    const asked = plan.shard ? new Set(ownSeeds(plan, cell)) : all;
    return done + store.seedsDone(cell.key, retryFailed).filter((seed) => asked.has(seed)).length;
  }, 0);
}
