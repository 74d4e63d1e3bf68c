/** A folder for the time of one piece of work. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../errors.js";

/**
 * Runs `work` with an empty folder that is removed whatever ends it: a result, an error, or the
 * process's exit.
 *
 * @throws UserError where no folder can be made
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
