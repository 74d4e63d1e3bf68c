/** A worker of a queue: the ordinary pool of threads, given batches by BullMQ. */
import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import type { Worker } from "bullmq";
import type { Redis } from "ioredis";
import type { Engine } from "../engines/contract.js";
import type { Backend } from "../engines/names.js";
import { openPool } from "../engines/pool.js";
import type { StoppedError } from "../errors.js";
import { fullName, PREFIX, type QueueAddress, shownQueue } from "./address.js";
import { ATTEMPTS, workerName } from "./bull-queue.js";
import { connect, loadQueuePackages } from "./connection.js";
import { watchOthers } from "./others-watch.js";
import { withoutPasswords } from "./passwords.js";
import type { Result } from "./result.js";
import { jobTrainer } from "./train-job.js";

export interface Served {
  readonly batches: number;
  readonly trials: number;
}

export interface ServeOptions {
  readonly engine: Engine;
  /** Threads; one per core unless told. */
  readonly workers?: number | undefined;
  /** Aborted, the batches at work are finished and no others begun. */
  readonly signal: AbortSignal;
  readonly onNote: (text: string) => void;
  /** Called when it is ready, with its threads. */
  readonly onReady: (threads: number) => void;
  /** Called after each batch. */
  readonly onBatch: (served: Served) => void;
}

/** A batch is another worker's where its own has not been heard of for so long, in milliseconds. */
const LOCK_MS = 15_000;
const STALLED_CHECK_MS = 5000;
/** After that Redis is taken for gone. */
const ANSWER_MS = 5000;

/**
 * Trains what comes, until it is told to end.
 *
 * @returns what it has trained
 * @throws UserError where the packages of queues are not installed
 * @throws StoppedError where Redis cannot be reached at first, no thread can load the engine, or batches
 *   are refused one after the other
 */
export async function serveQueue(
  address: QueueAddress,
  { engine, workers, signal, onNote, onReady, onBatch }: ServeOptions,
): Promise<Served> {
  const { bullmq } = await loadQueuePackages();
  let isOver = false;
  const redis = await connect(address, () => !isOver);
  const trainable = { engine: engine.name, numerics: engine.numerics };
  const pool = openPool(engine.name, workers, {
    backend: engine.backend?.name as Backend | undefined,
  });
  const said = new Set<string>();
  const say = (text: string) => {
    if (said.has(text)) return;
    said.add(text);
    onNote(text);
  };
  let served: Served = { batches: 0, trials: 0 };
  let failure: StoppedError | undefined;
  let end!: () => void;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const fail = (reason: StoppedError) => {
    failure ??= reason;
    end();
  };
  const worker: Worker<unknown, Result> = new bullmq.Worker(
    fullName(address.name, trainable),
    jobTrainer({ bullmq, engine, pool, onNote: say, onFailure: fail }),
    {
      connection: redis,
      prefix: PREFIX,
      name: workerName(pool.workers, hostname(), process.pid),
      concurrency: pool.workers + 1, // so that a thread finds its next batch waiting
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: ATTEMPTS - 1,
      runRetryDelay: 1000,
    },
  );
  worker.on("completed", (_, { outcomes }) => {
    served = { batches: served.batches + 1, trials: served.trials + outcomes.length };
    onBatch(served);
  });
  worker.on("failed", (_, { message }) => say(`A batch failed: ${message}`));
  worker.on("error", ({ message }) => {
    if (redis.status !== "ready") return; // said below
    const isLate = /lock|Missing key/i.test(message);
    say(
      isLate
        ? "A batch came too late or is not in the queue any more: it is another worker's, or its sweep has ended."
        : `The queue: ${withoutPasswords(message)}`,
    );
  });
  let isLost = false;
  redis.on("close", () => {
    if (isLost || signal.aborted || failure) return; // told at the first of many attempts
    isLost = true;
    onNote(`The connection to ${shownQueue(address)} is lost; trying to get it back.`);
  });
  redis.on("ready", () => {
    isLost = false;
    onNote("The connection is back.");
  });
  await worker.waitUntilReady();
  onReady(pool.workers);

  const others = watchOthers(redis, { address, trainable, onNote });
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();
  await ended;
  others.close();
  const isFinished = await closed(worker, redis);
  if (!isFinished) {
    onNote("Redis does not answer: other workers train again what is at work here.");
    void worker.disconnect().catch(() => {});
  }
  isOver = true;
  redis.disconnect();
  await pool.close();
  if (failure) throw failure;
  return served;
}

/** Finishes the batches at work. @returns whether it could: where Redis does not answer, nobody would hear of them */
async function closed(worker: Worker, redis: Redis): Promise<boolean> {
  const answers = async () => {
    const answered = redis.ping().catch(() => false);
    return (await Promise.race([answered, wait(ANSWER_MS, false, { ref: false })])) !== false;
  };
  let closing: Promise<true> | undefined;
  while (await answers()) {
    closing ??= worker.close().then(() => true);
    if (await Promise.race([closing, wait(1000, false, { ref: false })])) return true;
  }
  if (!closing) await worker.close(true);
  return false;
}
