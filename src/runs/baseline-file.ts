/** Reads and writes baseline files. */
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { isDeepStrictEqual } from "node:util";
import {
  BASELINE_FORMAT,
  type Baseline,
  baselineSchema,
  MAX_BASELINE_BYTES,
  MAX_BASELINE_VALUES,
} from "../analysis/baseline.js";
import { UserError } from "../errors.js";
import { readText } from "../files/read.js";
import { parseJson } from "../files/read-json.js";
import { parseWith } from "../files/schema-errors.js";
import { cellName } from "../model/cells.js";
import { baselineText } from "../output/formats/baseline-text.js";
import { refuseNoBaseline } from "./baseline-target.js";
import { writeOut } from "./own-files.js";

const READING = { what: "a baseline with --baseline", maxBytes: MAX_BASELINE_BYTES };

/** @throws UserError where the file is missing, is no baseline, or one of a newer format */
export async function readBaseline(file: string): Promise<Baseline> {
  const text = await readText(file, READING);
  if (text === undefined) {
    throw new UserError(
      `${file || '""'}: there is no such baseline; write it with --update, or give another with --baseline`,
    );
  }
  const content = parseJson(text, file);
  const format = (content as { format?: unknown } | null)?.format;
  if (typeof format === "number" && format > BASELINE_FORMAT) {
    throw new UserError(
      `${file}: format: must be at most ${BASELINE_FORMAT}, got ${format}; a newer version of lrn wrote it, take that`,
    );
  }
  const baseline = parseWith(baselineSchema, content, file, {
    what: "a baseline",
    maxValues: MAX_BASELINE_VALUES,
  });
  refuseTwice(baseline, file);
  return baseline;
}

/**
 * Leaves the file as it is where it holds the same counts under the same conditions, so that the
 * version and commit in it stay those that the counts were first seen with.
 *
 * @throws UserError where the file is there and no baseline, or cannot be written
 * @returns whether the file changed
 */
export async function updateBaseline(file: string, baseline: Baseline): Promise<boolean> {
  await refuseNoBaseline(file);
  const isFile = (await stat(file).catch(() => undefined))?.isFile(); // not a FIFO, which says nothing
  const before = isFile ? await readBaseline(file).catch(() => undefined) : undefined;
  if (before && isDeepStrictEqual(withoutSource(before), withoutSource(baseline))) return false;
  try {
    await mkdir(dirname(file), { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`--baseline: ${file} cannot be written (${code}); give a file that can`);
  }
  await writeOut(file, baselineText(baseline), "--baseline");
  return true;
}

function withoutSource({ provenance, ...counts }: Baseline) {
  return { ...counts, numerics: provenance.numerics };
}

/** As a badly merged conflict may leave it. */
function refuseTwice({ cells }: Baseline, file: string): void {
  const names = new Set<string>();
  for (const [index, cell] of cells.entries()) {
    const name = cellName(cell);
    if (names.has(name)) {
      throw new UserError(
        `${file}: cells[${index}]: must be a cell of its own, got ${name} again; remove one, or write the file again with --update`,
      );
    }
    names.add(name);
  }
}
