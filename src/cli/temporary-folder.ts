/** A folder for the time of one piece of work. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXIT } from "./command.js";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs `work` with an empty folder that is removed whatever ends it: a result, an error, or a
 * signal, which ends the process with 130.
 */
export async function withTemporaryFolder<Result>(
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  // Made without waiting: between the folder and its removal being arranged no signal gets in.
  const folder = mkdtempSync(join(tmpdir(), "lrn-check-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const interrupt = () => process.exit(EXIT.interrupted);
  process.on("exit", remove);
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    return await work(folder);
  } finally {
    remove();
    process.off("exit", remove);
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
}
