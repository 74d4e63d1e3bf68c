/** What a worker thread does: load its engine, train batches, and judge each of their trainings. */
import { parentPort, workerData } from "node:worker_threads";
import { makeDataset } from "../model/dataset.js";
import { type Outcome, outcomeOf } from "../model/outcome.js";
import type { Trial } from "../model/trial.js";
import type { Engine } from "./contract.js";
import { loadEngine } from "./load.js";
import type { Backend, EngineName } from "./names.js";

/** What a thread is started with. */
export interface ThreadData {
  readonly engine: EngineName;
  readonly backend: Backend | undefined;
}

/** What a thread is sent: trials of one shape. */
export interface ThreadRequest {
  readonly trials: readonly Trial[];
}

/** What it sends back: that it is ready or why it never will be, and then each batch. */
export type ThreadReply =
  | { readonly ready: true }
  | { readonly cannotLoad: string }
  | { readonly trained: TrainedBatch };

export interface TrainedBatch {
  /** One a trial, in their order. */
  readonly outcomes: readonly Outcome[];
  /** Milliseconds that training the whole batch took. */
  readonly batchMs: number;
}

/** What an engine throws is an outcome of the trials that it threw at; it never ends the worker. */
async function trainBatch(engine: Engine, trials: readonly Trial[]): Promise<TrainedBatch> {
  try {
    const start = performance.now();
    const trainings = await engine.train({ trials });
    const batchMs = performance.now() - start;
    const dataset = makeDataset(trials[0].dataset);
    const outcomes = trainings.map((training, i) => outcomeOf(trials[i], dataset, training));
    return { outcomes, batchMs };
  } catch (error) {
    if (trials.length > 1) return oneByOne(engine, trials);
    return { outcomes: [{ state: "failed", reason: (error as Error).message }], batchMs: 0 };
  }
}

/** So that a trial's outcome does not depend on which others share its batch. */
async function oneByOne(engine: Engine, trials: readonly Trial[]): Promise<TrainedBatch> {
  const alone: TrainedBatch[] = [];
  for (const trial of trials) alone.push(await trainBatch(engine, [trial]));
  return {
    outcomes: alone.flatMap(({ outcomes }) => outcomes),
    batchMs: alone.reduce((total, { batchMs }) => total + batchMs, 0),
  };
}

/** Serves the pool that started this thread, until the pool ends it. */
async function serve(): Promise<void> {
  const port = parentPort!;
  const send = (reply: ThreadReply) => port.postMessage(reply);
  const { engine: name, backend } = workerData as ThreadData;
  let engine: Engine;
  try {
    engine = await loadEngine(name, backend);
  } catch (error) {
    const { message, cause } = error as Error;
    send({ cannotLoad: cause instanceof Error ? cause.message : message });
    return;
  }
  port.on("message", async ({ trials }: ThreadRequest) => {
    send({ trained: await trainBatch(engine, trials) });
  });
  send({ ready: true });
}

await serve();
