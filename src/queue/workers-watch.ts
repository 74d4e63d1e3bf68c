/** The workers of a queue as a sweep sees them: how many threads there are, and a note where there are none. */
import { listed } from "../counted.js";
import {
  type QueueAddress,
  shownAddress,
  shownOther,
  shownQueue,
  shownTrainable,
  type Trainable,
} from "./address.js";
import type { Presence } from "./job-queue.js";

export interface WorkersWatch {
  /** At the last look. */
  readonly threads: number;
  /** @param isWaited whether there are batches for which a worker is missed */
  see(there: Presence, isWaited: boolean): void;
}

interface Watched {
  readonly address: QueueAddress;
  readonly trainable: Trainable;
  /** Milliseconds without a worker until it is said. */
  readonly noWorker: number;
  readonly onNote: (text: string) => void;
}

export function watchWorkers({ address, trainable, noWorker, onNote }: Watched): WorkersWatch {
  let threads = 0;
  let aloneSince = performance.now();
  let isSaid = false;
  return {
    get threads() {
      return threads;
    },
    see({ threads: now, others }, isWaited) {
      threads = now;
      if (threads > 0 || !isWaited) {
        aloneSince = performance.now();
        isSaid = false;
      } else if (!isSaid && performance.now() - aloneSince >= noWorker) {
        isSaid = true;
        const but = others.length > 0 ? `, but workers with ${listed(others.map(shownOther))}` : "";
        const shown = shownAddress(address);
        const worker = shown.includes("***@") // which the command line would show to all
          ? `LRN_QUEUE=${shown} lrn worker`
          : `lrn worker --queue ${shown}`;
        onNote(
          `No worker for ${shownTrainable(trainable)} is at ${shownQueue(address)}${but}. Start some, here or ` +
            `elsewhere: ${worker} --queue-name ${address.name} ` +
            `--engine ${trainable.engine}`,
        );
      }
    },
  };
}
