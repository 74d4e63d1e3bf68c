/**
 * The pool whose workers are elsewhere: each batch is a job of a queue. Whoever opens it is the only one that
 * writes the results down. A batch has the same name in every run, so that a run finds what an earlier one
 * has left, and a result that comes twice counts once.
 */
import { type Pool, TakenBackError } from "../engines/pool.js";
import type { StoppedError } from "../errors.js";
import type { QueueAddress, Trainable } from "./address.js";
import { awaitBatches, quietly } from "./awaited-batches.js";
import { watchConnection } from "./connection-watch.js";
import type { JobEvents, JobQueue } from "./job-queue.js";
import { openLine } from "./line.js";
import { watchWorkers } from "./workers-watch.js";

export interface QueuePoolOptions {
  readonly address: QueueAddress;
  readonly trainable: Trainable;
  readonly open: (events: JobEvents) => Promise<JobQueue>;
  /** Aborted, batches that no worker has begun are taken back. */
  readonly signal?: AbortSignal | undefined;
  readonly onNote?: ((text: string) => void) | undefined;
  /** Milliseconds, for tests. */
  readonly times?: Partial<typeof TIMES>;
}

const TIMES = {
  /** Between two looks at who is there. */
  presence: 2000,
  /** Between two looks at batches of which nothing was heard. */
  look: 5000,
  /** Until it is said that there is no worker. */
  noWorker: 5000,
  /** Until a lost connection ends the run. */
  lost: 60_000,
};

/** As batches are packed whoever trains them: with another number they would be others after a restart. */
const BATCHES_FOR = 16;
/** Batches in the queue, beyond two for each thread that is there. */
const AHEAD = 64;
const MOST_AT_ONCE = 8192;

export type QueuePool = Pick<Pool, "workers" | "train" | "shared" | "close">;

/** @throws StoppedError where the queue cannot be reached */
export async function openQueuePool({
  address,
  trainable,
  open,
  signal,
  onNote = () => {},
  times,
}: QueuePoolOptions): Promise<QueuePool> {
  const { presence, look, noWorker, lost } = { ...TIMES, ...times };
  const workers = watchWorkers({ address, trainable, noWorker, onNote });
  let stopped: StoppedError | undefined;
  const awaited = awaitBatches({
    ...{ address, trainable, signal, onNote },
    queue: () => queue,
    onFewer: () => line.move(),
  });
  const line = openLine(() => {
    const isEnding = stopped !== undefined || signal?.aborted === true;
    return isEnding ? Number.POSITIVE_INFINITY : AHEAD + 2 * workers.threads - awaited.size;
  });
  const lookAround = async () => {
    workers.see(await queue.presence(), awaited.size > 0);
    line.move();
  };
  const connection = watchConnection(address, {
    ...{ lost, onNote },
    onGivenUp(reason) {
      stopped = reason;
      awaited.stop(reason);
    },
    onBack: () => quietly(awaited.lookAtAll(0)),
  });

  const queue: JobQueue = await open({
    onEnd: (key, end) => quietly(awaited.settle(key, end)),
    onKnown: (key) => quietly(awaited.look(key)),
    onLost: connection.onLost,
    onBack: connection.onBack,
  });
  await lookAround();
  const timers = [
    setInterval(() => quietly(lookAround()), presence),
    setInterval(() => quietly(awaited.lookAtAll(look)), look),
  ];
  const onAbort = () => {
    line.move();
    quietly(awaited.lookAtAll(0));
    timers.push(setInterval(() => quietly(awaited.lookAtAll(0)), 1000));
  };
  signal?.addEventListener("abort", onAbort, { once: true });

  return {
    get workers() {
      return workers.threads;
    },
    shared: {
      packedFor: BATCHES_FOR,
      mostAtOnce: MOST_AT_ONCE,
      room: line.wait,
    },
    async train(trials, threshold) {
      if (stopped) throw stopped;
      if (signal?.aborted) throw new TakenBackError();
      return awaited.train({ trials, threshold });
    },
    async close() {
      signal?.removeEventListener("abort", onAbort);
      for (const timer of timers) clearInterval(timer);
      connection.close();
      if (!stopped) await awaited.leaveAll();
      await queue.close().catch(() => {});
    },
  };
}
