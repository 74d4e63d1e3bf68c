/**
 * Has a thread that a pool ends serve the next pool that wants one like it: to start one takes longer than most
 * tests train. What the pool sees is what it sees of a thread of its own.
 */
import { syncBuiltinESMExports } from "node:module";
import threads, { type WorkerOptions } from "node:worker_threads";
import { afterAll } from "vitest";

/** Not the import of this name, which becomes whatever is put in its place. */
const OwnThread = threads.Worker;

/** By what they were started with, threads that nobody uses; the test files of a process hand them on. */
const shared = globalThis as { spareThreads?: Map<string, KeptThread[]> };

/** Of a kind: as many as most pools of the tests have. */
const MOST_SPARE = 2;

shared.spareThreads ??= new Map();
const spare = shared.spareThreads;

class KeptThread extends OwnThread {
  readonly #kind: string;
  #isAtWork = false;

  constructor(module: string | URL, options: WorkerOptions, kind: string) {
    super(module, options);
    this.#kind = kind;
  }

  override postMessage(message: unknown): void {
    this.#isAtWork = true;
    super.postMessage(message);
  }

  override emit(event: string | symbol, ...values: unknown[]): boolean {
    if (event === "message") this.#isAtWork = false;
    return super.emit(event, ...values);
  }

  override async terminate(): Promise<number> {
    const isGone = this.threadId < 0;
    const alike = spare.get(this.#kind) ?? [];
    if (isGone || this.#isAtWork || alike.length >= MOST_SPARE) return super.terminate();
    spare.set(this.#kind, [...alike, this]);
    this.emit("exit", 1);
    // Not all of them: Node has some of its own.
    for (const event of ["message", "error", "exit"]) this.removeAllListeners(event);
    this.unref();
    return 1;
  }
}

/** Takes the place of the constructor. */
function keptOrNew(module: string | URL, options: WorkerOptions = {}): KeptThread {
  const kind = JSON.stringify([module, options.workerData], (_, value) =>
    value instanceof Map ? [...value.keys()] : value,
  );
  const kept = spare.get(kind)?.pop();
  if (!kept) return new KeptThread(module, options, kind);
  kept.ref();
  setImmediate(() => kept.emit("message", { ready: true }));
  return kept;
}

/** From here to the end of the test file. */
export function keepThreads(): void {
  use(keptOrNew as unknown as typeof OwnThread);
}

/** For tests of the threads themselves: each is started, and ended. */
export function keepNoThreads(): void {
  use(OwnThread);
}

function use(worker: typeof OwnThread): void {
  threads.Worker = worker;
  syncBuiltinESMExports();
}

afterAll(keepNoThreads);
