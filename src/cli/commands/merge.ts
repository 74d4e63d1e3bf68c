import { counted, number } from "../../counted.js";
import { filesOf } from "../../runs/folder-files.js";
import type { MergeResult } from "../../runs/merge-folders.js";
import { command } from "../command.js";

interface MergeCommandOptions {
  readonly out: string;
  readonly dirs: readonly string[];
  readonly tables: boolean;
}

export const mergeCommand = command<MergeCommandOptions>({
  usage: "merge <out> <dirs..>",
  summary: "Join results folders of one sweep, as those of its shards, in one",
  options: (yargs) =>
    yargs
      .positional("out", {
        type: "string",
        demandOption: true,
        describe: "The folder to write, made where there is none; what it has stays",
      })
      .nargs("out", 1) // takes `-` as its value too
      .positional("dirs", {
        type: "string",
        demandOption: true,
        default: undefined, // yargs would show an empty list
        describe: "Folders that lrn sweep wrote; they are only read",
      })
      .option("tables", {
        type: "boolean",
        default: false,
        describe: "Print the tables too, and write them however many they are",
      }) as never,
  async run({ out, dirs, tables: allTables }, console) {
    const [{ mergeFolders }, { reportFailures, showResults }, { wrapped }, { quoted }] =
      await Promise.all([
        import("../../runs/merge-folders.js"),
        import("../sweep-text.js"),
        import("../../output/wrapped.js"),
        import("../shell-words.js"),
      ]);
    const note = (text: string) => console.note(wrapped(text, console.stderr.columns));
    const result = await mergeFolders(out, dirs, { allTables, onNote: note });
    await showResults(
      result,
      { folder: out, plan: result.plan },
      allTables ? {} : undefined,
      console,
    );
    console.note("");
    note(mergedNote(result));
    if (!result.plan.until && result.counts.trials < result.plan.trials) {
      const [file, folder] = [filesOf(out).sweep, out].map(quoted);
      console.note(`lrn sweep ${file} --out ${folder} trains what is missing`);
    }
    return reportFailures(result, console);
  },
});

function mergedNote({ added, before, folders }: MergeResult): string {
  return (
    `${counted(added, "trial")} added from ${counted(folders, "folder")}, ` +
    `${number(before)} ${before === 1 ? "was" : "were"} there already`
  );
}
