/** The batches that a sweep waits for: what becomes of each, from when it is asked for until its results are written down. */
import { TakenBackError } from "../engines/pool.js";
import { failedBatch, type TrainedBatch } from "../engines/requests.js";
import type { Trainable } from "./address.js";
import { batchKey, bytesOfData, payloadOf, type QueuedBatch } from "./batch.js";
import { ATTEMPTS } from "./bull-queue.js";
import type { End, JobQueue } from "./job-queue.js";
import { failureOf, trainedOf } from "./result.js";

export interface AwaitedBatches {
  readonly size: number;
  /** Of the data files' numbers that go with them. */
  readonly bytesOfData: number;
  /** Asks for a batch, which has the same name in every run, unless it is in the queue. */
  train(batch: QueuedBatch): Promise<TrainedBatch>;
  /** Takes what came of a batch, unless it is not awaited or was taken before. */
  settle(key: string, end: End): Promise<void>;
  /** Takes what came of those among these that are awaited, where nothing was heard of it. */
  lookAt(keys: readonly string[]): Promise<void>;
  /** Finds out what has become of all of which nothing was heard for so many milliseconds. */
  lookAtAll(olderThan: number): Promise<void>;
  /** Waits for none any more. @returns their names */
  stop(reason: Error): string[];
  /** Takes out of the queue what of these no worker has begun. */
  takeBack(keys: readonly string[]): Promise<void>;
}

interface Options {
  readonly trainable: Trainable;
  /** Called once there is something to do with it, and no earlier. */
  readonly queue: () => JobQueue;
  /** What ended before it was asked for is not taken, but trained again; else only failures are. */
  readonly isAnew: boolean;
  /** Aborted, a batch that no worker has begun is taken back when it is looked at. */
  readonly signal?: AbortSignal | undefined;
  readonly onNote: (text: string) => void;
  /** Called with why where the queue did not do what was asked about a batch, and with no error where it did. */
  readonly onAnswer: (key: string, error?: Error) => void;
  /** Called when one is awaited no more. */
  readonly onFewer: () => void;
}

const LOOKS_AT_ONCE = 100;

interface Awaited {
  readonly batch: QueuedBatch;
  readonly bytes: number;
  readonly resolve: (trained: TrainedBatch) => void;
  readonly reject: (reason: Error) => void;
  since: number;
  /** Whether what the queue has of it was begun for this run. */
  isAsked: boolean;
  refused: number;
  isLookedAt: boolean;
  isSettling: boolean;
}

export function awaitBatches({
  trainable,
  queue,
  isAnew,
  signal,
  onNote,
  onAnswer,
  onFewer,
}: Options): AwaitedBatches {
  const awaited = new Map<string, Awaited>();
  let bytes = 0;
  const leave = (key: string) => {
    bytes -= awaited.get(key)?.bytes ?? 0;
    awaited.delete(key);
    onAnswer(key);
    onFewer();
  };
  const add = (key: string, { batch }: Awaited) => queue().add(key, payloadOf(batch, trainable));

  const refuse = async (key: string, own: Awaited, reason: string) => {
    onNote(`A result was refused (${reason}).`);
    await queue().remove(key);
    own.refused++;
    if (own.refused < ATTEMPTS) return add(key, own);
    const why = `its results were refused ${ATTEMPTS} times: ${reason}`;
    resolve(key, own, failedBatch(own.batch.trials, trainable.numerics, why));
  };
  const resolve = (key: string, own: Awaited, trained: TrainedBatch) => {
    leave(key);
    own.resolve({ ...trained, written: () => quietly(queue().remove(key)) });
  };
  const settle = async (key: string, own: Awaited, end: End) => {
    if (own.isSettling) return; // delivered twice
    own.isSettling = true;
    try {
      const trained =
        "failed" in end
          ? failedBatch(own.batch.trials, trainable.numerics, failureOf(String(end.failed)))
          : trainedOf(end.result, key, own.batch, trainable.numerics);
      resolve(key, own, trained);
    } catch (error) {
      await refuse(key, own, (error as Error).message);
    } finally {
      own.isSettling = false;
    }
  };
  /** Or is about to be: what a look has found before is of the past then. */
  const isOver = (key: string, own: Awaited) => awaited.get(key) !== own || own.isSettling;
  const lookAt = async (key: string, own: Awaited) => {
    const found = await queue().look(key);
    if (isOver(key, own)) return;
    own.since = performance.now();
    if (signal?.aborted && (found === "gone" || found === "waiting")) {
      if (found === "waiting" && !(await queue().remove(key))) return; // begun just now
      if (isOver(key, own)) return;
      leave(key);
      own.reject(new TakenBackError());
      return;
    }
    const isOld = !own.isAsked && typeof found === "object" && (isAnew || "failed" in found);
    if (isOld) await queue().remove(key);
    if (isOld || found === "gone") await add(key, own);
    own.isAsked = true;
    if (!isOld && typeof found === "object") await settle(key, own, found);
  };
  const unlessRefused = async (key: string, ask: (own: Awaited) => Promise<void>) => {
    const own = awaited.get(key);
    if (!own) return; // another run's, or taken before
    try {
      await ask(own);
      onAnswer(key);
    } catch (error) {
      if (awaited.get(key) === own) onAnswer(key, error as Error);
    }
  };
  const look = async (key: string) => {
    const own = awaited.get(key);
    if (!own || own.isLookedAt) return;
    own.isLookedAt = true;
    await unlessRefused(key, () => lookAt(key, own));
    own.isLookedAt = false;
  };
  const inTurn = async (keys: readonly string[], each: (key: string) => Promise<unknown>) => {
    for (let at = 0; at < keys.length; at += LOOKS_AT_ONCE) {
      await Promise.all(keys.slice(at, at + LOOKS_AT_ONCE).map(each));
    }
  };

  return {
    get size() {
      return awaited.size;
    },
    get bytesOfData() {
      return bytes;
    },
    settle: (key, end) => unlessRefused(key, (own) => settle(key, own, end)),
    lookAt: (keys) =>
      inTurn(
        keys.filter((key) => awaited.get(key)?.isSettling === false),
        look,
      ),
    async lookAtAll(olderThan) {
      const now = performance.now();
      const keys = [...awaited].filter(([, { since }]) => now - since >= olderThan);
      await inTurn(
        keys.map(([key]) => key),
        look,
      );
    },
    train(batch) {
      const key = batchKey(batch, trainable.numerics);
      return new Promise((resolve, reject) => {
        const own = { batch, bytes: bytesOfData(batch.trials), resolve, reject };
        awaited.set(key, {
          ...own,
          since: performance.now(),
          refused: 0,
          ...{ isAsked: false, isLookedAt: false, isSettling: false },
        });
        bytes += own.bytes;
        void look(key);
      });
    },
    stop(reason) {
      const left = [...awaited];
      awaited.clear();
      bytes = 0;
      for (const [, { reject }] of left) reject(reason);
      onFewer();
      return left.map(([key]) => key);
    },
    takeBack: (keys) =>
      inTurn(keys, async (key) => {
        if ((await queue().look(key)) === "waiting") await queue().remove(key);
      }),
  };
}

/** What goes wrong between this process and Redis is told by the connection itself. */
export function quietly(work: Promise<unknown>): void {
  work.catch(() => {});
}
