/** A folder for the time of one piece of work. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDiskFull, StoppedError, UserError } from "../errors.js";

/**
 * Runs `work` with an empty folder that is removed whatever ends it: a result, an error, or the
 * process's exit.
 *
 * @throws UserError where no folder can be made
 * @throws StoppedError where the disk that it is on is full
 */
export async function withTemporaryFolder<Result>(
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  // Made without waiting: between the folder and its removal being arranged no signal gets in.
  const folder = makeFolder();
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.on("exit", remove);
  try {
    return await work(folder);
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    throw new StoppedError(
      `TMPDIR: the disk of ${tmpdir()} is full; free some space, or set it to another folder, and ` +
        "run the same command again",
    );
  } finally {
    remove();
    process.off("exit", remove);
  }
}

function makeFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), "lrn-"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(
      `TMPDIR: no folder can be made in ${tmpdir()} (${code}); set it to a folder that can be written`,
    );
  }
}
