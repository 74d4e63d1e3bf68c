/** What a worker thread does: load its engine, and answer requests until the pool ends it. */
import { parentPort, workerData } from "node:worker_threads";
import { type FileNumbers, keepFileNumbers } from "../model/file-points.js";
import type { Engine } from "./contract.js";
import { loadEngine } from "./load.js";
import type { Backend, EngineName } from "./names.js";
import { answer, type EngineReply, type EngineRequest } from "./requests.js";

/** What a thread is started with. */
export interface ThreadData {
  readonly engine: EngineName;
  readonly backend: Backend | undefined;
  /** Of the datasets of files. */
  readonly numbers: FileNumbers;
}

/** What it sends back: that it is ready or why it never will be, and then a reply to each request. */
export type ThreadReply = { readonly ready: true } | { readonly cannotLoad: string } | EngineReply;

/** Serves the pool that started this thread, until the pool ends it. */
async function serve(): Promise<void> {
  const port = parentPort!;
  const send = (reply: ThreadReply) => port.postMessage(reply);
  const { engine: name, backend, numbers } = workerData as ThreadData;
  keepFileNumbers(numbers);
  let engine: Engine;
  try {
    engine = await loadEngine(name, backend);
  } catch (error) {
    const { message, cause } = error as Error;
    send({ cannotLoad: cause instanceof Error ? cause.message : message });
    return;
  }
  port.on("message", async (request: EngineRequest) => send(await answer(engine, request)));
  send({ ready: true });
}

await serve();
