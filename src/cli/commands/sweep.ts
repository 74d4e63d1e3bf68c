import { command } from "../command.js";
import { loadPlan, type SweepOptions, sweepOptions } from "../sweep-flags.js";

interface Options extends SweepOptions {
  readonly fresh: boolean;
  readonly retryFailed: boolean;
  readonly tables: boolean;
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
      })
      .option("tables", {
        type: "boolean",
        default: false,
        describe: "Print and write the tables, however many they are",
      }) as never,
  async run(options, console) {
    const planned = await loadPlan(options);
    // Loaded once the command line and the file have proved right, so that errors answer at once.
    const { runSweep } = await import("../../runs/run-sweep.js");
    const { fresh, retryFailed, tables: allTables } = options;
    return runSweep({ ...planned, fresh, retryFailed, allTables }, console);
  },
});
