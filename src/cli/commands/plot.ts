import type { Among, Measure } from "../../analysis/measures.js";
import { UserError } from "../../errors.js";
import type { MadePlot } from "../../figures/make-plot.js";
import type { Place, WantedLayout } from "../../figures/plot-layout.js";
import { visible } from "../../output/visible.js";
import { command } from "../command.js";
import type { Console } from "../console.js";
import { EXIT } from "../exit-codes.js";
import { AMONG } from "../flags.js";

interface PlotOptions {
  readonly dir: string;
  readonly x: string | undefined;
  readonly y: string;
  readonly colour: string | undefined;
  readonly row: string | undefined;
  readonly column: string | undefined;
  readonly where: readonly string[];
  readonly among: Among | undefined;
  readonly share: boolean;
  readonly title: string | undefined;
  readonly out: string | undefined;
  readonly json: boolean;
}

export const plotCommand = command<PlotOptions>({
  usage: "plot <dir>",
  summary: "Draw a results folder: rates, dead neurons or errors over any axis",
  options: (yargs) =>
    yargs
      .positional("dir", { type: "string", demandOption: true, describe: "The results folder" })
      .nargs("dir", 1) // takes `-` as its value too
      .option(
        "x",
        text("Along the x axis: an axis as depth or learning-rate, or grid (default: what varies)"),
      )
      .option("y", {
        ...text(
          "What is shown: rate, collapsed, dead-neurons, final-rmse, …; or several, with commas",
        ),
        default: "rate",
      })
      .option("colour", {
        ...text("A line, or a kind of dot, for each value of this, or none (default: what varies)"),
        alias: "color",
      })
      .option("row", text("A row of panels for each value of this, or none (default: what varies)"))
      .option(
        "column",
        text("A column of panels for each value of this, or none (default: what varies)"),
      )
      .option("where", {
        type: "string",
        array: true,
        nargs: 1,
        default: [],
        defaultDescription: "none",
        describe: "Only cells with this, as --where width=2,4 or --where grid=plain; repeatable",
      })
      .option("among", {
        choices: AMONG,
        describe: "Which trials count for all but the rate (default: trained)",
      })
      .option("share", {
        type: "boolean",
        default: false,
        describe: "Counts as shares of all neurons, or layers, of a network",
      })
      .option("title", text("Instead of the one that says what is shown"))
      .option("out", {
        ...text("Without an ending all of .svg, .png, .csv and .json (default: in <dir>/figures)"),
        nargs: 1,
      })
      .option("json", { type: "boolean", default: false, describe: "Print JSON" }),
  values: {
    x: dimensions,
    colour: dimensionsOrNone,
    row: dimensionsOrNone,
    column: dimensionsOrNone,
    y: async () => (await import("../axis-names.js")).MEASURE_FLAGS,
  },
  async run(options, console) {
    const { dir, json } = options;
    const [{ dimensionNamed, measuresNamed }, { readWhere }, { openResults }] = await Promise.all([
      import("../axis-names.js"),
      import("../where.js"),
      import("../../runs/read-folder.js"),
    ]);
    const measures = options.share
      ? await sharesOf(measuresNamed("--y", options.y))
      : measuresNamed("--y", options.y);
    if (options.among && measures.every(({ isConvergence }) => isConvergence)) {
      throw new UserError(
        "--among: is for numbers of trials, and a rate is of all of them; leave it out",
      );
    }
    const wanted: WantedLayout = Object.fromEntries(
      (["x", "colour", "row", "column"] as const).flatMap((name) => {
        const given = options[name];
        if (given === undefined) return [];
        const isNone = given === "none" && name !== "x";
        return [[name, isNone ? "none" : dimensionNamed(`--${name}`, given)]];
      }),
    );
    const [{ cellsByGrid }, { makePlot }, { savePlot, targetsOf }, { textWidth }] =
      await Promise.all([
        import("../../runs/grid-cells.js"),
        import("../../figures/make-plot.js"),
        import("../../figures/save-plot.js"),
        import("../../output/pictures/svg-renderer.js"),
      ]);
    const results = await openResults(dir);
    let made: MadePlot;
    try {
      const cells = cellsByGrid(results);
      const where = readWhere(options.where, cells);
      made = makePlot(results, {
        ...{ wanted, measures, textWidth, title: options.title },
        among: options.among ?? "trained",
        cells: where.left(cells),
        restrictsGrids: where.limitsGrids,
        restrictions: options.where,
        sweep: results.sweep.name,
      });
    } finally {
      results.close();
    }
    await tellConstant(made, wanted, console);
    for (const note of made.notes) console.note(note);
    const targets = targetsOf(options.out, dir, made.name);
    const files = await console.interrupts.ending(() => savePlot(made, targets, dir));
    await show(made, files, json, console);
    return EXIT.done;
  },
});

/** @throws UserError where one is no count of neurons or layers */
async function sharesOf(measures: readonly Measure[]): Promise<Measure[]> {
  const { hasWhole, shareOf } = await import("../../analysis/measures.js");
  const odd = measures.find((measure) => !hasWhole(measure));
  if (!odd) return measures.map(shareOf);
  throw new UserError(
    `--share: is for counts of neurons or layers, and ${odd.name} is none; leave one of the two out`,
  );
}

function text(describe: string) {
  return { type: "string", requiresArg: true, describe } as const;
}

async function dimensions() {
  return (await import("../axis-names.js")).DIMENSION_FLAGS;
}

async function dimensionsOrNone() {
  return [...(await dimensions()), "none"];
}

/** An axis that was asked for is drawn, whatever it shows. */
async function tellConstant(
  { layout, cells }: MadePlot,
  wanted: WantedLayout,
  console: Console,
): Promise<void> {
  const { fullNames, labelOf, valuesOf } = await import("../../analysis/dimensions.js");
  for (const [place, dimension] of Object.entries(layout)) {
    if (!wanted[place as Place]) continue;
    const values = valuesOf(cells, dimension);
    if (values.length > 1) continue;
    const [name] = fullNames(dimension, values);
    console.note(`--${place}: ${labelOf(dimension)} does not vary: all cells have ${name}`);
  }
}

async function show(
  { title, subtitle, rows }: MadePlot,
  files: readonly string[],
  json: boolean,
  console: Console,
): Promise<void> {
  if (json) {
    const [{ jsonOfRows }, { visibleLines }] = await Promise.all([
      import("../../output/formats/json.js"),
      import("../../output/visible.js"),
    ]);
    const data = JSON.parse([...jsonOfRows(rows)].join(""));
    console.out(visibleLines(JSON.stringify({ title, subtitle, rows: data, files }, null, 2)));
    return;
  }
  if (!console.quiet) {
    const [{ plotTable }, { visibleLines }] = await Promise.all([
      import("../../output/formats/plot-table.js"),
      import("../../output/visible.js"),
    ]);
    const { columns, colours } = console.stdout;
    console.show(visibleLines(plotTable({ title, subtitle, rows }, columns, colours)));
  }
  console.show(files.map((file) => visible(file)).join("\n"));
}
