/** Ctrl-C and SIGTERM while a file is written. */
import { EXIT } from "./command.js";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** A signal ends the process with 130 and, unlike by itself, removes what is unfinished. */
export async function endingOnSignals<Result>(work: () => Promise<Result>): Promise<Result> {
  const end = () => process.exit(EXIT.interrupted);
  for (const signal of SIGNALS) process.on(signal, end);
  try {
    return await work();
  } finally {
    for (const signal of SIGNALS) process.off(signal, end);
  }
}
