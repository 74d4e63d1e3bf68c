import { visible } from "../../output/visible.js";
import type { SweepResult } from "../../runs/run-sweep.js";
import { command } from "../command.js";
import type { Console } from "../console.js";
import { EXIT } from "../exit-codes.js";
import { progressBar } from "../progress.js";
import { engineTitle, loadPlan, type SweepOptions, sweepOptions } from "../sweep-flags.js";

interface Options extends SweepOptions {
  readonly fresh: boolean;
  readonly retryFailed: boolean;
  readonly tables: boolean;
  readonly intervals: boolean;
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
      })
      .option("intervals", {
        type: "boolean",
        default: false,
        describe: "Show each rate's 95 % interval in the tables",
      }) as never,
  async run({ fresh, retryFailed, tables: allTables, intervals, ...options }, console) {
    const { folder, ...planned } = await loadPlan(options);
    // Loaded once the command line and the file have proved right, so that errors answer at once.
    const [{ runPlanned }, { prepareFolder }] = await Promise.all([
      import("../../runs/run-sweep.js"),
      import("../../runs/prepare-folder.js"),
    ]);
    await prepareFolder(folder, "--out");
    const bar = progressBar(console);
    const onFirst = () => {
      bar.stop();
      console.note("\nFinishing the batches at work; Ctrl-C again ends at once.");
    };
    return console.interrupts.finishing(onFirst, async (signal) => {
      const controls = { signal, onProgress: bar.show, onNote: console.note };
      const result = await runPlanned(folder, planned, {
        ...{ fresh, retryFailed, allTables },
        ...controls,
      }).finally(bar.stop);
      await printTables(result, folder, intervals, console);
      console.note(`\n${summary(result, engineTitle(planned.engine), folder)}`);
      if (result.interrupted) {
        console.note("Interrupted: the same command goes on where this one stopped.");
        return EXIT.interrupted;
      }
      return reportFailures(result, console);
    });
  },
});

async function printTables(
  result: SweepResult,
  folder: string,
  intervals: boolean,
  console: Console,
): Promise<void> {
  const { tables, tablesWritten } = result;
  if (!tablesWritten) {
    const { MOST_TABLES } = await import("../../runs/update-files.js");
    console.note(
      `${number(tables.length)} tables are neither printed nor written, for they are more than ` +
        `${MOST_TABLES}: --tables does both, and lrn export ${visible(folder)} --what tables puts them in one file.`,
    );
  } else if (!console.quiet) {
    const { consoleTable } = await import("../../output/tables/console-tables.js");
    for (const [i, table] of tables.entries()) {
      const text = consoleTable(table, console.stdout.colours, { intervals });
      console.out(`${i > 0 ? "\n" : ""}${text}`);
    }
  }
}

function summary(
  { trained, before, counts, seconds }: SweepResult,
  engine: string,
  folder: string,
): string {
  return (
    `${number(trained)} trials trained in ${seconds.toFixed(1)} s (${engine}), ${number(before)} were there already; ` +
    `${number(counts.converged)} of ${number(counts.trials)} converged; results in ${visible(folder)}\n` +
    "Dead neurons, dead layers and training time are means over the converged trials; " +
    "networks that train in step share their time evenly."
  );
}

function reportFailures({ counts, failures }: SweepResult, console: Console): number {
  if (failures.length === 0) return EXIT.done;
  const lines = failures.map((failure) => `  ${visible(failure)}`).join("\n");
  console.error(
    `${number(counts.failed)} trials failed; --retry-failed trains them again:\n${lines}`,
  );
  return EXIT.failed;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
