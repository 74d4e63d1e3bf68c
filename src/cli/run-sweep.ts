/** `lrn sweep` from a checked sweep file to a results folder. */
import { join } from "node:path";
import type { Engine } from "../engines/contract.js";
import { openPool, type Pool } from "../engines/pool.js";
import { removeUnfinished, writeJson } from "../output/results-folder.js";
import { visible } from "../output/visible.js";
import { beginManifest, endManifest, type Manifest, readManifest } from "../store/manifest.js";
import { openStore, type Store } from "../store/store.js";
import { lockForWriting } from "../store/writer-lock.js";
import type { Plan, PlannedCell } from "../sweep/plan.js";
import { doneOf, runPlan } from "../sweep/run.js";
import type { Sweep } from "../sweep/schema.js";
import { missingSeeds } from "../sweep/seeds.js";
import { type Console, EXIT } from "./command.js";
import { clearStore, prepareFolder, refuseUnwritableResults } from "./folder.js";
import { noteGivenUp } from "./given-up.js";
import { type Interrupt, interruptible } from "./interrupt.js";
import { showProgress } from "./progress.js";
import type { Results } from "./results.js";
import { engineTitle } from "./sweep-options.js";
import { packageVersion } from "./version.js";

export interface SweepRun {
  readonly sweep: Sweep;
  readonly engine: Engine;
  readonly plan: Plan;
  readonly folder: string;
  readonly workers: number | undefined;
  /** Remove the folder's trials first. */
  readonly fresh: boolean;
  readonly retryFailed: boolean;
  /** Write and print the tables, however many they are. */
  readonly allTables: boolean;
}

/** @returns the exit code */
export async function runSweep(run: SweepRun, console: Console): Promise<number> {
  const { engine, folder, workers } = run;
  await prepareFolder(folder);
  await refuseUnwritableResults(folder);
  const lock = lockForWriting(folder);
  const interrupt = interruptible(() =>
    console.note("\nFinishing the batches at work; Ctrl-C again ends at once."),
  );
  let store: Store | undefined;
  let pool: Pool | undefined;
  try {
    const before = await readManifest(join(folder, "manifest.json"));
    await removeUnfinished(folder);
    if (run.fresh) await clearStore(folder);
    store = openStore(join(folder, "trials.db"));
    const { plan, retryFailed } = run;
    const lacks = (cell: PlannedCell) => missingSeeds(plan, store!, cell, retryFailed).length > 0;
    // Workers take as long to start as all else together, so they start first, or not at all.
    if (plan.cells.some(lacks)) {
      pool = openPool(engine.name, workers, {
        backend: engine.backend?.name,
        ...noteGivenUp(console),
      });
    }
    return await trainAndReport({ ...run, before, pool, store, interrupt }, console);
  } finally {
    interrupt.stop();
    await pool?.close();
    store?.close();
    lock.release();
  }
}

interface OpenRun extends SweepRun {
  /** The folder's manifest as it was. */
  readonly before: Manifest | undefined;
  /** Absent where nothing is left to train. */
  readonly pool: Pool | undefined;
  readonly store: Store;
  readonly interrupt: Interrupt;
}

async function trainAndReport(run: OpenRun, console: Console): Promise<number> {
  const { sweep, plan, engine, pool, store, folder, interrupt, retryFailed, allTables } = run;
  const start = performance.now();
  // Loaded while the workers start and train.
  const reporting = Promise.all([import("./results.js"), import("../output/console-tables.js")]);
  const manifestFile = join(folder, "manifest.json");
  let manifest = run.before;
  // A run that trains nothing leaves the word on where the numbers come from as it is.
  if (pool || !manifest) {
    manifest = await beginManifest(manifest, {
      name: sweep.name,
      lrn: packageVersion(),
      engine: {
        name: engine.name,
        numerics: engine.numerics,
        ...(engine.backend && { backend: engine.backend }),
      },
      workers: pool?.workers ?? 0,
    });
    await writeJson(manifestFile, manifest);
  }
  await writeJson(join(folder, "sweep.json"), sweep);

  const done = doneOf(plan, store);
  const progress = showProgress(plan.trials, done, console.quiet);
  let trained = 0;
  if (pool) {
    const { signal } = interrupt;
    signal.addEventListener("abort", progress.stop);
    const options = { engine, onProgress: progress.add, signal, retryFailed };
    trained = await runPlan(plan, store, pool, options).finally(progress.stop);
  }

  const [{ MOST_TABLES, updateResults }, { consoleTable }] = await reporting;
  const asked = { plan, threshold: sweep.convergence.rmse, allTables };
  const results = await updateResults(folder, asked, store, manifest.written);
  if (results.written !== manifest.written) {
    await writeJson(manifestFile, endManifest(manifest, results));
  }
  const { tables } = results;
  if (!allTables && tables.length > MOST_TABLES) {
    console.note(
      `${number(tables.length)} tables are neither printed nor written, for they are more than ` +
        `${MOST_TABLES}: --tables does both, and lrn export ${visible(folder)} --what tables puts them in one file.`,
    );
  } else if (!console.quiet) {
    for (const [i, table] of tables.entries()) {
      console.out(`${i > 0 ? "\n" : ""}${consoleTable(table)}`);
    }
  }
  console.note(`\n${summary({ engine, trained, done, start, folder, ...results })}`);
  if (interrupt.signal.aborted) {
    console.note("Interrupted: the same command goes on where this one stopped.");
    return EXIT.interrupted;
  }
  return reportFailures(results, console);
}

interface Finished extends Pick<Results, "counts"> {
  readonly engine: Engine;
  readonly trained: number;
  readonly done: number;
  readonly start: number;
  readonly folder: string;
}

function summary({ engine, trained, done, start, counts, folder }: Finished): string {
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  return (
    `${number(trained)} trials trained in ${seconds} s (${engineTitle(engine)}), ${number(done)} were there already; ` +
    `${number(counts.converged)} of ${number(counts.trials)} converged; results in ${visible(folder)}\n` +
    "Dead neurons, dead layers and training time are means over the converged trials; " +
    "a trial's time is its batch's, divided by the batch's trials."
  );
}

function reportFailures({ counts, failures }: Results, console: Console): number {
  if (failures.length === 0) return EXIT.done;
  const lines = failures.map((failure) => `  ${visible(failure)}`).join("\n");
  console.error(
    `${number(counts.failed)} trials failed; --retry-failed trains them again:\n${lines}`,
  );
  return EXIT.failed;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
