/** What a results folder has once a sweep or a merge has written its files, for a terminal. */
import { join } from "node:path";
import { counted, number } from "../counted.js";
import { capitalized } from "../model/cells.js";
import type { TableChoices } from "../output/tables/count-columns.js";
import { meanColumns } from "../output/tables/mean-columns.js";
import { visible } from "../output/visible.js";
import type { SweepResult } from "../runs/run-sweep.js";
import type { Plan } from "../sweep/plan.js";
import { shardTitle } from "../sweep/shards.js";
import type { Console } from "./console.js";
import { EXIT } from "./exit-codes.js";

export type ShownResult = Pick<SweepResult, "counts" | "tables" | "tablesWritten" | "failures"> & {
  readonly interrupted?: boolean;
};

interface Shown {
  readonly folder: string;
  readonly plan: Plan;
}

/**
 * The tables, where they are asked for; at the end what they come to, and where to read on.
 *
 * @param choices of the tables; undefined where they are not asked for
 */
export async function showResults(
  result: ShownResult,
  { folder, plan }: Shown,
  choices: TableChoices | undefined,
  console: Console,
): Promise<void> {
  if (console.quiet) return;
  const { columns, colours } = console.stdout;
  const [{ consoleTable }, { sweepSummary }, { wrapped }] = await Promise.all([
    import("../output/tables/console-tables.js"),
    import("../output/tables/sweep-summary.js"),
    import("../output/wrapped.js"),
  ]);
  if (choices) {
    const [neurons, layers] = meanColumns(choices.dead).map(({ head }) => head);
    const means =
      `${neurons}, ${layers.toLowerCase()} and training time are means over the converged trials; ` +
      "networks that train in step share their time evenly.";
    console.show(`${wrapped(means, columns)}\n`);
    const part = plan.shard && shardTitle(plan.shard);
    for (const table of result.tables) {
      console.show(`${consoleTable(table, colours, { ...choices, columns, part })}\n`);
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
  const notes = [...countNotes(result, plan), tablesNote(result, folder, choices !== undefined)];
  console.show(notes.map((note) => wrapped(note, columns)).join("\n"));
}

/** What the counts are of, where they are not of every trial that a sweep file names. */
function countNotes({ counts, interrupted }: ShownResult, plan: Plan): string[] {
  const { until, shard } = plan;
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
  if (shard) notes.push(shardNote(plan));
  if (counts.failed > 0) {
    notes.push(`${counted(counts.failed, "trial")} failed, and counted as not converged.`);
  }
  return notes;
}

function shardNote({ cells, shard, until }: Plan): string {
  const { trials, cells: own } = shard!;
  const title = capitalized(shardTitle(shard!));
  if (trials === 0) return `${title} is empty: the sweep has fewer parts than shards.`;
  const has = until
    ? `${number(own)} of ${counted(cells.length, "cell")}`
    : counted(trials, "trial");
  return `${title} has ${has}; lrn merge joins the folders of all shards.`;
}

function tablesNote(
  { tables, tablesWritten }: ShownResult,
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

/** @returns the exit code */
export function reportFailures({ counts, failures }: ShownResult, console: Console): number {
  if (failures.length === 0) return EXIT.done;
  const lines = failures.map((failure) => `  ${visible(failure)}`).join("\n");
  const them = counts.failed === 1 ? "it" : "them";
  console.error(
    `${counted(counts.failed, "trial")} failed; lrn sweep with --retry-failed trains ${them} again:\n${lines}`,
  );
  return EXIT.failed;
}
