/** What the page asks of what trains: in a worker, or where there is none in the page itself. */
import type { Engine } from "../../src/engines/contract.js";
import type { FileNumbers } from "../../src/model/file-points.js";
import type { Trial } from "../../src/model/trial.js";
import { type Watched, watch } from "./watched.js";

/** What a worker is given first. */
export interface Beginning {
  readonly kernel: WebAssembly.Module;
  readonly files: FileNumbers;
}

export interface TrainingRequest {
  readonly trial: Trial;
  /** After how many of its epochs the training is looked at. */
  readonly epoch: number;
  /** The largest final RMSE of a converged trial, in original units. */
  readonly threshold: number;
}

export type TrainingReply = { readonly watched: Watched } | { readonly threw: string };

export async function answer(
  engine: Engine,
  { trial, epoch, threshold }: TrainingRequest,
): Promise<TrainingReply> {
  try {
    return { watched: await watch(engine, trial, epoch, threshold) };
  } catch (error) {
    return { threw: (error as Error).message };
  }
}
