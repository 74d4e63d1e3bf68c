/** A worker of a queue: the ordinary pool of threads, given batches by BullMQ. */
import { hostname } from "node:os";
import type { Engine } from "../engines/contract.js";
import type { Backend } from "../engines/names.js";
import { openPool } from "../engines/pool.js";
import { StoppedError } from "../errors.js";
import { agreeing } from "../counted.js";
import {
  fullName,
  PREFIX,
  type QueueAddress,
  shownQueue,
  shownTrainable,
  trainableOf,
  withoutPasswords,
} from "./address.js";
import { batchOf } from "./batch.js";
import { ATTEMPTS, askedKey, workerName } from "./bull-queue.js";
import { connect, loadQueuePackages } from "./connection.js";
import { resultOf } from "./result.js";

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
const OTHERS_CHECK_MS = 10_000;

/**
 * Trains what comes, until it is told to end.
 *
 * @returns what it has trained
 * @throws UserError where the packages of queues are not installed
 * @throws StoppedError where Redis cannot be reached at first, or no thread can load the engine
 */
export async function serveQueue(
  address: QueueAddress,
  { engine, workers, signal, onNote, onReady, onBatch }: ServeOptions,
): Promise<Served> {
  const { bullmq } = await loadQueuePackages();
  const redis = await connect(address);
  const trainable = { engine: engine.name, numerics: engine.numerics };
  const pool = openPool(engine.name, workers, {
    backend: engine.backend?.name as Backend | undefined,
  });
  const full = fullName(address.name, trainable);
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

  const worker = new bullmq.Worker(
    full,
    async (job, token) => {
      const batch = batchOf(job.data, job.id!, engine);
      try {
        const trained = await pool.train(batch.trials, batch.threshold, batch.numbers);
        return resultOf(batch, trained);
      } catch (error) {
        if (!(error instanceof StoppedError)) throw error;
        failure ??= error;
        end();
        await job.moveToWait(token);
        throw new bullmq.WaitingError();
      }
    },
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

  const lookForOthers = async () => {
    for (const queue of await redis.hkeys(askedKey(address.name))) {
      const other = trainableOf(queue, address.name);
      if (!other || queue === full) continue;
      const batches = await redis.llen(`${PREFIX}:${queue}:wait`);
      if (batches === 0 || said.has(queue)) continue;
      said.add(queue);
      onNote(
        `${agreeing(batches, ["batch", "batches"])} for ${shownTrainable(other)} (${other.protocol}) wait in ${shownQueue(address)}. ` +
          `This worker has ${shownTrainable(trainable)} and leaves them to others: start one with --engine ` +
          `${other.engine}, of the same version of lrn and its packages as the sweep's.`,
      );
    }
  };
  const look = () => void lookForOthers().catch(() => {});
  look();
  const timer = setInterval(look, OTHERS_CHECK_MS);
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();
  await ended;
  clearInterval(timer);
  await worker.close();
  redis.disconnect();
  await pool.close();
  if (failure) throw failure;
  return served;
}
