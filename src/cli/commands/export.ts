import { UserError } from "../../errors.js";
import type { Content } from "../../files/write-blocks.js";
import type { TableChoices } from "../../output/tables/count-columns.js";
import { DEAD_CHOICES, type DeadChoice } from "../../output/tables/mean-columns.js";
import { visible } from "../../output/visible.js";
import type { AskedResults } from "../../runs/read-folder.js";
import { command } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { exportFormat, FORMATS, type Format, formatOfEnding } from "../export-format.js";
import { isStandardOutput } from "../standard-output.js";

const CONTENTS = ["trials", "cells", "tables"] as const;

interface ExportOptions {
  readonly dir: string;
  readonly format: Format | undefined;
  readonly what: (typeof CONTENTS)[number] | undefined;
  readonly intervals: boolean;
  readonly dead: DeadChoice | undefined;
  readonly out: string | undefined;
}

export const exportCommand = command<ExportOptions>({
  usage: "export <dir>",
  summary: "Write a results folder's trials, cells or tables in another format",
  options: (yargs) =>
    yargs
      .positional("dir", { type: "string", demandOption: true, describe: "The results folder" })
      .nargs("dir", 1) // takes `-` as its value too
      .option("format", {
        choices: FORMATS,
        describe: "To write (default: what the ending of --out says, or csv)",
      })
      .option("what", {
        choices: CONTENTS,
        describe: "To write (default: tables as markdown and latex, trials otherwise)",
      })
      .option("intervals", {
        type: "boolean",
        default: false,
        describe: "Show each rate's 95 % interval in the tables",
      })
      .option("dead", {
        choices: DEAD_CHOICES,
        describe:
          "Which neurons the tables count: with f(z) of 0 for every sample, the same f(z), or " +
          "weights that no gradient reaches (default: zero)",
      })
      .option("out", {
        type: "string",
        nargs: 1, // as above
        describe: "A file, instead of standard output, which is also -",
      }),
  async run({ dir, out, intervals, dead, ...asked }, console) {
    const [{ openResults }, { refuseOwnFile, writeOut }] = await Promise.all([
      import("../../runs/read-folder.js"),
      import("../../runs/own-files.js"),
    ]);
    if (out !== undefined) await refuseOwnFile(out, "--out", dir);
    const format = exportFormat(asked.format, out);
    const what = asked.what ?? defaultContent(format);
    if (format === "parquet") refuseForParquet(what, out);
    if (intervals && what !== "tables") {
      throw new UserError(
        `--intervals: is for tables, ${what} are written; cells have rate_low and rate_high anyway: leave it out`,
      );
    }
    if (dead !== undefined && what !== "tables") {
      throw new UserError(
        `--dead: is for tables, ${what} are written; they have columns for each of ${DEAD_CHOICES.join(", ")} anyway: leave it out`,
      );
    }
    const results = await openResults(dir);
    try {
      const content = await contentOf(results, format, what, { intervals, dead });
      if (out === undefined || (await isStandardOutput(out))) {
        await console.print(content);
      } else {
        await console.interrupts.ending(() => writeOut(out, content, "--out", dir));
        const unsaid = formatOfEnding(out) ? "" : `, as ${format}`;
        console.note(`${what} written to ${visible(out)}${unsaid}`);
      }
    } finally {
      results.close();
    }
    return EXIT.done;
  },
});

function defaultContent(format: Format) {
  return format === "markdown" || format === "latex" ? "tables" : "trials";
}

function refuseForParquet(what: string, out: string | undefined): void {
  if (out === undefined) {
    throw new UserError(
      "--out: is needed for parquet, which is no text; give a file, or - for standard output",
    );
  }
  if (what === "tables") {
    throw new UserError('--what: must be "trials" or "cells" for parquet, got "tables"');
  }
}

async function contentOf(
  results: AskedResults,
  format: Format,
  what: (typeof CONTENTS)[number],
  choices: TableChoices,
): Promise<Content> {
  const [{ convergenceTables }, { cellRows, trialRows }, { TEXT_FORMATS }] = await Promise.all([
    import("../../analysis/convergence-tables.js"),
    import("../../output/formats/result-rows.js"),
    import("../../output/formats/text-formats.js"),
  ]);
  if (what === "tables" && format !== "parquet") {
    return TEXT_FORMATS[format].tables(convergenceTables(results.summaries()), choices);
  }
  const rows =
    what === "trials"
      ? trialRows(results.cells, results.trialsOf, results.threshold)
      : cellRows(results.summaries());
  if (format !== "parquet") return TEXT_FORMATS[format].rows(rows);
  const { parquetOfRows } = await import("../../output/formats/parquet.js");
  return parquetOfRows(rows);
}
