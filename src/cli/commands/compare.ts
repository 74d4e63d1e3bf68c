import type { Among } from "../../analysis/measures.js";
import { UserError } from "../../errors.js";
import { command } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { AMONG } from "../flags.js";

interface CompareOptions {
  readonly dir: string;
  readonly other: string | undefined;
  readonly axis: string | undefined;
  readonly base: string | undefined;
  readonly by: string | undefined;
  readonly where: readonly string[];
  readonly measure: string;
  readonly among: Among | undefined;
  readonly rmse: string | undefined;
  readonly simultaneous: boolean;
  readonly json: boolean;
  readonly csv: boolean;
  readonly markdown: boolean;
}

const USUAL_MEASURE = "converged";

export const compareCommand = command<CompareOptions>({
  usage: "compare <dir> [other]",
  summary:
    "Say which of two is better, and how sure that is: of values, of named grids, of two folders",
  options: (yargs) =>
    yargs
      .positional("dir", { type: "string", demandOption: true, describe: "The results folder" })
      .positional("other", {
        type: "string",
        describe: "Another results folder, to be held against the first cell by cell",
      })
      .nargs({ dir: 1, other: 1 }) // `-` is their value too
      .option("axis", {
        type: "string",
        requiresArg: true,
        describe: "What is compared: an axis, as activation, or grid, the sweep's named grids",
        defaultDescription: "grid where grids have names, else connection",
      })
      .option("base", {
        type: "string",
        requiresArg: true,
        describe: "The value or grid that others are held against (default: the first)",
      })
      .option("by", {
        type: "string",
        requiresArg: true,
        describe: "Also a row for each value of these, as depth or width,dataset; or all",
      })
      .option("where", {
        type: "string",
        array: true,
        nargs: 1,
        default: [],
        defaultDescription: "all",
        describe: "Only such cells, as --where depth=10,20,width=2; repeatable",
      })
      .option("measure", {
        type: "string",
        requiresArg: true,
        default: USUAL_MEASURE,
        describe: "What is compared of trials, as dead-neurons or final-rmse",
      })
      .option("among", {
        choices: AMONG,
        describe: "Which pairs a mean is over (default: those of which both were trained)",
      })
      .option("rmse", {
        type: "string",
        number: true, // for help alone: as text, messages show what was given
        requiresArg: true,
        describe: "Largest final RMSE of a converged trial (default: the sweep's)",
      })
      .option("simultaneous", {
        type: "boolean",
        default: false,
        describe: "Show intervals that all hold together with 95 %",
      })
      .option("json", { type: "boolean", default: false, describe: "Print JSON" })
      .option("csv", { type: "boolean", default: false, describe: "Print CSV" })
      .option("markdown", { type: "boolean", default: false, describe: "Print a Markdown table" }),
  values: {
    axis: async () => (await import("../axis-names.js")).DIMENSION_FLAGS,
    by: async () => ["all", ...(await import("../axis-names.js")).AXIS_FLAGS],
    measure: async () => (await import("../axis-names.js")).MEASURE_FLAGS,
  },
  async run(options, console) {
    const format = formatOf(options);
    const { dir, other } = options;
    if (other !== undefined) refuseForTwo(options);
    const { thresholdFlag } = await import("../compare-request.js");
    const request = { ...options, format, threshold: thresholdFlag(options.rmse) };
    if (other !== undefined) {
      const { compareTwo } = await import("../compare-two.js");
      return compareTwo({ ...request, before: dir, after: other }, console);
    }
    const { compareOne } = await import("../compare-one.js");
    await compareOne(request, console);
    return EXIT.done;
  },
});

const FORMATS = ["json", "csv", "markdown"] as const;

type Format = (typeof FORMATS)[number] | "text";

/** @throws UserError where there are several */
function formatOf(options: CompareOptions): Format {
  const [format, another] = FORMATS.filter((name) => options[name]);
  if (another === undefined) return format ?? "text";
  throw new UserError(`--${format}: is one format, --${another} another; give one of them`);
}

/** @throws UserError where a flag is given that two folders do not have */
function refuseForTwo(options: CompareOptions): void {
  const given = (["axis", "base", "by", "among", "simultaneous"] as const).find(
    (flag) => options[flag],
  );
  const flag = given ?? (options.measure === USUAL_MEASURE ? undefined : "measure");
  if (flag === undefined) return;
  throw new UserError(
    `--${flag}: is for one folder; two are compared cell by cell, by converged trials and dead neurons: leave it out`,
  );
}
