/** Worker threads that train batches side by side. */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import type { EngineName } from "./names.js";
import type { Trial } from "../model/trial.js";
import type { TrainedBatch, TrainingTask } from "./worker.js";

export interface Pool {
  readonly workers: number;
  /** Trains trials of one shape. Rejects with what the engine threw. */
  train(trials: readonly Trial[]): Promise<TrainedBatch>;
  /** Ends the workers; batches at work are given up. */
  close(): Promise<void>;
}

/** @param workers threads, at least 1; by default one a processor core */
export function openPool(engine: EngineName, workers = availableParallelism()): Pool {
  const threads = new Piscina<TrainingTask, TrainedBatch>({
    filename: fileURLToPath(new URL("./worker.js", import.meta.url)),
    minThreads: workers,
    maxThreads: workers,
  });
  return {
    workers,
    train: (trials) => threads.run({ engine, trials }),
    close: () => threads.destroy(),
  };
}
