/** What the page asks of what trains: in a worker, or where there is none in the page itself. */
import type { Engine } from "../../src/engines/contract.js";
import type { FileNumbers } from "../../src/model/file-points.js";
import type { Trial } from "../../src/model/trial.js";
import { type Deaths, type Watched, watch, watchDeaths } from "./watched.js";

/** What a worker is given first. */
export interface Beginning {
  readonly kernel: WebAssembly.Module;
  readonly files: FileNumbers;
}

export type TrainingRequest =
  | { readonly wants: "training"; readonly trial: Trial; readonly epoch: number }
  | { readonly wants: "deaths"; readonly trial: Trial; readonly epochs: readonly number[] };

export type TrainingReply = { readonly gives: Watched | Deaths } | { readonly threw: string };

export async function answer(engine: Engine, request: TrainingRequest): Promise<TrainingReply> {
  try {
    const { wants, trial } = request;
    if (wants === "training") return { gives: await watch(engine, trial, request.epoch) };
    return { gives: await watchDeaths(engine, trial, request.epochs) };
  } catch (error) {
    return { threw: (error as Error).message };
  }
}
