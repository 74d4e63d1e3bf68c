/** Has batches trained, several at a time, and writes each into the store as it comes. */
import type { EngineTraits } from "../engines/contract.js";
import { type Pool, TakenBackError } from "../engines/pool.js";
import { failedBatch, type TrainedBatch } from "../engines/requests.js";
import { StoppedError } from "../errors.js";
import { grouped } from "../model/grouped.js";
import type { Store, StoredBatch } from "../store/store.js";
import type { PlannedTrial } from "./batches.js";
import { trialKeys } from "./trial-key.js";

/** What a plan needs of a pool. */
export type TrainingPool = Pick<Pool, "workers" | "train" | "shared">;

type PlannedBatch = readonly PlannedTrial[];

type Trained = Omit<TrainedBatch, "numerics">;

interface Training {
  readonly pool: TrainingPool;
  readonly store: Pick<Store, "write">;
  readonly engine: EngineTraits;
  readonly threshold: number | undefined;
  /** No further batch is begun once it is aborted; those at work are finished and stored. */
  readonly signal: AbortSignal | undefined;
  /** Called after each batch is in the store. */
  readonly onStored: (batch: PlannedBatch) => void;
}

/**
 * Every batch that finishes is written in one transaction.
 *
 * @throws Error the first that came of training or writing, once all that is at work is over
 */
export async function trainBatches(
  batches: Iterable<PlannedBatch>,
  { pool, store, engine, threshold, signal, onStored }: Training,
): Promise<void> {
  const { shared } = pool;
  const atWork = new Set<Promise<void>>();
  let failure: { readonly reason: unknown } | undefined;
  let isUnwritable = false;

  const write = (batch: PlannedBatch, trained: Trained) => {
    try {
      store.write(storedBatches(batch, trained, engine));
    } catch (error) {
      isUnwritable = true;
      // What workers finish from now on waits in the queue for the next run.
      void shared?.leave();
      throw error;
    }
    trained.written?.();
  };
  const trainAndWrite = async (batch: PlannedBatch) => {
    const trained = await train(pool, batch, engine, threshold);
    if (isUnwritable) return; // it would wait for the same lock or disk
    write(batch, trained);
    onStored(batch);
  };
  const begin = (batch: PlannedBatch) => {
    const work = trainAndWrite(batch)
      .catch((reason) => {
        if (!(reason instanceof TakenBackError)) failure ??= { reason };
      })
      .finally(() => atWork.delete(work));
    atWork.add(work);
  };
  // Twice the workers, so that each finds its next batch waiting.
  const room = async () => {
    while (atWork.size >= 2 * pool.workers) await Promise.race(atWork);
  };

  try {
    for (const batch of batches) {
      await (shared ? shared.room() : room());
      if (failure || signal?.aborted) break;
      begin(batch);
    }
  } catch (reason) {
    failure ??= { reason }; // as of a store that cannot be read
  }
  // Whatever has failed: the pool must not be closed under the others, and the store may take what they give.
  await Promise.all(atWork);
  if (failure) throw failure.reason;
}

/** A batch that kills its workers is the outcome of its trials; to have no workers is the end of the sweep. */
async function train(
  pool: TrainingPool,
  batch: PlannedBatch,
  { numerics }: EngineTraits,
  threshold: number | undefined,
): Promise<Trained> {
  const trials = batch.map(({ trial }) => trial);
  try {
    const trained = await pool.train(trials, threshold);
    if (trained.numerics !== numerics) throw otherNumerics(trained.numerics, numerics);
    return trained;
  } catch (error) {
    if (error instanceof StoppedError || error instanceof TakenBackError) throw error;
    return failedBatch(trials, numerics, (error as Error).message);
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
  batch: PlannedBatch,
  { outcomes, trainMs }: Trained,
  engine: EngineTraits,
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
