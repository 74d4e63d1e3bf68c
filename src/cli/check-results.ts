/** `lrn check --results`: compares a results folder with itself. */
import { counted, listed } from "../counted.js";
import { BIT_STABLE, ENGINE_NAMES } from "../engines/names.js";
import { UserError } from "../errors.js";
import type { ProofReport } from "../output/check-reports/proof.js";
import { MAX_TRIALS } from "../model/trial.js";
import type { Console } from "./console.js";
import { EXIT } from "./exit-codes.js";
import { wholeNumberFlag } from "./flags.js";
import { progressBar } from "./progress.js";
import { type TrainingOptions, workersFlag } from "./sweep-flags.js";

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
  const workers = workersFlag(options.workers);
  const sample = sampleOf(options);
  const { checkFolder } = await import("../runs/check-folder.js");
  const bar = progressBar(console);
  const onFirst = () =>
    bar.interrupted("Finishing the batches at work; Ctrl-C again ends at once.");
  return console.interrupts.finishing(onFirst, async (signal) => {
    const controls = { workers, signal, onProgress: bar.show, onNote: bar.note };
    const report = await checkFolder(folder, { ...controls, sample }).finally(bar.stop);
    await print(report, options.reporter, console);
    if (signal.aborted) return EXIT.interrupted;
    if (report.passed && report.compared === 0) throw nothingToCompare(report);
    return report.passed ? EXIT.done : EXIT.failed;
  });
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

async function print(report: ProofReport, reporter: string, console: Console): Promise<void> {
  const { proofJson, proofText } = await import("../output/check-reports/proof.js");
  if (reporter === "json") {
    console.out(proofJson(report));
  } else if (!console.quiet) {
    console.show(proofText(report, console.stdout.colours, console.stdout.columns));
  }
}

function nothingToCompare({ folder, trials }: ProofReport): UserError {
  return new UserError(
    `--results: ${folder} has no trial that gives the same bits when it is trained again ` +
      `(${counted(trials, "trial")} in all); those of ${listed(ENGINE_NAMES.filter((name) => BIT_STABLE[name]))} do`,
  );
}
