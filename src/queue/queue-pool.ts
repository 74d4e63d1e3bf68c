/**
 * The pool whose workers are elsewhere: each batch is a job of a queue. Whoever opens it is the only one that
 * writes the results down. A batch has the same name in every run, so that a run finds what an earlier one
 * has left, and a result that comes twice counts once.
 */
import { setTimeout as wait } from "node:timers/promises";
import { type Pool, TakenBackError } from "../engines/pool.js";
import type { StoppedError } from "../errors.js";
import type { QueueAddress, Trainable } from "./address.js";
import { awaitBatches, quietly } from "./awaited-batches.js";
import type { JobEvents, JobQueue } from "./job-queue.js";
import { withoutPasswords } from "./passwords.js";
import { openRoom } from "./room.js";
import { watchTrouble } from "./trouble.js";
import { watchWorkers } from "./workers-watch.js";

export interface QueuePoolOptions {
  readonly address: QueueAddress;
  readonly trainable: Trainable;
  readonly open: (events: JobEvents) => Promise<JobQueue>;
  /** Results that an earlier run has left are not taken, but trained again. */
  readonly isAnew?: boolean | undefined;
  /** Aborted, batches that no worker has begun are taken back. */
  readonly signal?: AbortSignal | undefined;
  readonly onNote?: ((text: string) => void) | undefined;
  /** Milliseconds, for tests. */
  readonly times?: Partial<typeof TIMES>;
}

const TIMES = {
  /** Between two looks at who is there. */
  presence: 2000,
  /** Until such a look is taken for unanswered. */
  answer: 10_000,
  /** Between two looks for batches that have ended: what BullMQ tells of many at once, it forgets in part. */
  ended: 500,
  /** Between two looks at batches of which nothing was heard, as the queue may have lost them. */
  look: 5000,
  /** Until it is said that there is no worker. */
  noWorker: 5000,
  /** Until trouble with Redis ends the run. */
  patience: 60_000,
};

/** As batches are packed whoever trains them: with another number they would be others after a restart. */
const BATCHES_FOR = 16;
/** Batches in the queue, beyond two for each thread that is there. */
const AHEAD = 64;
/** Of data files' numbers, which go with every batch. */
const MOST_BYTES_AHEAD = 256 * 2 ** 20;

export type QueuePool = Pick<Pool, "workers" | "train" | "shared" | "close">;

/** @throws StoppedError where the queue cannot be reached */
export async function openQueuePool({
  address,
  trainable,
  open,
  isAnew = false,
  signal,
  onNote = () => {},
  times,
}: QueuePoolOptions): Promise<QueuePool> {
  const { presence, answer, ended, look, noWorker, patience } = { ...TIMES, ...times };
  const workers = watchWorkers({ address, trainable, noWorker, onNote });
  let stopped: StoppedError | TakenBackError | undefined;
  const stop = async (reason: StoppedError | TakenBackError) => {
    stopped ??= reason;
    refused.clear();
    const left = awaited.stop(stopped);
    if (connection.isThere || left.length === 0) return;
    await Promise.race([awaited.takeBack(left), wait(answer, undefined, { ref: false })]);
  };
  const watched = {
    ...{ patience, onNote },
    onGivenUp: (reason: StoppedError) => quietly(stop(reason)),
    onOver: () => quietly(awaited.lookAtAll(0)),
  };
  const connection = watchTrouble(address, watched);
  const refusals = watchTrouble(address, watched);
  const awaited = awaitBatches({
    ...{ trainable, isAnew, signal, onNote },
    queue: () => queue,
    onFewer: () => room.look(),
    onAnswer: (of, error) => onAnswer(of, error),
  });
  const refused = new Set<string>();
  const onAnswer = (of: string, error?: Error) => {
    if (!error) {
      if (refused.delete(of) && refused.size === 0) refusals.ends();
    } else if (!connection.isThere) {
      refused.add(of);
      refusals.begins(`Redis refuses what it is asked (${withoutPasswords(error.message)})`);
    }
  };
  const room = openRoom(() => {
    if (stopped || signal?.aborted || awaited.size === 0) return true; // or it would wait for ever
    const isFull = awaited.size >= AHEAD + 2 * workers.threads;
    return !isFull && awaited.bytesOfData < MOST_BYTES_AHEAD && !refusals.isThere;
  });
  /** Interrupted, nobody waits for it. */
  const onUnreachable = (what: string) => {
    if (signal?.aborted) quietly(stop(new TakenBackError()));
    else connection.begins(what);
  };
  const lookAround = oneAtATime(async () => {
    const late = setTimeout(() => onUnreachable("Redis does not answer"), answer);
    try {
      workers.see(await queue.presence(), awaited.size > 0);
      connection.ends();
      onAnswer("presence");
      room.look();
    } catch (error) {
      onAnswer("presence", error as Error);
    } finally {
      clearTimeout(late);
    }
  });

  const lookForEnded = oneAtATime(async () => awaited.lookAt(await queue.ended()));

  const queue: JobQueue = await open({
    onEnd: (key, end) => quietly(awaited.settle(key, end)),
    onLost: () => onUnreachable("the connection is lost"),
    onBack: connection.ends,
  });
  await Promise.race([lookAround(), wait(answer, undefined, { ref: false })]);
  const timers = [
    setInterval(() => quietly(lookAround()), presence),
    setInterval(() => quietly(lookForEnded()), ended),
    setInterval(() => quietly(awaited.lookAtAll(look)), look),
  ];
  const onAbort = () => {
    room.look();
    if (connection.isThere) return quietly(stop(new TakenBackError()));
    quietly(awaited.lookAtAll(0));
    timers.push(setInterval(() => quietly(awaited.lookAtAll(0)), 1000));
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  if (signal?.aborted) onAbort();

  const leave = () => stop(new TakenBackError()).catch(() => {});
  return {
    get workers() {
      return workers.threads;
    },
    shared: { packedFor: BATCHES_FOR, room: room.wait, leave },
    async train(trials, threshold) {
      if (stopped) throw stopped;
      if (signal?.aborted) throw new TakenBackError();
      return awaited.train({ trials, threshold });
    },
    async close() {
      signal?.removeEventListener("abort", onAbort);
      for (const timer of timers) clearInterval(timer);
      await leave();
      connection.close();
      refusals.close();
      await queue.close().catch(() => {});
    },
  };
}

/** Does not begin again before it has ended. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let isAtWork = false;
  return async () => {
    if (isAtWork) return;
    isAtWork = true;
    await work().finally(() => {
      isAtWork = false;
    });
  };
}
