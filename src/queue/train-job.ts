/** What a worker does with a job: trains its batch, or refuses it and leaves it to others. */
import type { Job, Processor } from "bullmq";
import type { Engine } from "../engines/contract.js";
import type { Pool } from "../engines/pool.js";
import { StoppedError, UserError } from "../errors.js";
import { batchOf } from "./batch.js";
import type { QueuePackages } from "./connection.js";
import { REFUSED, type Result, resultOf } from "./result.js";

/** Batches that a worker refuses, and trains none between them, before it gives up. */
const MOST_REFUSED = 3;
/** After so long a refused batch is at the end of the queue again: who refused it takes others meanwhile. */
const REFUSED_DELAY_MS = 1000;
/** A batch that workers have taken up so often, and that one refuses, has failed for good. */
const MOST_STARTS = 20;

interface Training {
  readonly bullmq: QueuePackages["bullmq"];
  readonly engine: Engine;
  readonly pool: Pick<Pool, "train">;
  readonly onNote: (text: string) => void;
  /** Called with why this worker cannot go on. */
  readonly onFailure: (reason: StoppedError) => void;
}

/** @returns what BullMQ calls with each job */
export function jobTrainer({
  bullmq,
  engine,
  pool,
  onNote,
  onFailure,
}: Training): Processor<unknown, Result> {
  /** Since a batch was trained. */
  const refused = new Set<string>();
  const train = async (job: Job): Promise<Result> => {
    const batch = batchOf(job.data, job.id!, engine);
    const trained = await pool.train(batch.trials, batch.threshold, batch.numbers);
    refused.clear();
    return resultOf(batch, trained);
  };
  const refuse = (key: string, reason: string) => {
    onNote(`A batch is refused, and left to other workers: ${reason}`);
    refused.add(key);
    if (refused.size < MOST_REFUSED) return;
    const message =
      `${MOST_REFUSED} batches one after the other were refused, the last because of this: ${reason}; install ` +
      "here the version of lrn that the sweep has";
    onFailure(new StoppedError(message));
  };

  return async (job, token) => {
    try {
      return await train(job);
    } catch (error) {
      // Neither counts as an attempt.
      if (error instanceof StoppedError) {
        onFailure(error);
        await job.moveToWait(token);
        throw new bullmq.WaitingError();
      }
      if (!(error instanceof UserError)) throw error;
      const reason = error.message.replaceAll("\n", "; ");
      refuse(job.id!, reason);
      if (job.attemptsStarted >= MOST_STARTS) {
        throw new bullmq.UnrecoverableError(`${REFUSED}${reason}`);
      }
      await job.moveToDelayed(Date.now() + REFUSED_DELAY_MS, token);
      throw new bullmq.DelayedError();
    }
  };
}
