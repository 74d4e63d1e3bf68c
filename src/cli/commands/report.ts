import { command } from "../command.js";
import { EXIT } from "../exit-codes.js";

interface ReportOptions {
  readonly dir: string;
  readonly out: string | undefined;
  readonly open: boolean;
}

export const reportCommand = command<ReportOptions>({
  usage: "report <dir>",
  summary: "Write a page on which every trained network of a results folder opens",
  options: (yargs) =>
    yargs
      .positional("dir", { type: "string", demandOption: true, describe: "The results folder" })
      .nargs("dir", 1) // takes `-` as its value too
      .option("out", {
        type: "string",
        nargs: 1, // as above
        describe: "A file, instead of report.html in the folder; - is standard output",
      })
      .option("open", { type: "boolean", default: false, describe: "Open it in the browser" }),
  async run({ dir, out, open }, console) {
    const [{ filesOf }, { findResults }, { reportPage }, { writePage }] = await Promise.all([
      import("../../runs/folder-files.js"),
      import("../../runs/read-folder.js"),
      import("../../runs/page-file.js"),
      import("../write-page.js"),
    ]);
    await findResults(dir);
    const target = out === undefined ? { file: filesOf(dir).report } : { file: out, flag: "--out" };
    await writePage({ ...target, reading: dir, opens: open }, () => reportPage(dir), console);
    return EXIT.done;
  },
});
