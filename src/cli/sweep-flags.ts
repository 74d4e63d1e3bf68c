/** The flags that `sweep`, `plan` and `check` share, and the sweep that they make of a file. */
import type { Argv } from "yargs";
import type { Engine } from "../engines/contract.js";
import { BACKENDS, ENGINE_NAMES } from "../engines/names.js";
import { UserError } from "../errors.js";
import { refuseUrl } from "../runs/prepare-folder.js";
import type { Override } from "../sweep/read-sweep.js";
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
    .option("out", {
      type: "string",
      requiresArg: true,
      describe: "Results folder (default: results/<name>)",
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
async function loadSweep(options: TrainingOptions & { readonly out?: string | undefined }) {
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

/**
 * Reads the sweep file, loads the engine and plans with it. Nothing is written.
 *
 * @throws UserError where the engine cannot train a cell of the plan, among all else
 */
export async function loadPlan(options: TrainingOptions & { readonly out?: string | undefined }) {
  const asked = wholeNumberFlag("--workers", options.workers, 1, 256);
  if (options.out !== undefined) refuseUrl(options.out);
  const { sweep, folder } = await loadSweep(options);
  const [{ loadEngine }, { refuseCells }, { planSweep }] = await Promise.all([
    import("../engines/load.js"),
    import("../engines/contract.js"),
    import("../sweep/plan.js"),
  ]);
  const engine = await loadEngine(sweep.engine, options.backend);
  const workers = workersFor(engine, asked);
  const plan = planSweep(sweep, engine.numerics);
  refuseCells(
    engine,
    plan.cells.map(({ cell }) => cell),
  );
  return { sweep, folder, engine, plan, workers };
}

/** @returns undefined for one a core */
function workersFor({ ownThreads, backend }: Engine, asked: number | undefined) {
  if (ownThreads && asked !== undefined && asked !== 1) {
    throw new UserError(
      `--workers: must be 1 with backend ${backend?.name}, which has threads of its own, ` +
        `got ${asked}; leave it out`,
    );
  }
  return ownThreads ? 1 : asked;
}
