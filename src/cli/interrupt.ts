/** Ctrl-C, SIGTERM and a hang-up: the terminal was closed, or the connection to it lost. */
import { EXIT } from "./command.js";
import { isUnderNohup } from "./nohup.js";

export interface Interrupt {
  /** Aborted by the first signal, which lets the batches at work finish; a second one ends the process at once. */
  readonly signal: AbortSignal;
  /** Gives the signals back. */
  stop(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
type Signal = (typeof SIGNALS)[number];

const ignoresHangUps = isUnderNohup();

/** Under nohup a hang-up is nothing. Without a listener Node would let it end the process. */
export function respectNohup(): void {
  if (ignoresHangUps) process.on("SIGHUP", () => {});
}

/** @returns what gives the signals back */
function listen(listener: (signal: Signal) => void): () => void {
  const heard = SIGNALS.filter((signal) => signal !== "SIGHUP" || !ignoresHangUps);
  for (const signal of heard) process.on(signal, listener);
  return () => {
    for (const signal of heard) process.off(signal, listener);
  };
}

/** @param onFirst called at the first signal */
export function interruptible(onFirst: () => void): Interrupt {
  const controller = new AbortController();
  const stop = listen((signal) => {
    if (!controller.signal.aborted) {
      controller.abort();
      onFirst();
    } else if (signal !== "SIGHUP") {
      // What the store has is committed: to end here loses the batches at work and nothing else.
      // A hang-up is no second word: the system and the shell may both tell of the same one.
      process.exit(EXIT.interrupted);
    }
  });
  return { signal: controller.signal, stop };
}

/** A signal ends the process with 130 and, unlike by itself, runs what was left for its exit. */
export async function endingOnSignals<Result>(work: () => Promise<Result>): Promise<Result> {
  const stop = listen(() => process.exit(EXIT.interrupted));
  try {
    return await work();
  } finally {
    stop();
  }
}
