/** Ctrl-C and SIGTERM. */
import { EXIT } from "./command.js";

export interface Interrupt {
  /** Aborted by the first signal, which lets the batches at work finish; a second one ends the process at once. */
  readonly signal: AbortSignal;
  /** Gives the signals back. */
  stop(): void;
}

/** @param onFirst called at the first signal */
export function interruptible(onFirst: () => void): Interrupt {
  const controller = new AbortController();
  const interrupt = () => {
    // What the store has is committed: to end here loses the batches at work and nothing else.
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
    onFirst();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  return {
    signal: controller.signal,
    stop() {
      process.off("SIGINT", interrupt);
      process.off("SIGTERM", interrupt);
    },
  };
}
