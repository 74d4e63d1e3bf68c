import type { Tolerance } from "../../analysis/compare-baseline.js";
import { counted } from "../../counted.js";
import { UserError } from "../../errors.js";
import type { CheckReport } from "../../output/check-reports/check-report.js";
import { visible } from "../../output/visible.js";
import type { BaselineUpdate } from "../../runs/check-sweep.js";
import type { ResultsCheckOptions } from "../check-results.js";
import { command } from "../command.js";
import type { Console } from "../console.js";
import { EXIT } from "../exit-codes.js";
import { progressBar } from "../progress.js";
import { loadPlan, trainingOptions } from "../sweep-flags.js";

const TOLERANCES = ["exact", "statistical"] as const satisfies readonly Tolerance[];
const REPORTERS = ["console", "json", "junit", "github"] as const;

interface CheckOptions extends ResultsCheckOptions {
  readonly tolerance: Tolerance | undefined;
  readonly reporter: (typeof REPORTERS)[number];
  readonly results: string | undefined;
}

export const checkCommand = command<CheckOptions>({
  usage: "check [file]",
  summary: "Train a sweep again and compare it with a baseline, or with what a folder stores",
  options: (yargs) =>
    trainingOptions(yargs)
      .positional("file", { type: "string", describe: "The sweep file" })
      .nargs("file", 1) // takes `-` as its value too
      .option("baseline", {
        type: "string",
        requiresArg: true,
        describe: "The baseline (default: configs/baselines/<name>.json)",
      })
      .option("tolerance", {
        choices: TOLERANCES,
        describe:
          "What may differ; statistical trains seeds that the baseline does not have (default: exact where the engine gives the same bits)",
      })
      .option("reporter", {
        choices: REPORTERS,
        default: "console" as const,
        describe: "How to tell what differs",
      })
      .option("update", {
        type: "boolean",
        default: false,
        describe: "Write the baseline instead of comparing with it",
      })
      .option("results", {
        type: "string",
        requiresArg: true,
        describe: "Compare with the trials stored in this results folder instead",
      })
      .option("sample", {
        type: "string",
        number: true,
        requiresArg: true,
        describe: "With --results: compare so many trials (default: all)",
      })
      .option("sample-seed", {
        type: "string",
        number: true,
        requiresArg: true,
        describe: "With --sample: chooses which (default: 0)",
      }) as never,
  async run(options, console) {
    if (options.results !== undefined) {
      const { checkResults } = await import("../check-results.js");
      return checkResults(options.results, options, console);
    }
    const file = sweepFileOf(options);
    const run = await loadPlan({ ...options, file });
    const baseline = options.baseline ?? `configs/baselines/${run.sweep.name}.json`;
    const { checkSweep, writeBaseline } = await import("../../runs/check-sweep.js");
    const bar = progressBar(console);
    const controls = { onProgress: bar.show, onNote: bar.note };
    return console.interrupts.ending(async () => {
      if (options.update) {
        const update = await writeBaseline(run, baseline, controls).finally(bar.stop);
        return tellUpdate(update, baseline, console);
      }
      const report = await checkSweep(
        { ...run, file },
        baseline,
        options.tolerance,
        controls,
      ).finally(bar.stop);
      await print(report, options.reporter, console);
      return report.comparison.passed ? EXIT.done : EXIT.failed;
    });
  },
});

/** @throws UserError where there is no sweep file, or a flag that only `--results` knows */
function sweepFileOf({ file, sample, sampleSeed }: CheckOptions): string {
  if (sample !== undefined || sampleSeed !== undefined) {
    throw new UserError(
      "--sample, --sample-seed: belong to --results; give that, or leave them out",
    );
  }
  if (file !== undefined) return file;
  throw new UserError(
    "check: needs a sweep file, as lrn check configs/thesis.json, or --results with a folder",
  );
}

function tellUpdate(
  { cells, failed, changed }: BaselineUpdate,
  file: string,
  console: Console,
): number {
  if (failed > 0) {
    console.error(
      `${counted(failed, "trial")} failed, so ${visible(file)} stays as it is; lrn sweep says why.`,
    );
    return EXIT.failed;
  }
  console.note(
    changed
      ? `${counted(cells, "cell")} written to ${visible(file)}`
      : `${visible(file)} has the same counts already and stays as it is`,
  );
  return EXIT.done;
}

async function print(
  report: CheckReport,
  reporter: CheckOptions["reporter"],
  console: Console,
): Promise<void> {
  const { REPORTERS: texts } = await import("../../output/check-reports/reporters.js");
  if (reporter !== "console" || !console.quiet) {
    const { colours, columns } = console.stdout;
    console.out(texts[reporter](report, colours, columns));
  }
  if (reporter === "github") {
    const [{ appendStepSummary }, { githubSummary }] = await Promise.all([
      import("../step-summary.js"),
      import("../../output/check-reports/github-report.js"),
    ]);
    await appendStepSummary(githubSummary(report));
  }
}
