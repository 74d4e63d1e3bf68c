/** Worker threads that train batches side by side. */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import type { Trial } from "../model/trial.js";
import type { Backend, EngineName } from "./names.js";
import type { TrainedBatch, TrainingTask } from "./worker.js";

export interface Pool {
  readonly workers: number;
  /**
   * Trains trials of one shape. A worker that dies is replaced and its batch run again.
   *
   * @throws Error where the workers that ran the batch died, three times in a row
   */
  train(trials: readonly Trial[]): Promise<TrainedBatch>;
  /** Ends the workers; batches at work are given up. */
  close(): Promise<void>;
}

const ATTEMPTS = 3;

const WORKER = new URL("./worker.js", import.meta.url);

export interface PoolOptions {
  /** Of engine `tfjs`; without it, each worker takes the best one that can be used. */
  readonly backend?: Backend | undefined;
  /** The module that each thread runs. */
  readonly worker?: URL;
}

/** @param workers threads, at least 1; by default one a processor core */
export function openPool(
  engine: EngineName,
  workers = availableParallelism(),
  { backend, worker = WORKER }: PoolOptions = {},
): Pool {
  const threads = new Piscina<TrainingTask, TrainedBatch>({
    filename: fileURLToPath(worker),
    minThreads: workers,
    maxThreads: workers,
  });
  return {
    workers,
    async train(trials) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await threads.run({ engine, backend, trials });
        } catch (error) {
          if (attempt < ATTEMPTS) continue;
          throw new Error(`its worker died ${ATTEMPTS} times: ${(error as Error).message}`);
        }
      }
    },
    close: () => threads.destroy(),
  };
}
