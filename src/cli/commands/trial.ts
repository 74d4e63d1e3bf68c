import { visible, visibleLines } from "../../output/visible.js";
import type { FoundTrial } from "../../runs/stored-trial.js";
import type { TrialReport } from "../../runs/trial-report.js";
import { command } from "../command.js";
import type { Console } from "../console.js";
import { EXIT } from "../exit-codes.js";
import { BACKEND_HELP } from "../sweep-flags.js";
import { axisValues, TRIAL_FLAGS } from "../trial-flags.js";

/** Flags of axes as texts, by their names without the dashes. */
type TrialOptions = Readonly<Record<string, string | undefined>> & {
  readonly dir: string | undefined;
  readonly key: string | undefined;
  readonly backend: string | undefined;
  readonly out: string | undefined;
  readonly json: boolean;
};

export const trialCommand = command<TrialOptions>({
  usage: "trial [dir]",
  summary: "Train one network, or one of a results folder again, and show or draw it",
  options(yargs) {
    yargs
      .positional("dir", {
        type: "string",
        describe: "With --key: the results folder (default: results/thesis)",
      })
      .nargs("dir", 1); // takes `-` as its value too
    yargs.option("key", {
      type: "string",
      requiresArg: true,
      describe:
        "The trial of that folder with this key, or one that begins so, compared with what is stored; " +
        "other flags replace its values",
    });
    for (const [flag, about] of Object.entries(TRIAL_FLAGS)) {
      yargs.option(flag, { type: "string", requiresArg: true, ...about });
    }
    yargs.option("backend", { type: "string", requiresArg: true, describe: BACKEND_HELP });
    yargs.option("out", {
      type: "string",
      requiresArg: true,
      describe:
        "Draw the training and the network: a file that ends in .svg, .png or .csv, or in nothing for all three",
    });
    return yargs.option("json", {
      type: "boolean",
      default: false,
      describe: "Print parameters, losses, predictions and dead neurons as JSON",
    }) as never;
  },
  values: axisValues(),
  async run(options, console) {
    const [{ readTrialRequest }, { refuseCells }, { loadEngine }, report] = await Promise.all([
      import("../trial-request.js"),
      import("../../engines/contract.js"),
      import("../../engines/load.js"),
      import("../../runs/trial-report.js"),
    ]);
    const { trial, rmse, found, replaced, ...by } = await readTrialRequest(options);
    const engine = await loadEngine(by.engine, by.backend);
    refuseCells(engine, [trial]);
    const drawing = options.out === undefined ? undefined : await import("../trial-out.js");
    const files = await drawing?.trialFiles(options.out!, trial, found?.folder);
    let trained: TrialReport;
    try {
      trained = await report.trainForReport(engine, trial, rmse);
    } catch (failure) {
      return tellFailure(
        (failure as Error).message,
        replaced.length > 0 ? undefined : found,
        console,
      );
    }
    const { out, show, note, interrupts, stdout } = console;
    const again =
      found && (await import("../../runs/shown-again.js")).shownAgain(trained, found, replaced);
    if (options.json) out(visibleLines(report.jsonReport(trained, again)));
    else show(report.textReport(trained, stdout.colours, stdout.columns, again));
    if (files) {
      const line = drawing!.trialCommandLine(options);
      const paths = await interrupts.ending(() => files.write(trained, line));
      if (files.note) note(`--out: ${files.note}`);
      note(`written to ${visible(paths.join(", "))}`);
    }
    return again && again.differences.length > 0 ? EXIT.failed : EXIT.done;
  },
});

/** @param found the stored trial that failed here, where it is one */
function tellFailure(reason: string, found: FoundTrial | undefined, { error }: Console): number {
  error(`lrn: the trial failed: ${visible(reason)}`);
  if (found) {
    const { state } = found.stored.outcome;
    error(`lrn: ${visible(found.folder)} has it as ${state}${state === "failed" ? " too" : ""}`);
  }
  return EXIT.failed;
}
