/**
 * The pool whose workers are elsewhere: each batch is a job of a queue. Whoever opens it is the only one that
 * writes the results down. A batch has the same name in every run, so that a run finds what an earlier one
 * has left, and a result that comes twice counts once.
 */
import { type Pool, TakenBackError } from "../engines/pool.js";
import type { TrainedBatch } from "../engines/requests.js";
import { StoppedError } from "../errors.js";
import { listed } from "../counted.js";
import {
  type QueueAddress,
  shownQueue,
  shownTrainable,
  type Trainable,
  withoutPasswords,
} from "./address.js";
import { batchKey, payloadOf, type QueuedBatch } from "./batch.js";
import { ATTEMPTS } from "./bull-queue.js";
import type { End, JobEvents, JobQueue } from "./job-queue.js";
import { trainedOf } from "./result.js";

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
const LOOKS_AT_ONCE = 100;

interface Waiting {
  readonly batch: QueuedBatch;
  readonly resolve: (trained: TrainedBatch) => void;
  readonly reject: (reason: Error) => void;
  since: number;
  refused: number;
  isSettling: boolean;
}

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
  const waiting = new Map<string, Waiting>();
  const roomless: (() => void)[] = [];
  let threads = 0;
  let aloneSince = performance.now();
  let saidAlone = false;
  let stopped: StoppedError | undefined;
  let lostTimer: NodeJS.Timeout | undefined;

  const hasRoom = () =>
    stopped !== undefined || signal?.aborted === true || waiting.size < AHEAD + 2 * threads;
  const giveRoom = () => {
    for (let free = AHEAD + 2 * threads - waiting.size; roomless.length > 0; free--) {
      if (free <= 0 && !stopped && !signal?.aborted) return;
      roomless.shift()!();
    }
  };
  const leave = (key: string) => {
    waiting.delete(key);
    giveRoom();
  };
  const stop = (reason: StoppedError) => {
    stopped ??= reason;
    for (const [key, { reject }] of waiting) {
      waiting.delete(key);
      reject(stopped);
    }
    giveRoom();
  };
  /** What goes wrong between this process and Redis is told by the connection itself. */
  const quietly = (work: Promise<unknown>) => void work.catch(() => {});

  const refuse = async (key: string, own: Waiting, reason: string) => {
    own.refused++;
    onNote(`A result was refused (${reason}).`);
    await queue.remove(key);
    if (own.refused < ATTEMPTS) return queue.add(key, payloadOf(own.batch, trainable));
    leave(key);
    own.reject(new Error(`its results were refused ${ATTEMPTS} times: ${reason}`));
  };
  const settle = async (key: string, end: End) => {
    const own = waiting.get(key);
    if (!own || own.isSettling) return; // another run's, or delivered twice
    own.isSettling = true;
    try {
      if ("failed" in end) {
        leave(key);
        own.reject(new Error(failureOf(String(end.failed))));
      } else {
        const trained = trainedOf(end.result, own.batch, trainable.numerics);
        leave(key);
        own.resolve(trained);
      }
    } catch (error) {
      await refuse(key, own, (error as Error).message);
      return;
    } finally {
      own.isSettling = false;
    }
    // Once whoever waited has written it down, which happens first.
    setImmediate(() => quietly(queue.remove(key)));
  };
  /** Or is about to be: what a look has found before is of the past then. */
  const isOver = (key: string, own: Waiting) => waiting.get(key) !== own || own.isSettling;
  const lookAt = async (key: string) => {
    const own = waiting.get(key);
    if (!own) return;
    if (signal?.aborted && (await takeBack(key, own))) return;
    const found = await queue.look(key);
    own.since = performance.now();
    if (isOver(key, own)) return;
    if (found === "gone") await queue.add(key, payloadOf(own.batch, trainable));
    else if (found !== "unfinished") await settle(key, found);
  };
  /** @returns whether no worker had it */
  const takeBack = async (key: string, own: Waiting) => {
    const found = await queue.look(key);
    if (isOver(key, own)) return true;
    if (typeof found === "object" || (found === "unfinished" && !(await queue.remove(key)))) {
      return false;
    }
    leave(key);
    own.reject(new TakenBackError());
    return true;
  };
  const lookAtAll = async (olderThan: number) => {
    const now = performance.now();
    const keys = [...waiting].filter(([, { since }]) => now - since >= olderThan);
    for (let at = 0; at < keys.length; at += LOOKS_AT_ONCE) {
      await Promise.all(keys.slice(at, at + LOOKS_AT_ONCE).map(([key]) => lookAt(key)));
    }
  };
  const lookAround = async () => {
    const there = await queue.presence();
    threads = there.threads;
    giveRoom();
    if (threads > 0 || waiting.size === 0) {
      aloneSince = performance.now();
      saidAlone = false;
    } else if (!saidAlone && performance.now() - aloneSince >= noWorker) {
      saidAlone = true;
      const others = there.others.map(shownTrainable);
      const but = others.length > 0 ? `, but workers with ${listed(others)}` : "";
      onNote(
        `No worker for ${shownTrainable(trainable)} is at ${shownQueue(address)}${but}. Start some, here or ` +
          `elsewhere: lrn worker --queue ${withoutPasswords(address.url)} --queue-name ${address.name} ` +
          `--engine ${trainable.engine}`,
      );
    }
  };

  const queue = await open({
    onEnd: (key, end) => quietly(settle(key, end)),
    onKnown: (key) => quietly(lookAt(key)),
    onLost() {
      if (lostTimer || stopped) return;
      onNote(`The connection to ${shownQueue(address)} is lost; trying to get it back.`);
      const giveUp = () =>
        stop(
          new StoppedError(
            `${shownQueue(address)}: the connection is lost, for ${Math.round(lost / 1000)} s by now; what is finished ` +
              "is kept: see that Redis runs, and run the same command again",
          ),
        );
      lostTimer = setTimeout(giveUp, lost);
    },
    onBack() {
      if (!lostTimer) return;
      clearTimeout(lostTimer);
      lostTimer = undefined;
      onNote("The connection is back.");
      quietly(lookAtAll(0));
    },
  });
  await lookAround();
  const timers = [
    setInterval(() => quietly(lookAround()), presence),
    setInterval(() => quietly(lookAtAll(look)), look),
  ];
  const onAbort = () => {
    giveRoom();
    quietly(lookAtAll(0));
    timers.push(setInterval(() => quietly(lookAtAll(0)), 1000));
  };
  signal?.addEventListener("abort", onAbort, { once: true });

  return {
    get workers() {
      return threads;
    },
    shared: {
      packedFor: BATCHES_FOR,
      mostAtOnce: MOST_AT_ONCE,
      room: () =>
        new Promise((resolve) => {
          if (hasRoom()) resolve();
          else roomless.push(resolve);
        }),
    },
    train(trials, threshold) {
      const batch = { trials, threshold };
      const key = batchKey(batch, trainable.numerics);
      return new Promise((resolve, reject) => {
        if (stopped) return reject(stopped);
        if (signal?.aborted) return reject(new TakenBackError());
        const since = performance.now();
        waiting.set(key, { batch, resolve, reject, since, refused: 0, isSettling: false });
        queue.add(key, payloadOf(batch, trainable)).catch((error) => {
          leave(key);
          const reason = withoutPasswords((error as Error).message);
          reject(new StoppedError(`${shownQueue(address)}: ${reason}; what is finished is kept`));
        });
      });
    },
    async close() {
      signal?.removeEventListener("abort", onAbort);
      for (const timer of timers) clearInterval(timer);
      clearTimeout(lostTimer);
      const left = [...waiting.keys()];
      waiting.clear();
      if (!stopped) await Promise.all(left.map((key) => queue.remove(key).catch(() => {})));
      await queue.close().catch(() => {});
    },
  };
}

/** BullMQ's words for a job whose workers died or hung are not those of people who wait for trials. */
function failureOf(reason: string): string {
  const because = /stalled more than/.test(reason)
    ? "the workers that had it died or hung"
    : withoutPasswords(reason.slice(0, 2000));
  return `its batch failed ${ATTEMPTS} times in the queue: ${because}`;
}
