/** One worker thread, which trains a batch at a time. */
import { Worker } from "node:worker_threads";
import type { EngineReply, EngineRequest } from "./requests.js";
import type { ThreadData, ThreadReply } from "./worker.js";

export interface Thread {
  /** Settles once the thread has its engine. @throws Error with the reason where it cannot load it */
  readonly loaded: Promise<void>;
  /** Settles once the thread is gone, whatever ended it. */
  readonly ended: Promise<void>;
  /**
   * One request at a time.
   *
   * @returns the reply to it
   * @throws Error where the thread dies over it
   */
  ask(request: EngineRequest): Promise<EngineReply>;
  /** Gives up what it trains. @returns when the thread is gone */
  end(): Promise<void>;
}

interface SettledLater<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (reason: Error) => void;
}

/** Promise.withResolvers, which Node 20 has not. */
function settledLater<Value>(): SettledLater<Value> {
  let settle!: Omit<SettledLater<Value>, "promise">;
  const promise = new Promise<Value>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle };
}

/** @param module what the thread runs; it replies as `worker.ts` does */
export function startThread(module: URL, workerData: ThreadData): Thread {
  const worker = new Worker(module, { workerData });
  const loading = settledLater<void>();
  let asked: SettledLater<EngineReply> | undefined;
  let failure: Error | undefined;

  worker.on("error", (error) => {
    failure = error;
  });
  worker.on("message", (reply: ThreadReply) => {
    if ("ready" in reply) loading.resolve();
    else if ("cannotLoad" in reply) failure = new Error(reply.cannotLoad);
    else asked?.resolve(reply);
  });
  const ended = new Promise<void>((resolve) => {
    worker.once("exit", (code) => {
      failure ??= new Error(`a worker ended with exit code ${code}`);
      loading.reject(failure);
      asked?.reject(failure);
      resolve();
    });
  });
  return {
    loaded: loading.promise,
    ended,
    ask(request) {
      asked = settledLater();
      if (failure) asked.reject(failure);
      else worker.postMessage(request);
      return asked.promise;
    },
    async end() {
      // V8 may abort the whole process where a thread is terminated while it loads modules.
      await loading.promise.catch(() => {});
      await worker.terminate();
      await ended;
    },
  };
}
