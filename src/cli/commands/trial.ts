import { visible } from "../../output/visible.js";
import type { TrialReport } from "../../runs/trial-report.js";
import { command } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { BACKEND_HELP } from "../sweep-flags.js";
import { axisValues, TRIAL_FLAGS } from "../trial-flags.js";

type TrialOptions = Readonly<Record<string, string>> & {
  readonly backend: string | undefined;
  readonly json: boolean;
};

export const trialCommand = command<TrialOptions>({
  usage: "trial",
  summary: "Train one network and show its loss, predictions and dead neurons",
  options(yargs) {
    for (const [flag, about] of Object.entries(TRIAL_FLAGS)) {
      yargs.option(flag, { type: "string", requiresArg: true, ...about });
    }
    yargs.option("backend", { type: "string", requiresArg: true, describe: BACKEND_HELP });
    return yargs.option("json", {
      type: "boolean",
      default: false,
      describe: "Print parameters, losses, predictions and dead neurons as JSON",
    }) as never;
  },
  values: axisValues(),
  async run(options, { out, show, error, stdout }) {
    const [{ readTrialFlags }, { refuseCells }, { loadEngine }, report] = await Promise.all([
      import("../trial-request.js"),
      import("../../engines/contract.js"),
      import("../../engines/load.js"),
      import("../../runs/trial-report.js"),
    ]);
    const { trial, rmse, engine: name } = await readTrialFlags(options);
    const engine = await loadEngine(name, options.backend);
    refuseCells(engine, [trial]);
    let trained: TrialReport;
    try {
      trained = await report.trainForReport(engine, trial, rmse);
    } catch (failure) {
      error(`lrn: the trial failed: ${visible((failure as Error).message)}`);
      return EXIT.failed;
    }
    if (options.json) out(report.jsonReport(trained));
    else show(report.textReport(trained, stdout.colours, stdout.columns));
    return EXIT.done;
  },
});
