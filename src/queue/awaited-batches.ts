/** The batches that a sweep waits for: what becomes of each, from when it is asked for until its results are taken. */
import { TakenBackError } from "../engines/pool.js";
import type { TrainedBatch } from "../engines/requests.js";
import { StoppedError } from "../errors.js";
import { type QueueAddress, shownQueue, type Trainable, withoutPasswords } from "./address.js";
import { batchKey, payloadOf, type QueuedBatch } from "./batch.js";
import { ATTEMPTS } from "./bull-queue.js";
import type { End, JobQueue } from "./job-queue.js";
import { trainedOf } from "./result.js";

export interface AwaitedBatches {
  readonly size: number;
  /** Asks for a batch, which has the same name in every run. */
  train(batch: QueuedBatch): Promise<TrainedBatch>;
  /** Takes what came of a batch, unless it is not awaited or was taken before. */
  settle(key: string, end: End): Promise<void>;
  /** Finds out what has become of a batch, and asks for it again where the queue has lost it. */
  look(key: string): Promise<void>;
  /** The same for all of which nothing was heard for so many milliseconds. */
  lookAtAll(olderThan: number): Promise<void>;
  /** Waits for none any more. */
  stop(reason: StoppedError): void;
  /** Waits for none any more, and takes out of the queue what no worker has begun. */
  leaveAll(): Promise<void>;
}

interface Options {
  readonly address: QueueAddress;
  readonly trainable: Trainable;
  /** Called once there is something to do with it, and no earlier. */
  readonly queue: () => JobQueue;
  /** Aborted, a batch that no worker has begun is taken back when it is looked at. */
  readonly signal?: AbortSignal | undefined;
  readonly onNote: (text: string) => void;
  /** Called when one is awaited no more. */
  readonly onFewer: () => void;
}

const LOOKS_AT_ONCE = 100;

interface Awaited {
  readonly batch: QueuedBatch;
  readonly resolve: (trained: TrainedBatch) => void;
  readonly reject: (reason: Error) => void;
  since: number;
  refused: number;
  isSettling: boolean;
}

export function awaitBatches({
  address,
  trainable,
  queue,
  signal,
  onNote,
  onFewer,
}: Options): AwaitedBatches {
  const awaited = new Map<string, Awaited>();
  const leave = (key: string) => {
    awaited.delete(key);
    onFewer();
  };

  const refuse = async (key: string, own: Awaited, reason: string) => {
    own.refused++;
    onNote(`A result was refused (${reason}).`);
    await queue().remove(key);
    if (own.refused < ATTEMPTS) return queue().add(key, payloadOf(own.batch, trainable));
    leave(key);
    own.reject(new Error(`its results were refused ${ATTEMPTS} times: ${reason}`));
  };
  const settle = async (key: string, end: End) => {
    const own = awaited.get(key);
    if (!own || own.isSettling) return; // another run's, or delivered twice
    own.isSettling = true;
    try {
      if ("failed" in end) {
        leave(key);
        own.reject(new Error(failureOf(String(end.failed))));
      } else {
        const trained = trainedOf(end.result, key, own.batch, trainable.numerics);
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
    setImmediate(() => quietly(queue().remove(key)));
  };
  /** Or is about to be: what a look has found before is of the past then. */
  const isOver = (key: string, own: Awaited) => awaited.get(key) !== own || own.isSettling;
  const lookAt = async (key: string) => {
    const own = awaited.get(key);
    if (!own) return;
    if (signal?.aborted && (await takeBack(key, own))) return;
    const found = await queue().look(key);
    own.since = performance.now();
    if (isOver(key, own)) return;
    if (found === "gone") await queue().add(key, payloadOf(own.batch, trainable));
    else if (found !== "unfinished") await settle(key, found);
  };
  /** @returns whether no worker had it */
  const takeBack = async (key: string, own: Awaited) => {
    const found = await queue().look(key);
    if (isOver(key, own)) return true;
    if (typeof found === "object" || (found === "unfinished" && !(await queue().remove(key)))) {
      return false;
    }
    leave(key);
    own.reject(new TakenBackError());
    return true;
  };
  const lookAtAll = async (olderThan: number) => {
    const now = performance.now();
    const keys = [...awaited].filter(([, { since }]) => now - since >= olderThan);
    for (let at = 0; at < keys.length; at += LOOKS_AT_ONCE) {
      await Promise.all(keys.slice(at, at + LOOKS_AT_ONCE).map(([key]) => lookAt(key)));
    }
  };

  return {
    get size() {
      return awaited.size;
    },
    settle,
    look: lookAt,
    lookAtAll,
    train(batch) {
      const key = batchKey(batch, trainable.numerics);
      return new Promise((resolve, reject) => {
        const since = performance.now();
        awaited.set(key, { batch, resolve, reject, since, refused: 0, isSettling: false });
        queue()
          .add(key, payloadOf(batch, trainable))
          .catch((error) => {
            leave(key);
            const reason = withoutPasswords((error as Error).message);
            reject(new StoppedError(`${shownQueue(address)}: ${reason}; what is finished is kept`));
          });
      });
    },
    stop(reason) {
      const left = [...awaited.values()];
      awaited.clear();
      for (const { reject } of left) reject(reason);
      onFewer();
    },
    async leaveAll() {
      const left = [...awaited.keys()];
      awaited.clear();
      await Promise.all(
        left.map((key) =>
          queue()
            .remove(key)
            .catch(() => {}),
        ),
      );
    },
  };
}

/** What goes wrong between this process and Redis is told by the connection itself. */
export function quietly(work: Promise<unknown>): void {
  work.catch(() => {});
}

/** BullMQ's words for a job whose workers died or hung are not those of people who wait for trials. */
function failureOf(reason: string): string {
  const because = /stalled more than/.test(reason)
    ? "the workers that had it died or hung"
    : withoutPasswords(reason.slice(0, 2000));
  return `its batch failed ${ATTEMPTS} times in the queue: ${because}`;
}
