/**
 * What trains: an engine, the worker threads that load it, and the store of a folder. Everything that
 * trains more than one network comes through here.
 */
import type { Engine } from "../engines/contract.js";
import { openPool, type Pool } from "../engines/pool.js";
import type { QueueAddress } from "../queue/address.js";
import type { JobEvents } from "../queue/job-queue.js";
import { openStore, openStoreReadOnly, type Store } from "../store/store.js";
import { lockForWriting } from "../store/writer-lock.js";
import type { Plan } from "../sweep/plan.js";
import { type Proof, type ProofOptions, proveStore } from "../sweep/prove.js";
import { doneOf, type RunOptions, runPlan } from "../sweep/run.js";
import { missingSeeds } from "../sweep/seeds.js";
import { filesOf } from "./folder-files.js";
import { timeLeft } from "./time-left.js";

/** Trials that are done, of those that are to be. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** About how long the others take. */
  readonly secondsLeft: number;
  /** Whether total and seconds are the most that they can become: cells are trained until they have enough. */
  readonly atMost: boolean;
  /** Of a queue, the threads that are there; undefined where they are this process's own. */
  readonly workers?: number;
}

/** How a run is watched and ended. */
export interface RunControls {
  /** Threads, at least 1; unless told, one per processor core. */
  readonly workers?: number | undefined;
  /** No further batch is begun once it is aborted; those at work are finished and kept. */
  readonly signal?: AbortSignal | undefined;
  /** Called when the training begins and after every batch. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * Told in a sentence or two what is good to know and no failure: that workers were given up, or that a
   * folder's files will not show the trials of an earlier sweep any more.
   */
  readonly onNote?: ((text: string) => void) | undefined;
  /** Train on the workers at this queue instead of on threads of this process. */
  readonly queue?: QueueAddress | undefined;
}

export interface Trainer {
  readonly store: Store;
  /** Threads that were started, or are at the queue; 0 where nothing was to be trained. */
  readonly workers: number;
  /**
   * Starts the threads, which takes as long as all else together, where the store lacks something of
   * a plan. `train` does so too.
   *
   * @returns whether it lacks something
   * @throws StoppedError where there is a queue and it cannot be reached
   */
  start(plan: Plan, retryFailed?: boolean): Promise<boolean>;
  /**
   * Trains what the store lacks of a plan.
   *
   * @param retryFailed train again what failed
   * @returns how many trials were trained, and how many were there before
   */
  train(plan: Plan, retryFailed?: boolean): Promise<{ trained: number; before: number }>;
  close(): Promise<void>;
}

interface TrainerOptions extends RunControls {
  readonly engine: Engine;
  /** Runs while the folder is held and its store still closed. */
  readonly prepare?: () => Promise<void>;
  /** What an earlier run has left in the queue is not taken, but trained again. */
  readonly isAnew?: boolean | undefined;
}

/**
 * Holds a folder for this process alone, until it is closed, and opens its store.
 *
 * @param folder exists; its store is made where there is none
 * @throws UserError where another process holds it, or its store cannot be used
 */
export async function openTrainer(
  folder: string,
  { prepare, ...options }: TrainerOptions,
): Promise<Trainer> {
  const files = filesOf(folder);
  const lock = lockForWriting(folder, files.lock);
  let store: Store;
  try {
    await prepare?.();
    store = openStore(files.store);
  } catch (error) {
    lock.release();
    throw error;
  }
  let pool: RunPool | undefined;
  const start: Trainer["start"] = async (plan, retryFailed = false) => {
    const lacks = plan.cells.some(
      (cell) => missingSeeds(plan, store, cell, retryFailed).length > 0,
    );
    if (lacks)
      pool ??= options.queue ? await joinQueue(options.queue, options) : startPool(options);
    return lacks;
  };
  return {
    store,
    get workers() {
      return pool?.workers ?? 0;
    },
    start,
    async train(plan, retryFailed = false) {
      const before = doneOf(plan, store, retryFailed);
      if (!pool && !(await start(plan, retryFailed))) return { trained: 0, before };
      const run = runOptions(options, pool!, before, plan.until !== undefined);
      const trained = await runPlan(plan, store, pool!, { ...run, retryFailed });
      return { trained, before };
    },
    async close() {
      await pool?.close();
      store.close();
      lock.release();
    },
  };
}

export interface ProofRequest
  extends RunControls,
    Pick<ProofOptions, "knownNumerics" | "knownThresholds"> {
  readonly engine: Engine;
  /** Compare so many trials, chosen by a seed; all of them unless told. */
  readonly sample?: { readonly trials: number; readonly seed: number } | undefined;
}

/**
 * Trains a folder's trials again and compares; nothing is written.
 *
 * @throws UserError where its store cannot be used
 */
export async function proveTrials(
  folder: string,
  { knownNumerics, knownThresholds, sample, ...options }: ProofRequest,
): Promise<Proof> {
  const store = openStoreReadOnly(filesOf(folder).store);
  const pool = startPool(options);
  try {
    const run = runOptions(options, pool, 0, false);
    const known = { knownNumerics, knownThresholds };
    return await proveStore(store, pool, { ...run, ...known, ...(sample && { sample }) });
  } finally {
    await pool.close();
    store.close();
  }
}

/** What a run needs of a pool of threads, or of a queue. */
type RunPool = Pick<Pool, "workers" | "train" | "shared" | "close">;

async function joinQueue(
  address: QueueAddress,
  { engine: { name, numerics }, isAnew = false, signal, onNote }: TrainerOptions,
): Promise<RunPool> {
  const [{ openQueuePool }, { openBullQueue }] = await Promise.all([
    import("../queue/queue-pool.js"),
    import("../queue/bull-queue.js"),
  ]);
  const trainable = { engine: name, numerics };
  const open = (events: JobEvents) => openBullQueue(address, trainable, events);
  return openQueuePool({ address, trainable, open, isAnew, signal, onNote });
}

/** Says of the first worker alone that it is given up: others mostly follow for the same reason. */
function startPool({ engine, workers, onNote }: TrainerOptions): Pool {
  let told = false;
  return openPool(engine.name, workers, {
    backend: engine.backend?.name,
    onGivenUp(left, reason) {
      if (told || left === 0) return; // with none left, the run ends with the reason
      told = true;
      onNote?.(
        `Workers that cannot load their engine are given up, and the others go on: ${reason}`,
      );
    },
  });
}

/** @param before trials that are done already */
function runOptions(
  { engine, signal, onProgress }: TrainerOptions,
  pool: RunPool,
  before: number,
  atMost: boolean,
): RunOptions {
  const secondsLeft = timeLeft(() => pool.workers);
  let done = before;
  return {
    engine,
    ...(signal && { signal }),
    ...(onProgress && {
      onProgress(trials, left) {
        done += trials;
        const workers = pool.shared && { workers: pool.workers };
        const progress = { done, total: done + left.trials, atMost, ...workers };
        onProgress({ ...progress, secondsLeft: secondsLeft(trials, left) });
      },
    }),
  };
}
