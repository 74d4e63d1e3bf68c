/** Trains networks for the page, one after the other, in a worker where the browser lets it have one. */
import type { Engine } from "../../src/engines/contract.js";
import { makeFusedEngine } from "../../src/engines/fused/host.js";
import type { FileNumbers } from "../../src/model/file-points.js";
import { trialText } from "../../src/model/key-text.js";
import type { Trial } from "../../src/model/trial.js";
import { answer, type TrainingReply, type TrainingRequest } from "./page-requests.js";
import type { Watched } from "./watched.js";

export interface Trainer {
  /** The largest final RMSE of a converged trial, in original units. */
  readonly threshold: number;
  /**
   * @param signal says that nobody waits for it any more: it is left out or, once it takes long, ended
   * @throws Error with what the engine says, where it cannot train the network, or where it was ended
   */
  watch(trial: Trial, epoch: number, signal: AbortSignal): Promise<Watched>;
}

interface TrainerParts {
  readonly compile: () => Promise<WebAssembly.Module>;
  /** The numbers of data files, for their datasets. */
  readonly files: FileNumbers;
  /** The page's own, which is a worker's too. */
  readonly script: string;
  /** The largest final RMSE of a converged trial, in original units. */
  readonly threshold: number;
}

interface Job {
  readonly request: TrainingRequest;
  readonly signal: AbortSignal;
  readonly done: (reply: TrainingReply) => void;
}

const ENDED: TrainingReply = { threw: "it was ended" };
/** A training that nobody waits for is let be so long, for it may be about to end, and a new worker takes as long. */
const PATIENCE_MS = 200;
/** Of what was trained, so much is kept: a slider goes back and forth. */
const KEPT = 100;

export function makeTrainer({ compile, files, script, threshold }: TrainerParts): Trainer {
  const known = new Map<string, Watched>();
  const waiting: Job[] = [];
  let running: Job | undefined;
  let ask: Ask | undefined;

  const next = async () => {
    const job = waiting.shift();
    if (running || !job) {
      if (job) waiting.unshift(job);
      return;
    }
    if (job.signal.aborted) {
      job.done(ENDED);
      return next();
    }
    running = job;
    const end = (reply: TrainingReply) => {
      if (running !== job) return;
      running = undefined;
      job.done(reply);
      void next();
    };
    job.signal.addEventListener("abort", () =>
      setTimeout(() => {
        if (running !== job || !ask?.end) return;
        ask.end();
        ask = undefined;
        end(ENDED);
      }, PATIENCE_MS),
    );
    try {
      ask ??= openAsk(await compile(), files, script);
      end(await ask(job.request));
    } catch (error) {
      end({ threw: (error as Error).message });
    }
  };
  return {
    threshold,
    async watch(trial, epoch, signal) {
      const name = `${trialText(trial, "")} ${epoch}`;
      const before = known.get(name);
      if (before) return before;
      const reply = await new Promise<TrainingReply>((done) => {
        waiting.push({ request: { trial, epoch, threshold }, signal, done });
        void next();
      });
      if ("threw" in reply) throw new Error(reply.threw);
      known.set(name, reply.watched);
      if (known.size > KEPT) known.delete(known.keys().next().value!);
      return reply.watched;
    },
  };
}

interface Ask {
  (request: TrainingRequest): Promise<TrainingReply>;
  /** Of a worker: ends it, whatever it is at. */
  readonly end?: () => void;
}

function openAsk(kernel: WebAssembly.Module, files: FileNumbers, script: string): Ask {
  let engine: Engine | undefined;
  const inPage: Ask = (request) => {
    engine ??= makeFusedEngine(kernel);
    return answer(engine, request);
  };
  let worker: Worker | undefined;
  try {
    const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    worker = new Worker(url);
    worker.postMessage({ kernel, files });
  } catch {
    return inPage; // Some viewers of files allow no workers,
  }
  const inWorker = (request: TrainingRequest) =>
    new Promise<TrainingReply>((resolve) => {
      if (!worker) return resolve(inPage(request));
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = () => {
        worker = undefined; // and some say so only now.
        resolve(inPage(request));
      };
      worker.postMessage(request);
    });
  return Object.assign(inWorker, { end: () => worker?.terminate() });
}
