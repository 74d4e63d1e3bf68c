import { visible } from "../../output/visible.js";
import { command, EXIT } from "../command.js";
import { numberOrText } from "../flags.js";
import { BACKEND_HELP, ENGINE_HELP } from "../sweep-options.js";
import type { TrialReport } from "../trial-report.js";

/** Each flag with its default and its help. */
const FLAGS = {
  depth: ["10", "Hidden layers"],
  width: ["2", "Neurons in each"],
  connection: ["late-residual", "plain or late-residual"],
  optimizer: ["adam", "adam or sgd"],
  "learning-rate": ["0.01", "Learning rate"],
  "training-style": ["batch", "iterative or batch"],
  seed: ["0", "Decides the initial parameters"],
  epochs: ["3000", "Optimizer steps"],
  rmse: ["0.07", "Largest final RMSE of a converged trial"],
  engine: ["fused", ENGINE_HELP],
} as const;

type TrialOptions = Record<keyof typeof FLAGS, string> & {
  backend: string | undefined;
  json: boolean;
};

export const trialCommand = command<TrialOptions>({
  usage: "trial",
  summary: "Train one network and show its loss, predictions and dead neurons",
  options(yargs) {
    for (const [flag, [fallback, describe]] of Object.entries(FLAGS)) {
      yargs.option(flag, { type: "string", requiresArg: true, default: fallback, describe });
    }
    yargs.option("backend", { type: "string", requiresArg: true, describe: BACKEND_HELP });
    return yargs.option("json", {
      type: "boolean",
      default: false,
      describe: "Print parameters, losses, predictions and dead neurons as JSON",
    }) as never;
  },
  async run(options, { out, error }) {
    const [{ trialFlagsSchema }, { parseWith }, { THESIS_DATASET }, { loadEngine }, report] =
      await Promise.all([
        import("../../sweep/schema.js"),
        import("../../files/schema-errors.js"),
        import("../../model/trial.js"),
        import("../../engines/load.js"),
        import("../trial-report.js"),
      ]);
    const given = Object.keys(FLAGS).map((flag) => [
      `--${flag}`,
      numberOrText(options[flag as keyof typeof FLAGS]),
    ]);
    const flags = parseWith(trialFlagsSchema, Object.fromEntries(given), "trial", {
      what: "a trial",
    });
    const trial = {
      dataset: THESIS_DATASET,
      depth: flags["--depth"],
      width: flags["--width"],
      connection: flags["--connection"],
      optimizer: flags["--optimizer"],
      learningRate: flags["--learning-rate"],
      trainingStyle: flags["--training-style"],
      seed: flags["--seed"],
      epochs: flags["--epochs"],
    };
    const engine = await loadEngine(flags["--engine"], options.backend);
    engine.refuseTooLarge?.(trial);
    let trained: TrialReport;
    try {
      trained = await report.trainForReport(engine, trial, flags["--rmse"]);
    } catch (failure) {
      error(`lrn: the trial failed: ${visible((failure as Error).message)}`);
      return EXIT.failed;
    }
    out(options.json ? report.jsonReport(trained) : report.textReport(trained));
    return EXIT.done;
  },
});
