import { command } from "../command.js";
import { EXIT } from "../exit-codes.js";

interface PlaygroundOptions {
  readonly out: string;
  readonly open: boolean;
}

export const playgroundCommand = command<PlaygroundOptions>({
  usage: "playground",
  summary: "Write a page that trains networks with any settings, side by side",
  options: (yargs) =>
    yargs
      .option("out", {
        type: "string",
        nargs: 1, // takes `-` as its value too
        default: "playground.html",
        describe: "The file; - is standard output",
      })
      .option("open", { type: "boolean", default: false, describe: "Open it in the browser" }),
  async run({ out, open }, console) {
    const [{ playgroundPage }, { writePage }] = await Promise.all([
      import("../../runs/page-file.js"),
      import("../write-page.js"),
    ]);
    await writePage({ file: out, flag: "--out", opens: open }, playgroundPage, console);
    return EXIT.done;
  },
});
