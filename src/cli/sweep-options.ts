/** The flags that `sweep` and `plan` share, and the sweep that they make of a file. */
import type { Argv } from "yargs";
import type { Override } from "../sweep/read-sweep.js";
import { numberOrText, wholeNumberFlag } from "./flags.js";

export interface SweepOptions {
  readonly file: string;
  readonly out: string | undefined;
  readonly engine: string | undefined;
  readonly workers: string | undefined;
  readonly seeds: string | undefined;
  readonly set: readonly string[];
}

export function sweepOptions(yargs: Argv): Argv<SweepOptions> {
  return yargs
    .positional("file", { type: "string", demandOption: true, describe: "The sweep file" })
    .option("out", { type: "string", describe: "Results folder (default: results/<name>)" })
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
export async function loadSweep(options: SweepOptions) {
  const { parseOverride, readSweep } = await import("../sweep/read-sweep.js");
  const overrides: Override[] = options.set.map(parseOverride);
  if (options.engine !== undefined) overrides.push({ path: "engine", value: options.engine });
  if (options.seeds !== undefined) {
    overrides.push({ path: "seeds", value: numberOrText(options.seeds) });
  }
  const sweep = await readSweep(options.file, overrides);
  return { sweep, folder: options.out ?? `results/${sweep.name}` };
}

/** @returns undefined where the flag is absent */
export function workersOf({ workers }: Pick<SweepOptions, "workers">): number | undefined {
  return wholeNumberFlag("--workers", workers, 1, 256);
}
