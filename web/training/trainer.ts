/** Trains networks for the page, one after the other. */
import { makeFusedEngine } from "../../src/engines/fused/host.js";
import type { FileNumbers } from "../../src/model/file-points.js";
import type { Trial } from "../../src/model/trial.js";
import { answer, type TrainingReply, type TrainingRequest } from "./requests.js";
import type { Watched } from "./watched.js";

export interface Trainer {
  /** The largest final RMSE of a converged trial, in original units. */
  readonly threshold: number;
  /** @throws Error with what the engine says, where it cannot train the network */
  watch(trial: Trial, epoch: number): Promise<Watched>;
}

type Ask = (request: TrainingRequest) => Promise<TrainingReply>;

/**
 * @param script the page's own, which is a worker's too
 * @param files the numbers of data files, for their datasets
 * @param threshold the largest final RMSE of a converged trial, in original units
 */
export function makeTrainer(
  kernel: WebAssembly.Module,
  files: FileNumbers,
  script: string,
  threshold: number,
): Trainer {
  let ask: Ask;
  try {
    ask = inWorker(kernel, files, script);
  } catch {
    // Some viewers of files allow no workers.
    const engine = makeFusedEngine(kernel);
    ask = (request) => answer(engine, request);
  }
  let before: Promise<unknown> = Promise.resolve();
  return {
    threshold,
    watch: async (trial, epoch) => {
      const turn = before.then(() => ask({ trial, epoch, threshold }));
      before = turn.catch(() => {});
      const reply = await turn;
      if ("threw" in reply) throw new Error(reply.threw);
      return reply.watched;
    },
  };
}

function inWorker(kernel: WebAssembly.Module, files: FileNumbers, script: string): Ask {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(url);
  worker.postMessage({ kernel, files });
  return (request) =>
    new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => resolve({ threw: message || "the worker ended" });
      worker.postMessage(request);
    });
}
