import { type Baseline, MAX_BASELINE_CELLS, type MeasuredCell } from "../../analysis/baseline.js";
import type { Tolerance } from "../../analysis/compare-baseline.js";
import type { Engine } from "../../engines/contract.js";
import { UserError } from "../../errors.js";
import type { CheckReport } from "../../output/check-reports/report.js";
import { visible } from "../../output/visible.js";
import type { Sweep } from "../../sweep/schema.js";
import { type Console, command, EXIT } from "../command.js";
import { loadPlan, type TrainingOptions, trainingOptions } from "../sweep-options.js";
import { packageVersion } from "../version.js";

const TOLERANCES = ["exact", "statistical"] as const satisfies readonly Tolerance[];
const REPORTERS = ["console", "json", "junit", "github"] as const;

interface CheckOptions extends TrainingOptions {
  readonly baseline: string | undefined;
  readonly tolerance: Tolerance | undefined;
  readonly reporter: (typeof REPORTERS)[number];
  readonly update: boolean;
}

export const checkCommand = command<CheckOptions>({
  usage: "check <file>",
  summary: "Train a sweep again and compare it with a baseline",
  options: (yargs) =>
    trainingOptions(yargs)
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
      }),
  async run(options, console) {
    const { sweep, engine, plan, workers } = await loadPlan(options);
    const file = options.baseline ?? `configs/baselines/${sweep.name}.json`;
    const [{ readBaseline }, { trainAgain }] = await Promise.all([
      import("../baseline-file.js"),
      import("../train-again.js"),
    ]);
    refuseTooMany(plan.cells.length);
    const baseline = options.update ? undefined : await readBaseline(file);
    const threshold = sweep.convergence.rmse;
    const cells = await trainAgain({ plan, engine, workers, threshold }, console.quiet);
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
        file: options.file,
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
    import("../baseline-file.js"),
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
