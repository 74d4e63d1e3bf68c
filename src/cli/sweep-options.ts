/** The flags that `sweep`, `plan` and `check` share, and the sweep that they make of a file. */
import type { Argv } from "yargs";
import type { Override } from "../sweep/read-sweep.js";
import { wholeNumberFlag } from "./flags.js";

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
    requiresArg: true,
    describe: "Results folder (default: results/<name>)",
  });
}

export function trainingOptions(yargs: Argv): Argv<TrainingOptions> {
  return yargs
    .positional("file", { type: "string", demandOption: true, describe: "The sweep file" })
    .option("engine", {
      type: "string",
      requiresArg: true,
      describe: "What trains: fused or reference",
    })
    .option("workers", {
      type: "string",
      requiresArg: true,
      describe: "Threads (default: one a core)",
    })
    .option("seeds", {
      type: "string",
      requiresArg: true,
      describe: "Trainings a cell, instead of the file's",
    })
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
  const { jsonOrText, parseOverride, readSweep } = await import("../sweep/read-sweep.js");
  const given = options.set.map((text) => `--set ${text}`);
  for (const flag of ["engine", "seeds"] as const) {
    if (options[flag] !== undefined) given.push(`--${flag} ${options[flag]}`);
  }
  const overrides: Override[] = options.set.map(parseOverride);
  if (options.engine !== undefined) overrides.push({ path: "engine", value: options.engine });
  if (options.seeds !== undefined) {
    overrides.push({ path: "seeds", value: jsonOrText(options.seeds) });
  }
  const sweep = await readSweep(options.file, overrides, given);
  return { sweep, folder: options.out ?? `results/${sweep.name}` };
}

/** @returns undefined where the flag is absent */
export function workersOf({ workers }: Pick<SweepOptions, "workers">): number | undefined {
  return wholeNumberFlag("--workers", workers, 1, 256);
}
