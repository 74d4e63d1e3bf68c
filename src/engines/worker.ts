/** What a worker thread does: train a batch and judge each of its trainings. */
import { makeDataset } from "../model/dataset.js";
import { type Outcome, outcomeOf } from "../model/outcome.js";
import type { Trial } from "../model/trial.js";
import type { Engine } from "./contract.js";
import { loadEngine } from "./load.js";
import type { EngineName } from "./names.js";

export interface TrainingTask {
  readonly engine: EngineName;
  /** Of one shape. */
  readonly trials: readonly Trial[];
}

export interface TrainedBatch {
  /** One a trial, in their order. */
  readonly outcomes: readonly Outcome[];
  /** Milliseconds that the whole batch took. */
  readonly batchMs: number;
}

const engines = new Map<EngineName, Promise<Engine>>();

function engineOf(name: EngineName): Promise<Engine> {
  const engine = engines.get(name) ?? loadEngine(name);
  engines.set(name, engine);
  return engine;
}

/** What an engine throws is an outcome of the trials that it threw at; it never ends the worker. */
export default async function trainBatch(task: TrainingTask): Promise<TrainedBatch> {
  const start = performance.now();
  const outcomes = await trainAndJudge(task);
  return { outcomes, batchMs: performance.now() - start };
}

async function trainAndJudge({ engine, trials }: TrainingTask): Promise<Outcome[]> {
  try {
    const { train } = await engineOf(engine);
    const trainings = await train({ trials });
    const dataset = makeDataset(trials[0].dataset);
    return trainings.map((training, i) => outcomeOf(trials[i], dataset, training));
  } catch (error) {
    if (trials.length === 1) return [{ state: "failed", reason: (error as Error).message }];
    // One by one, so that a trial's outcome does not depend on which others share its batch.
    const alone: Outcome[] = [];
    for (const trial of trials) alone.push(...(await trainAndJudge({ engine, trials: [trial] })));
    return alone;
  }
}
