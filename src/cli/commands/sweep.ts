import type { Pool } from "../../engines/pool.js";
import type { Store } from "../../store/store.js";
import type { Plan } from "../../sweep/plan.js";
import type { Sweep } from "../../sweep/schema.js";
import { type Console, command, EXIT } from "../command.js";
import { type Interrupt, interruptible } from "../interrupt.js";
import { loadSweep, type SweepOptions, sweepOptions, workersOf } from "../sweep-options.js";
import { packageVersion } from "../version.js";

interface Options extends SweepOptions {
  readonly fresh: boolean;
  readonly retryFailed: boolean;
}

export const sweepCommand = command<Options>({
  usage: "sweep <file>",
  summary: "Train what a sweep file asks for and write its tables",
  options: (yargs) =>
    sweepOptions(yargs)
      .option("fresh", {
        type: "boolean",
        default: false,
        describe: "Remove the folder's trials first and train all of them again",
      })
      .option("retry-failed", {
        type: "boolean",
        default: false,
        describe: "Train again what failed",
      }) as never,
  async run(options, console) {
    const workers = workersOf(options);
    const { sweep, folder } = await loadSweep(options);
    const { loadEngine, planSweep, results, openPool, openStore, lockForWriting, join } =
      await rooms();
    const engine = await loadEngine(sweep.engine);
    const plan = planSweep(sweep, engine.numerics);

    await results.prepareFolder(folder);
    const lock = lockForWriting(folder);
    const interrupt = interruptible();
    let store: Store | undefined;
    let pool: Pool | undefined;
    try {
      if (options.fresh) await results.clearStore(folder);
      store = openStore(join(folder, "trials.db"));
      pool = openPool(sweep.engine, workers);
      const { retryFailed } = options;
      const run = { sweep, plan, engine, pool, store, folder, interrupt, retryFailed };
      return await trainAndReport(run, console);
    } finally {
      interrupt.stop();
      await pool?.close();
      store?.close();
      lock.release();
    }
  },
});

interface Run {
  readonly sweep: Sweep;
  readonly plan: Plan;
  readonly engine: { readonly name: string; readonly numerics: string; readonly lanes: number };
  readonly pool: Pool;
  readonly store: Store;
  readonly folder: string;
  readonly interrupt: Interrupt;
  readonly retryFailed: boolean;
}

async function trainAndReport(run: Run, console: Console): Promise<number> {
  const { sweep, plan, engine, pool, store, folder, interrupt, retryFailed } = run;
  const { join, provenance, runPlan, doneOf, results, showProgress, writeJson } = await rooms();
  const start = new Date();
  const manifest = {
    name: sweep.name,
    ...(await provenance(packageVersion())),
    engine: { name: engine.name, numerics: engine.numerics },
    workers: pool.workers,
    start: start.toISOString(),
  };
  const manifestFile = join(folder, "manifest.json");
  await writeJson(join(folder, "sweep.json"), sweep);
  await writeJson(manifestFile, { ...manifest, end: null, counts: {} });

  const done = doneOf(plan, store);
  const progress = showProgress(plan.trials, done, console.quiet);
  const { signal } = interrupt;
  const trained = await runPlan(plan, store, pool, {
    engine,
    onProgress: progress.add,
    signal,
    retryFailed,
  }).finally(progress.stop);

  const { tables, counts, failures } = await results.writeResults(
    folder,
    plan,
    store,
    sweep.convergence.rmse,
  );
  const end = new Date();
  await writeJson(manifestFile, { ...manifest, end: end.toISOString(), counts });

  const { consoleTable } = await import("../../output/console-tables.js");
  console.out(tables.map(consoleTable).join("\n\n"));
  const number = (value: number) => value.toLocaleString("en-US");
  const seconds = ((end.getTime() - start.getTime()) / 1000).toFixed(1);
  console.note(
    `\n${number(trained)} trials trained in ${seconds} s, ${number(done)} were there already; ` +
      `${number(counts.converged)} of ${number(counts.trials)} converged; results in ${folder}\n` +
      "Dead neurons, dead layers and training time are means over the converged trials; " +
      "a trial's time is its batch's, divided by the batch's trials.",
  );
  if (signal.aborted) {
    console.note("Interrupted: the same command goes on where this one stopped.");
    return EXIT.interrupted;
  }
  if (failures.length > 0) {
    console.error(
      `${number(counts.failed)} trials failed; --retry-failed trains them again:\n` +
        failures.map((failure) => `  ${failure}`).join("\n"),
    );
    return EXIT.failed;
  }
  return EXIT.done;
}

/** Loaded once the command line and the file have proved right, so that help and errors answer at once. */
async function rooms() {
  const [path, load, pool, plan, run, store, lock, manifest, results, folder, progress] =
    await Promise.all([
      import("node:path"),
      import("../../engines/load.js"),
      import("../../engines/pool.js"),
      import("../../sweep/plan.js"),
      import("../../sweep/run.js"),
      import("../../store/store.js"),
      import("../../store/writer-lock.js"),
      import("../../store/manifest.js"),
      import("../results.js"),
      import("../../output/results-folder.js"),
      import("../progress.js"),
    ]);
  return {
    ...path,
    ...load,
    ...pool,
    ...plan,
    ...run,
    ...store,
    ...lock,
    ...manifest,
    results,
    ...folder,
    ...progress,
  };
}
