/** What `lrn check --update` may replace. */
import { open, stat } from "node:fs/promises";
import { BASELINE_FORMAT } from "../analysis/baseline.js";
import { UserError } from "../errors.js";

/** As every baseline begins, also one that is damaged further down, or badly merged. */
const BEGINNING = /^\uFEFF?\s*\{\s*"format"\s*:\s*(\d+)\s*,\s*"name"\s*:/;

/** As git leaves a file whose first line is in conflict. */
const CONFLICT = /^<{7} /;

/** Bytes. */
const ENOUGH = 1024;

/** @throws UserError where it is standard output's name, or is there and neither a baseline nor the rest of one */
export async function refuseNoBaseline(file: string): Promise<void> {
  if (file === "-") {
    throw new UserError(
      '--baseline: must be a file, got "-", standard output; give a path, as ./-',
    );
  }
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile() || found.size === 0) return;
  const text = await beginningOf(file);
  if (CONFLICT.test(text)) return;
  const [, format] = BEGINNING.exec(text) ?? [];
  if (format === undefined) {
    throw new UserError(
      `--baseline: ${file} must be a baseline for --update to replace it, ` +
        `it begins with ${JSON.stringify(text.slice(0, 40))}; give another path`,
    );
  }
  if (Number(format) > BASELINE_FORMAT) {
    throw new UserError(
      `--baseline: ${file} is of format ${format}, this lrn writes ${BASELINE_FORMAT}; ` +
        "use a newer lrn, or give another path",
    );
  }
}

async function beginningOf(file: string): Promise<string> {
  try {
    const handle = await open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(ENOUGH), 0, ENOUGH, 0);
    await handle.close();
    return buffer.toString("utf8", 0, bytesRead);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`--baseline: ${file} cannot be read (${code}); give a file that can`);
  }
}
