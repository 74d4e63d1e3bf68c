/** Worker threads that train batches side by side. */
import { availableParallelism } from "node:os";
import { StoppedError } from "../errors.js";
import { type FileNumbers, fileNumbers } from "../model/file-points.js";
import type { Trial } from "../model/trial.js";
import type { Batch } from "./contract.js";
import type { Backend, EngineName } from "./names.js";
import type { EngineReply, EngineRequest, TrainedBatch, WatchedBatch } from "./requests.js";
import { startThread, type Thread } from "./thread.js";

/** Nobody had begun a batch when the run was interrupted, so that nothing came of it. */
export class TakenBackError extends Error {
  override readonly name = "TakenBackError";
}

/** Of a pool whose workers come and go, and whose batches outlive a run. */
export interface Shared {
  /** For how many workers batches are packed, however many there are: so they are the same in every run. */
  readonly packedFor: number;
  /** Settles when it is worth while to ask for another batch; asked before each of them, one at a time. */
  room(): Promise<void>;
  /** Waits for no batch any more, and takes back those that no worker has begun: `train` rejects for all of them. */
  leave(): Promise<void>;
}

export interface Pool {
  /** As many as were asked for; some may have been given up since. Of a shared pool, those that are there now. */
  readonly workers: number;
  readonly shared?: Shared;
  /**
   * Trains trials of one shape and judges them. With a threshold, an RMSE in original units, they say since
   * when they are under it. A worker that dies is replaced and its batch run again.
   *
   * @param numbers of the data file that they train on, where the pool was opened without them
   * @throws Error where the workers that ran the batch died, three times in a row
   * @throws StoppedError where no worker is left, because none can load the engine
   * @throws TakenBackError where a shared pool's run was interrupted before it was begun
   */
  train(trials: readonly Trial[], threshold?: number, numbers?: FileNumbers): Promise<TrainedBatch>;
  /**
   * As `train`, for who wants to look into the trainings themselves.
   *
   * @throws Error with what the engine threw, also
   */
  watch(batch: Batch): Promise<WatchedBatch>;
  /** Ends the workers; batches at work are given up. */
  close(): Promise<void>;
}

const ATTEMPTS = 3;

const WORKER = new URL("./worker.js", import.meta.url);

export interface PoolOptions {
  /** Of engine `tfjs`; without it, each worker takes the best one that can be used. */
  readonly backend?: Backend | undefined;
  /** Called for each worker that is given up because it cannot load the engine, with how many are left. */
  readonly onGivenUp?: (left: number, reason: string) => void;
  /** The module that each thread runs. */
  readonly worker?: URL;
}

/** Takes the thread that comes free, or the reason that none will. */
interface Waiting {
  readonly take: (thread: Thread) => void;
  readonly giveUp: (reason: Error) => void;
}

/** @param workers threads, at least 1; by default one per processor core */
export function openPool(
  engine: EngineName,
  workers = availableParallelism(),
  { backend, onGivenUp, worker = WORKER }: PoolOptions = {},
): Pool {
  const threads = new Set<Thread>();
  const idle: Thread[] = [];
  const waiting: Waiting[] = [];
  let noneLeft: Error | undefined;
  let closing = false;

  const free = (thread: Thread) => {
    const next = waiting.shift();
    if (next) next.take(thread);
    else idle.push(thread);
  };
  const endWaiting = (reason: Error) => {
    noneLeft = reason;
    for (const { giveUp } of waiting.splice(0)) giveUp(reason);
  };
  const start = () => {
    const thread = startThread(worker, { engine, backend, numbers: fileNumbers() });
    threads.add(thread);
    thread.ended.then(() => {
      const place = idle.indexOf(thread);
      if (place < 0 || closing) return;
      idle.splice(place, 1);
      threads.delete(thread);
      start();
    });
    thread.loaded.then(
      () => free(thread),
      ({ message }: Error) => {
        threads.delete(thread);
        if (closing) return;
        onGivenUp?.(threads.size, message);
        if (threads.size === 0) endWaiting(cannotLoad(engine, message));
      },
    );
  };
  const take = () =>
    new Promise<Thread>((resolve, reject) => {
      const thread = idle.pop();
      if (noneLeft) reject(noneLeft);
      else if (thread) resolve(thread);
      else waiting.push({ take: resolve, giveUp: reject });
    });
  const ask = async (request: EngineRequest): Promise<EngineReply> => {
    for (let attempt = 1; ; attempt++) {
      const thread = await take();
      try {
        const reply = await thread.ask(request);
        free(thread);
        return reply;
      } catch (error) {
        threads.delete(thread);
        if (closing) throw error;
        start();
        if (attempt < ATTEMPTS) continue;
        throw new Error(`its worker died ${ATTEMPTS} times: ${(error as Error).message}`);
      }
    }
  };

  for (let started = 0; started < workers; started++) start();
  return {
    workers,
    async train(trials, threshold, numbers) {
      return granted(await ask({ wants: "outcomes", trials, threshold, numbers }), "outcomes");
    },
    async watch(batch) {
      return granted(await ask({ wants: "trainings", batch }), "trainings");
    },
    async close() {
      closing = true;
      endWaiting(new Error("the pool was closed"));
      await Promise.all([...threads].map((thread) => thread.end()));
    },
  };
}

/** What a request wanted. @throws Error with what the engine threw instead */
function granted<Wanted extends "outcomes" | "trainings">(
  reply: EngineReply,
  wanted: Wanted,
): Extract<EngineReply, Readonly<Record<Wanted, unknown>>>[Wanted] {
  if (wanted in reply) return (reply as never)[wanted];
  throw new Error("threw" in reply ? reply.threw : "a worker gave no reply to what it was asked");
}

function cannotLoad(engine: EngineName, reason: string): StoppedError {
  return new StoppedError(
    `no worker can load engine ${engine} (${reason}); what is finished is kept: free some memory, or ` +
      "give fewer --workers, and run the same command again",
  );
}
