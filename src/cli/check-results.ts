/** `lrn check --results`: trains a results folder's trials again and compares every stored number. */
import { loadEngine } from "../engines/load.js";
import { openPool } from "../engines/pool.js";
import { UserError } from "../errors.js";
import { proofJson, proofReport, proofText } from "../output/check-reports/proof.js";
import { openStoreReadOnly } from "../store/store.js";
import { proveStore } from "../sweep/prove.js";
import { MAX_TRIALS } from "../sweep/schema.js";
import { type Console, EXIT } from "./command.js";
import { wholeNumberFlag } from "./flags.js";
import { noteGivenUp } from "./given-up.js";
import { interruptible } from "./interrupt.js";
import { showProgress } from "./progress.js";
import { findResults, numericsIn } from "./read-results.js";
import type { TrainingOptions } from "./sweep-options.js";

/** The flags of `check`: those that choose what is compared, and those that mean nothing here. */
export interface ResultsCheckOptions extends Omit<TrainingOptions, "file"> {
  readonly file: string | undefined;
  readonly baseline: string | undefined;
  readonly tolerance: string | undefined;
  readonly update: boolean;
  readonly reporter: string;
  readonly sample: string | undefined;
  readonly sampleSeed: string | undefined;
}

/**
 * @param folder the results folder
 * @returns the exit code: 1 where anything differs
 * @throws UserError where a flag means nothing here, the folder cannot be read, or none of its numbers
 *   can be had again to the bit
 */
export async function checkResults(
  folder: string,
  options: ResultsCheckOptions,
  console: Console,
): Promise<number> {
  refuseUseless(options);
  const workers = wholeNumberFlag("--workers", options.workers, 1, 256);
  const sample = sampleOf(options);
  const { database } = await findResults(folder);
  // It gives the reference engine's bits, in a fraction of its time.
  const engine = await loadEngine("fused");
  const knownNumerics = await numericsIn(folder);
  const store = openStoreReadOnly(database);
  const pool = openPool(engine.name, workers, noteGivenUp(console));
  const progress = showProgress(sample?.trials ?? store.count(), 0, console.quiet);
  const interrupt = interruptible(() => console.note("\nFinishing the batches at work."));
  try {
    const { signal } = interrupt;
    const proved = await proveStore(store, pool, {
      engine,
      knownNumerics,
      signal,
      onProgress: progress.add,
      ...(sample && { sample }),
    });
    progress.stop();
    const report = proofReport(folder, engine.numerics, proved);
    if (options.reporter === "json") console.out(proofJson(report));
    else if (!console.quiet) console.out(proofText(report));
    if (signal.aborted) return EXIT.interrupted;
    if (report.passed && proved.compared === 0) throw nothingToCompare(folder, proved.trials);
    return report.passed ? EXIT.done : EXIT.failed;
  } finally {
    progress.stop();
    interrupt.stop();
    await pool.close();
    store.close();
  }
}

const FLAGS_OF_SWEEPS = ["file", "engine", "backend", "seeds", "baseline", "tolerance"] as const;

function refuseUseless(options: ResultsCheckOptions): void {
  const given: string[] = FLAGS_OF_SWEEPS.filter((flag) => options[flag] !== undefined);
  if (options.set.length > 0) given.push("set");
  if (options.update) given.push("update");
  if (given.length > 0) {
    const flags = given.map((flag) => (flag === "file" ? "a sweep file" : `--${flag}`)).join(", ");
    throw new UserError(
      `--results: compares with what a folder stores, got ${flags} too; leave out one or the other`,
    );
  }
  const { reporter } = options;
  if (reporter !== "console" && reporter !== "json") {
    throw new UserError(
      `--reporter: must be "console" or "json" with --results, got ${JSON.stringify(reporter)}`,
    );
  }
}

/** @returns undefined where all are to be compared */
function sampleOf({ sample, sampleSeed }: ResultsCheckOptions) {
  const trials = wholeNumberFlag("--sample", sample, 1, MAX_TRIALS);
  const seed = wholeNumberFlag("--sample-seed", sampleSeed, 0, 2 ** 32 - 1);
  if (trials !== undefined) return { trials, seed: seed ?? 0 };
  if (seed === undefined) return undefined;
  throw new UserError("--sample-seed: chooses a sample, so give --sample N too, or leave it out");
}

function nothingToCompare(folder: string, trials: number): UserError {
  return new UserError(
    `--results: ${folder} has no trial that gives the same bits when it is trained again ` +
      `(${trials} trials in all); engines fused and reference do, tfjs does not`,
  );
}
