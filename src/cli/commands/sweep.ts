import { join } from "node:path";
import type { TableChoices } from "../../output/tables/count-columns.js";
import { DEAD_CHOICES, type DeadChoice, meanColumns } from "../../output/tables/mean-columns.js";
import { visible } from "../../output/visible.js";
import { UserError } from "../../errors.js";
import type { PlannedRun } from "../../runs/plan-run.js";
import type { SweepResult } from "../../runs/run-sweep.js";
import { command } from "../command.js";
import type { Console } from "../console.js";
import { counted, number } from "../../counted.js";
import { EXIT } from "../exit-codes.js";
import { progressBar } from "../progress.js";
import { type QueueOptions, queueFlag, queueOptions } from "../queue-flags.js";
import { engineTitle, loadPlan, type SweepOptions, sweepOptions } from "../sweep-flags.js";

interface Options extends SweepOptions, QueueOptions {
  readonly fresh: boolean;
  readonly retryFailed: boolean;
  readonly tables: boolean;
  readonly intervals: boolean;
  readonly dead: DeadChoice | undefined;
}

export const sweepCommand = command<Options>({
  usage: "sweep <file>",
  summary: "Train what a sweep file asks for and write its tables",
  options: (yargs) =>
    queueOptions(sweepOptions(yargs))
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
        describe: "Print the tables too, and write them however many they are",
      })
      .option("intervals", {
        type: "boolean",
        default: false,
        describe: "Print the tables, each rate with its 95 % interval",
      })
      .option("dead", {
        choices: DEAD_CHOICES,
        describe:
          "Print the tables, and which neurons they count: with f(z) of 0 for every sample, " +
          "the same f(z), or weights that no gradient reaches (default: zero)",
      }) as never,
  async run({ fresh, retryFailed, tables: allTables, intervals, dead, ...options }, console) {
    const queue = await queueFlag(options);
    if (queue && options.workers !== undefined) {
      throw new UserError("--workers: is for lrn worker where there is a queue; leave it out");
    }
    const { folder, ...planned } = await loadPlan(options);
    if (queue) {
      const { refuseLargeData } = await import("../../queue/batch.js");
      refuseLargeData(planned.plan.cells.map(({ cell }) => cell));
    }
    // Loaded once the command line and the file have proved right, so that errors answer at once.
    const [{ runPlanned }, { prepareFolder }] = await Promise.all([
      import("../../runs/run-sweep.js"),
      import("../../runs/prepare-folder.js"),
    ]);
    await prepareFolder(folder, "--out");
    const bar = progressBar(console);
    const onFirst = () =>
      bar.interrupted("Finishing the batches at work; Ctrl-C again ends at once.");
    return console.interrupts.finishing(onFirst, async (signal) => {
      const controls = { queue, signal, onProgress: bar.show, onNote: bar.note };
      const result = await runPlanned(folder, planned, {
        ...{ fresh, retryFailed, allTables },
        ...controls,
      }).finally(bar.stop);
      const printed = allTables || intervals || dead !== undefined;
      await show(
        result,
        { folder, ...planned },
        printed ? { intervals, dead } : undefined,
        console,
      );
      if (result.interrupted) {
        console.note("Interrupted: the same command goes on where this one stopped.");
        return EXIT.interrupted;
      }
      return reportFailures(result, console);
    });
  },
});

interface Shown extends PlannedRun {
  readonly folder: string;
}

/**
 * The tables, where they are asked for; at the end what they come to, and where to read on.
 *
 * @param choices of the tables; undefined where they are not asked for
 */
async function show(
  result: SweepResult,
  run: Shown,
  choices: TableChoices | undefined,
  console: Console,
): Promise<void> {
  if (console.quiet) return;
  const { columns, colours } = console.stdout;
  const [{ consoleTable }, { sweepSummary }, { wrapped }] = await Promise.all([
    import("../../output/tables/console-tables.js"),
    import("../../output/tables/sweep-summary.js"),
    import("../../output/wrapped.js"),
  ]);
  if (choices) {
    const [neurons, layers] = meanColumns(choices.dead).map(({ head }) => head);
    const means =
      `${neurons}, ${layers.toLowerCase()} and training time are means over the converged trials; ` +
      "networks that train in step share their time evenly.";
    console.show(`${wrapped(means, columns)}\n`);
    for (const table of result.tables) {
      console.show(`${consoleTable(table, colours, { ...choices, columns })}\n`);
    }
  }
  const cells = result.tables.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  console.show(
    sweepSummary(
      cells.filter((cell) => cell !== undefined),
      columns,
      colours,
    ),
  );
  const notes = [...countNotes(result, run), tablesNote(result, run.folder, choices !== undefined)];
  console.show(notes.map((note) => wrapped(note, columns)).join("\n"));
  console.note(
    `\n${wrapped(trainedNote(result, engineTitle(run.engine)), console.stderr.columns)}`,
  );
}

/** What the counts are of, where they are not of every trial that a sweep file names. */
function countNotes({ counts, interrupted }: SweepResult, { plan }: Shown): string[] {
  const { until } = plan;
  const notes: string[] = [];
  if (until) {
    const [enough, where] =
      "width" in until
        ? [
            `the 95 % interval of its rate was at most ${until.width} wide`,
            "hardly ever or nearly always",
          ]
        : [`${number(until.count)} had converged`, "often"];
    notes.push(
      `Each cell was trained until ${enough}, ${counted(plan.seeds.length, "trial")} at the most: where it ` +
        `converges ${where}, few were needed.`,
    );
    if (interrupted)
      notes.push("Interrupted: some cells lack trials, and count with what they have.");
  } else if (counts.trials < plan.trials) {
    notes.push(
      `${number(counts.trials)} of ${counted(plan.trials, "trial")} are there so far, and the counts are of these.`,
    );
  }
  if (counts.failed > 0) {
    notes.push(`${counted(counts.failed, "trial")} failed, and counted as not converged.`);
  }
  return notes;
}

function tablesNote(
  { tables, tablesWritten }: SweepResult,
  folder: string,
  printed: boolean,
): string {
  const count = counted(tables.length, "table");
  if (!tablesWritten) {
    return (
      `${count} would be too many files: --tables writes and prints them, and ` +
      `lrn export ${visible(folder)} --what tables puts them in one file.`
    );
  }
  const print = printed ? "" : "; --tables prints them";
  return `${count} in ${visible(join(folder, "tables"))}${print}`;
}

function trainedNote({ trained, before, seconds }: SweepResult, engine: string): string {
  return (
    `${counted(trained, "trial")} trained in ${seconds.toFixed(1)} s (${engine}), ` +
    `${number(before)} ${before === 1 ? "was" : "were"} there already`
  );
}

function reportFailures({ counts, failures }: SweepResult, console: Console): number {
  if (failures.length === 0) return EXIT.done;
  const lines = failures.map((failure) => `  ${visible(failure)}`).join("\n");
  console.error(
    `${counted(counts.failed, "trial")} failed; --retry-failed trains ${counts.failed === 1 ? "it" : "them"} again:\n${lines}`,
  );
  return EXIT.failed;
}
