/** The flags that `sweep`, `plan` and `check` share, and the run that they make of a sweep file. */
import type { Argv } from "yargs";
import type { Engine } from "../engines/contract.js";
import { BACKENDS, ENGINE_NAMES } from "../engines/names.js";
import { MAX_WORKERS } from "../runs/limits.js";
import type { PlannedRun } from "../runs/plan-run.js";
import type { Override } from "../sweep/overrides.js";
import { wholeNumberFlag } from "./flags.js";

/** What to train, and on how many threads. */
export interface TrainingOptions {
  readonly file: string;
  readonly engine: string | undefined;
  readonly backend: string | undefined;
  readonly workers: string | undefined;
  readonly seeds: string | undefined;
  readonly set: readonly string[];
}

export interface SweepOptions extends TrainingOptions {
  readonly out: string | undefined;
  readonly shard: string | undefined;
}

export const ENGINE_HELP = `What trains: ${ENGINE_NAMES.join(", ")}`;
export const BACKEND_HELP = `What engine tfjs runs on: ${BACKENDS.join(", ")} (default: the first that works)`;

/** `tfjs, backend wasm` */
export function engineTitle({ name, backend }: Engine): string {
  return backend ? `${name}, backend ${backend.name}` : name;
}

export function sweepOptions(yargs: Argv): Argv<SweepOptions> {
  return trainingOptions(yargs)
    .positional("file", { type: "string", demandOption: true, describe: "The sweep file" })
    .nargs("file", 1) // takes `-` as its value too
    .option("out", {
      type: "string",
      requiresArg: true,
      describe: "Results folder (default: results/<name>)",
    })
    .option("shard", {
      type: "string",
      requiresArg: true,
      describe: "One of several equal parts, as 3/16; lrn merge joins them",
    });
}

/** All but the file, which not every command needs. */
export function trainingOptions(yargs: Argv): Argv<Omit<TrainingOptions, "file">> {
  return yargs
    .option("engine", {
      type: "string",
      requiresArg: true,
      describe: ENGINE_HELP,
    })
    .option("backend", { type: "string", requiresArg: true, describe: BACKEND_HELP })
    .option("workers", {
      type: "string",
      number: true, // for help alone: as text, messages show what was given
      requiresArg: true,
      describe: "Threads (default: one per core)",
    })
    .option("seeds", {
      type: "string",
      number: true, // as above
      requiresArg: true,
      describe: "Trainings per cell, instead of the file's",
    })
    .option("set", {
      type: "string",
      array: true,
      nargs: 1,
      default: [],
      defaultDescription: "none",
      describe: "Override a field, as --set grid.depth=2,5; repeatable",
    });
}

/** @throws UserError where it is no number of threads */
export function workersFlag(text: string | undefined): number | undefined {
  return wholeNumberFlag("--workers", text, 1, MAX_WORKERS);
}

/**
 * Reads the sweep file, applies the flags and plans. Nothing is written.
 *
 * @throws UserError where a trial of the plan does not fit in the engine's memory, among all else
 */
export async function loadPlan(
  options: TrainingOptions & Partial<SweepOptions>,
): Promise<PlannedRun & { readonly folder: string }> {
  const workers = workersFlag(options.workers);
  const shard = await shardFlag(options.shard);
  if (options.out !== undefined) {
    const { refuseUrl } = await import("../runs/prepare-folder.js");
    refuseUrl(options.out, "--out");
  }
  const sweep = await loadSweep(options);
  const { planRun } = await import("../runs/plan-run.js");
  const run = await planRun(sweep, { backend: options.backend, workers, shard }, "--workers");
  return { ...run, folder: options.out ?? `results/${sweep.name}` };
}

async function shardFlag(text: string | undefined) {
  if (text === undefined) return undefined;
  const { parseShard } = await import("../sweep/shards.js");
  return parseShard(text);
}

async function loadSweep(options: TrainingOptions) {
  const [{ parseOverride, valueFor }, { readSweep }] = await Promise.all([
    import("../sweep/overrides.js"),
    import("../sweep/read-sweep.js"),
  ]);
  const given = options.set.map((text) => `--set ${text}`);
  for (const flag of ["engine", "seeds"] as const) {
    if (options[flag] !== undefined) given.push(`--${flag} ${options[flag]}`);
  }
  const overrides: Override[] = options.set.map(parseOverride);
  if (options.engine !== undefined) overrides.push({ path: "engine", value: options.engine });
  if (options.seeds !== undefined) {
    overrides.push({ path: "seeds", value: valueFor("seeds", options.seeds) });
  }
  return readSweep(options.file, overrides, given);
}
