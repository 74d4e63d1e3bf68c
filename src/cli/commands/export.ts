import { UserError } from "../../errors.js";
import { command, EXIT } from "../command.js";
import type { AskedResults } from "../read-results.js";

const FORMATS = ["csv", "json", "parquet", "markdown", "latex"] as const;
const CONTENTS = ["trials", "cells", "tables"] as const;

interface ExportOptions {
  readonly dir: string;
  readonly format: (typeof FORMATS)[number];
  readonly what: (typeof CONTENTS)[number] | undefined;
  readonly out: string | undefined;
}

export const exportCommand = command<ExportOptions>({
  usage: "export <dir>",
  summary: "Write a results folder's trials, cells or tables in another format",
  options: (yargs) =>
    yargs
      .positional("dir", { type: "string", demandOption: true, describe: "The results folder" })
      .option("format", { choices: FORMATS, default: "csv" as const, describe: "To write" })
      .option("what", {
        choices: CONTENTS,
        describe: "To write (default: tables as markdown and latex, trials otherwise)",
      })
      .option("out", {
        type: "string",
        requiresArg: true,
        describe: "A file, instead of standard output",
      }),
  async run({ dir, format, what = defaultContent(format), out }, console) {
    if (format === "parquet") refuseForParquet(what, out);
    const { findResults, openResults } = await import("../read-results.js");
    const results = await openResults(await findResults(dir));
    try {
      await write(results, { format, what, out });
    } catch (error) {
      throw asRefusal(error, out);
    } finally {
      results.close();
    }
    if (out !== undefined) console.note(`${what} written to ${out}`);
    return EXIT.done;
  },
});

function defaultContent(format: ExportOptions["format"]) {
  return format === "markdown" || format === "latex" ? "tables" : "trials";
}

function refuseForParquet(what: string, out: string | undefined): void {
  if (out === undefined) {
    throw new UserError("--out: is needed for parquet, which is no text; give a file");
  }
  if (what === "tables") {
    throw new UserError('--what: must be "trials" or "cells" for parquet, got "tables"');
  }
}

async function write(
  results: AskedResults,
  { format, what, out }: Pick<ExportOptions, "format" | "what" | "out">,
): Promise<void> {
  const [{ convergenceTables }, { cellRows, trialRows }, { TEXT_FORMATS }, { writeParts }] =
    await Promise.all([
      import("../../analysis/convergence-tables.js"),
      import("../../output/result-rows.js"),
      import("../../output/text-formats.js"),
      import("../../output/results-folder.js"),
    ]);
  const rows = () =>
    what === "trials"
      ? trialRows(results.cells, results.trialsOf, results.threshold)
      : cellRows(results.summaries());
  if (format === "parquet") {
    const { writeParquet } = await import("../../output/parquet.js");
    return writeParquet(out!, rows());
  }
  const text =
    what === "tables"
      ? TEXT_FORMATS[format].tables(convergenceTables(results.summaries()))
      : TEXT_FORMATS[format].rows(rows());
  if (out !== undefined) return writeParts(out, text);
  const { printParts } = await import("../print-parts.js");
  return printParts(text);
}

/** What the file system refuses is the user's to mend. */
function asRefusal(error: unknown, out: string | undefined): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return out !== undefined && syscall !== undefined
    ? new UserError(`--out: ${out} cannot be written (${code}); give a file that can`)
    : error;
}
