/** Ctrl-C, SIGTERM and a hang-up: the terminal was closed, or the connection to it lost. */
import { EXIT } from "./exit-codes.js";

/** What ends work before its time. Where nothing is said, a signal ends the process as the system does. */
export interface Interrupts {
  /**
   * Work that finishes what it has begun: the first signal aborts what the work is given, a second
   * one ends the process at once.
   *
   * @param onFirst called at the first signal
   */
  finishing<Result>(
    onFirst: () => void,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result>;
  /** A signal ends the process with 130 and, unlike by itself, runs what was left for its exit. */
  ending<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** For work that nothing interrupts. */
export const UNINTERRUPTED: Interrupts = {
  finishing: (_onFirst, work) => work(new AbortController().signal),
  ending: (work) => work(),
};

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
type Signal = (typeof SIGNALS)[number];

/** @param ignoreHangUps as under nohup: a hang-up is nothing then */
export function interruptsBySignals(ignoreHangUps: boolean): Interrupts {
  const signals = SIGNALS.filter((signal) => signal !== "SIGHUP" || !ignoreHangUps);
  const listening = async <Result>(
    listener: (signal: Signal) => void,
    work: () => Promise<Result>,
  ): Promise<Result> => {
    for (const signal of signals) process.on(signal, listener);
    try {
      return await work();
    } finally {
      for (const signal of signals) process.off(signal, listener);
    }
  };
  return {
    finishing(onFirst, work) {
      const controller = new AbortController();
      const listener = (signal: Signal) => {
        if (!controller.signal.aborted) {
          controller.abort();
          onFirst();
        } else if (signal !== "SIGHUP") {
          // What the store has is committed: to end here loses the batches at work and nothing else.
          // A hang-up is no second word: the system and the shell may both tell of the same one.
          process.exit(EXIT.interrupted);
        }
      };
      return listening(listener, () => work(controller.signal));
    },
    ending: (work) => listening(() => process.exit(EXIT.interrupted), work),
  };
}
