/** What engines are asked across threads, and how each request is answered. */
import { makeDataset } from "../model/dataset.js";
import { type FileNumbers, keepFileNumbers } from "../model/file-points.js";
import { type Outcome, outcomeOf, type Training } from "../model/outcome.js";
import type { Trial } from "../model/trial.js";
import type { Batch, Engine } from "./contract.js";

/** What a pool asks of an engine: trials to be judged, or a batch whose whole trainings are wanted. */
export type EngineRequest =
  | ({ readonly wants: "outcomes" } & Judged)
  | { readonly wants: "trainings"; readonly batch: Batch };

/** Trials of one shape, and the RMSE that they say since when they are under, where they are to say so. */
export interface Judged {
  readonly trials: readonly Trial[];
  readonly threshold?: number | undefined;
  /** Of the data file that they train on, where the thread was started without them. */
  readonly numbers?: FileNumbers | undefined;
}

/** What a request wanted, or what the engine threw over it. */
export type EngineReply =
  | { readonly outcomes: TrainedBatch }
  | { readonly trainings: WatchedBatch }
  | { readonly threw: string };

export interface WatchedBatch {
  /** The numeric version of the engine that trained it. */
  readonly numerics: string;
  /** A training per trial, in their order. */
  readonly trainings: readonly Training[];
}

export interface TrainedBatch {
  /** The numeric version of the engine that trained it. */
  readonly numerics: string;
  /** An outcome per trial, in their order. */
  readonly outcomes: readonly Outcome[];
  /** Of each trial, the milliseconds that its training took, as its engine says; 0 where it failed. */
  readonly trainMs: readonly number[];
  /** Where whoever trained it keeps it too: to be called once it is in a store. */
  readonly written?: () => void;
}

/** As if each of these trials had failed. */
export function failedBatch(
  trials: readonly Trial[],
  numerics: string,
  reason: string,
): TrainedBatch {
  const failed = { state: "failed", reason } as const;
  return { numerics, outcomes: trials.map(() => failed), trainMs: trials.map(() => 0) };
}

async function judgeBatch(engine: Engine, judged: Judged): Promise<TrainedBatch> {
  const { numerics } = engine;
  const { trials, threshold } = judged;
  try {
    const trainings = await engine.train({ trials, threshold });
    const dataset = makeDataset(trials[0].dataset);
    const outcomes = trainings.map((training, i) => outcomeOf(trials[i], dataset, training));
    return { numerics, outcomes, trainMs: trainings.map(({ trainMs }) => trainMs) };
  } catch (error) {
    if (trials.length > 1) return oneByOne(engine, judged);
    return failedBatch(trials, numerics, (error as Error).message);
  }
}

/** So that a trial's outcome does not depend on which others share its batch. */
async function oneByOne(engine: Engine, { trials, threshold }: Judged): Promise<TrainedBatch> {
  const alone: TrainedBatch[] = [];
  for (const trial of trials) alone.push(await judgeBatch(engine, { trials: [trial], threshold }));
  return {
    numerics: engine.numerics,
    outcomes: alone.flatMap(({ outcomes }) => outcomes),
    trainMs: alone.flatMap(({ trainMs }) => trainMs),
  };
}

/** What an engine throws is an outcome of the trials that it threw at, or the reply. */
export async function answer(engine: Engine, request: EngineRequest): Promise<EngineReply> {
  if (request.wants === "outcomes") {
    if (request.numbers) keepFileNumbers(request.numbers);
    return { outcomes: await judgeBatch(engine, request) };
  }
  try {
    const trainings = await engine.train(request.batch);
    return { trainings: { numerics: engine.numerics, trainings } };
  } catch (error) {
    return { threw: (error as Error).message };
  }
}
