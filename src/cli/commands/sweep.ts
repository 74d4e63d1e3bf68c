import { counted, number } from "../../counted.js";
import { UserError } from "../../errors.js";
import { DEAD_CHOICES, type DeadChoice } from "../../output/tables/mean-columns.js";
import type { QueueAddress } from "../../queue/address.js";
import type { SweepResult } from "../../runs/run-sweep.js";
import { command } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { progressBar } from "../progress.js";
import { QUEUE_VARIABLE, type QueueOptions, queueFlag, queueOptions } from "../queue-flags.js";
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
    const queue = await queueFlag(options, console.note);
    const isUnasked = queue?.given === QUEUE_VARIABLE;
    if (queue && options.workers !== undefined) {
      const whose = isUnasked ? ` (${QUEUE_VARIABLE} gives the queue; --queue "" trains here)` : "";
      throw new UserError(
        `--workers: is for lrn worker where there is a queue; leave it out${whose}`,
      );
    }
    const { folder, ...planned } = await loadPlan(options);
    if (queue && isUnasked) {
      const { shownQueue } = await import("../../queue/address.js");
      console.note(
        `Workers of the ${shownQueue(queue)} train, as ${QUEUE_VARIABLE} says; --queue "" trains here.`,
      );
    }
    if (queue) {
      const { refuseLargeData } = await import("../../queue/batch.js");
      refuseLargeData(planned.plan.cells.map(({ cell }) => cell));
    }
    // Loaded once the command line and the file have proved right, so that errors answer at once.
    const [{ runPlanned }, { prepareFolder }] = await Promise.all([
      import("../../runs/run-sweep.js"),
      import("../../runs/prepare-folder.js"),
    ]);
    if (queue) await refuseUnreachable(queue, folder);
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
      const choices = printed ? { intervals, dead } : undefined;
      const [{ reportFailures, showResults }, { wrapped }] = await Promise.all([
        import("../sweep-text.js"),
        import("../../output/wrapped.js"),
      ]);
      await showResults(result, { folder, plan: planned.plan }, choices, console);
      const note = trainedNote(result, engineTitle(planned.engine));
      console.note(`\n${wrapped(note, console.stderr.columns)}`);
      if (result.interrupted) {
        console.note("Interrupted: the same command goes on where this one stopped.");
        return EXIT.interrupted;
      }
      return reportFailures(result, console);
    });
  },
});

/** Before a folder is begun; where there is one, all may be trained already. */
async function refuseUnreachable(queue: QueueAddress, folder: string): Promise<void> {
  const [{ existsSync }, { filesOf }, { connect }] = await Promise.all([
    import("node:fs"),
    import("../../runs/folder-files.js"),
    import("../../queue/connection.js"),
  ]);
  if (!existsSync(filesOf(folder).store)) (await connect(queue)).disconnect();
}

function trainedNote({ trained, before, seconds }: SweepResult, engine: string): string {
  return (
    `${counted(trained, "trial")} trained in ${seconds.toFixed(1)} s (${engine}), ` +
    `${number(before)} ${before === 1 ? "was" : "were"} there already`
  );
}
