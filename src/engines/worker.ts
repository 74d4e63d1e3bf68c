/** What a worker thread does: train a batch and judge each of its trainings. */
import { makeDataset } from "../model/dataset.js";
import { type Outcome, outcomeOf } from "../model/outcome.js";
import type { Trial } from "../model/trial.js";
import type { Engine } from "./contract.js";
import { loadEngine } from "./load.js";
import type { Backend, EngineName } from "./names.js";

export interface TrainingTask {
  readonly engine: EngineName;
  readonly backend: Backend | undefined;
  /** Of one shape. */
  readonly trials: readonly Trial[];
}

export interface TrainedBatch {
  /** One a trial, in their order. */
  readonly outcomes: readonly Outcome[];
  /** Milliseconds that training the whole batch took. */
  readonly batchMs: number;
}

/** The one that this thread's pool is for, loaded by its first batch. */
let loaded: Promise<Engine> | undefined;

/** What an engine throws is an outcome of the trials that it threw at; it never ends the worker. */
export default async function trainBatch(task: TrainingTask): Promise<TrainedBatch> {
  const { engine, backend, trials } = task;
  try {
    loaded ??= loadEngine(engine, backend);
    const { train } = await loaded;
    const start = performance.now();
    const trainings = await train({ trials });
    const batchMs = performance.now() - start;
    const dataset = makeDataset(trials[0].dataset);
    const outcomes = trainings.map((training, i) => outcomeOf(trials[i], dataset, training));
    return { outcomes, batchMs };
  } catch (error) {
    if (trials.length > 1) return oneByOne(task);
    return { outcomes: [{ state: "failed", reason: (error as Error).message }], batchMs: 0 };
  }
}

/** So that a trial's outcome does not depend on which others share its batch. */
async function oneByOne(task: TrainingTask): Promise<TrainedBatch> {
  const alone: TrainedBatch[] = [];
  for (const trial of task.trials) alone.push(await trainBatch({ ...task, trials: [trial] }));
  return {
    outcomes: alone.flatMap(({ outcomes }) => outcomes),
    batchMs: alone.reduce((total, { batchMs }) => total + batchMs, 0),
  };
}
