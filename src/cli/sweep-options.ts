/** The flags that `sweep`, `plan` and `check` share, and the sweep that they make of a file. */
import type { Argv } from "yargs";
import { UserError } from "../errors.js";
import type { Override } from "../sweep/read-sweep.js";

/** What to train, and on how many threads. */
export interface TrainingOptions {
  readonly file: string;
  readonly engine: string | undefined;
  readonly workers: string | undefined;
  readonly seeds: string | undefined;
  readonly set: readonly string[];
}

export interface SweepOptions extends TrainingOptions {
  readonly out: string | undefined;
}

export function sweepOptions(yargs: Argv): Argv<SweepOptions> {
  return trainingOptions(yargs).option("out", {
    type: "string",
    describe: "Results folder (default: results/<name>)",
  });
}

export function trainingOptions(yargs: Argv): Argv<TrainingOptions> {
  return yargs
    .positional("file", { type: "string", demandOption: true, describe: "The sweep file" })
    .option("engine", { type: "string", describe: "What trains: fused or reference" })
    .option("workers", { type: "string", describe: "Threads (default: one a core)" })
    .option("seeds", { type: "string", describe: "Trainings a cell, instead of the file's" })
    .option("set", {
      type: "string",
      array: true,
      nargs: 1,
      default: [],
      describe: "Override a field, as --set grid.depth=[2,5]; repeatable",
    });
}

/** Reads the sweep file and applies the flags. */
export async function loadSweep(options: TrainingOptions & { readonly out?: string | undefined }) {
  const { parseOverride, readSweep } = await import("../sweep/read-sweep.js");
  const overrides: Override[] = options.set.map(parseOverride);
  if (options.engine !== undefined) overrides.push({ path: "engine", value: options.engine });
  if (options.seeds !== undefined) {
    overrides.push({ path: "seeds", value: numberOrText(options.seeds) });
  }
  const sweep = await readSweep(options.file, overrides);
  return { sweep, folder: options.out ?? `results/${sweep.name}` };
}

const MAX_WORKERS = 256;

/** @returns undefined where the flag is absent */
export function workersOf({ workers }: Pick<SweepOptions, "workers">): number | undefined {
  if (workers === undefined) return undefined;
  const count = numberOrText(workers);
  if (typeof count === "number" && Number.isInteger(count) && count >= 1 && count <= MAX_WORKERS) {
    return count;
  }
  throw new UserError(
    `--workers: must be a whole number from 1 to ${MAX_WORKERS}, got ${JSON.stringify(workers)}`,
  );
}

/** Text stays text where it is no number, so that a message can show what was given. */
export function numberOrText(value: string): number | string {
  return value.trim() === "" || Number.isNaN(Number(value)) ? value : Number(value);
}
