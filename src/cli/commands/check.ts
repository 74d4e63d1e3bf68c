import { type Baseline, MAX_BASELINE_CELLS, type MeasuredCell } from "../../analysis/baseline.js";
import type { Tolerance } from "../../analysis/compare-baseline.js";
import type { Engine } from "../../engines/contract.js";
import { UserError } from "../../errors.js";
import { packageVersion } from "../../files/package.js";
import type { CheckReport } from "../../output/check-reports/report.js";
import { visible } from "../../output/visible.js";
import type { Sweep } from "../../sweep/schema.js";
import type { ResultsCheckOptions } from "../check-results.js";
import { type Console, command, EXIT } from "../command.js";
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
      .option("baseline", {
        type: "string",
        requiresArg: true,
        describe: "The baseline (default: configs/baselines/<name>.json)",
      })
      .option("tolerance", {
        choices: TOLERANCES,
        describe: "What may differ (default: exact where the engine gives the same bits)",
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
        requiresArg: true,
        describe: "With --results: compare so many trials (default: all)",
      })
      .option("sample-seed", {
        type: "string",
        requiresArg: true,
        describe: "With --sample: chooses which (default: 0)",
      }) as never,
  async run(options, console) {
    if (options.results !== undefined) {
      const { checkResults } = await import("../check-results.js");
      return checkResults(options.results, options, console);
    }
    const sweepFile = sweepFileOf(options);
    const { sweep, engine, plan, workers } = await loadPlan({ ...options, file: sweepFile });
    const file = options.baseline ?? `configs/baselines/${sweep.name}.json`;
    const [{ readBaseline }, { refuseNoBaseline }, { trainAgain }] = await Promise.all([
      import("../../runs/baseline-file.js"),
      import("../../runs/baseline-target.js"),
      import("../../runs/check-sweep.js"),
    ]);
    refuseTooMany(plan.cells.length);
    if (options.update) await refuseNoBaseline(file); // before anything is trained
    const baseline = options.update ? undefined : await readBaseline(file);
    const threshold = sweep.convergence.rmse;
    const cells = await trainAgain({ plan, engine, workers, threshold }, console);
    if (!baseline) return update(file, sweep, engine, cells, console);

    const { compareWithBaseline } = await import("../../analysis/compare-baseline.js");
    const { numerics } = engine;
    const comparison = compareWithBaseline(
      baseline,
      { ...sweep, numerics, cells },
      options.tolerance ?? toleranceFor(engine, baseline),
    );
    await print(
      {
        name: sweep.name,
        file: sweepFile,
        engine: { name: engine.name, numerics },
        baseline: { file, provenance: baseline.provenance },
        comparison,
      },
      options.reporter,
      console,
    );
    return comparison.passed ? EXIT.done : EXIT.failed;
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

/** @throws UserError where a baseline of so many cells would be too large to be read again */
function refuseTooMany(cells: number): void {
  if (cells <= MAX_BASELINE_CELLS) return;
  throw new UserError(
    `grid: must ask for at most ${MAX_BASELINE_CELLS.toLocaleString("en-US")} cells to be checked, ` +
      `got ${cells.toLocaleString("en-US")}; check parts of the sweep with --set`,
  );
}

/** Exact where the same arithmetic made both, and gives the same bits every time. */
function toleranceFor(engine: Engine, { provenance }: Baseline): Tolerance {
  return engine.bitStable && engine.numerics === provenance.numerics ? "exact" : "statistical";
}

async function update(
  file: string,
  sweep: Sweep,
  engine: Engine,
  cells: readonly MeasuredCell[],
  console: Console,
): Promise<number> {
  const failed = cells.reduce((total, cell) => total + cell.failed, 0);
  if (failed > 0) {
    console.error(
      `${failed} trials failed, so ${visible(file)} stays as it is; lrn sweep says why they did.`,
    );
    return EXIT.failed;
  }
  const [{ updateBaseline }, { makeBaseline }, { sourceCommit }] = await Promise.all([
    import("../../runs/baseline-file.js"),
    import("../../analysis/baseline.js"),
    import("../../store/manifest.js"),
  ]);
  const provenance = {
    lrn: packageVersion(),
    engine: engine.name,
    numerics: engine.numerics,
    commit: await sourceCommit(),
  };
  const changed = await updateBaseline(file, makeBaseline(sweep, provenance, cells));
  console.note(
    changed
      ? `${cells.length.toLocaleString("en-US")} cells written to ${visible(file)}`
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
  if (reporter !== "console" || !console.quiet) console.out(texts[reporter](report));
  if (reporter === "github") {
    const [{ appendStepSummary }, { githubSummary }] = await Promise.all([
      import("../step-summary.js"),
      import("../../output/check-reports/github.js"),
    ]);
    await appendStepSummary(githubSummary(report));
  }
}
