/** `lrn compare <dir>`: the arms of one results folder against each other. */
import { compareArms } from "../analysis/compare-arms.js";
import { type Among, isOfConverged } from "../analysis/measures.js";
import { UserError } from "../errors.js";
import { comparisonMarkdown } from "../output/formats/comparison-markdown.js";
import { type ComparisonReport, comparisonRows } from "../output/formats/comparison-rows.js";
import { csvOfRows } from "../output/formats/csv.js";
import { openMeasured } from "../runs/measured-cells.js";
import { flagOfDimension, measureNamed } from "./axis-names.js";
import { type ComparisonFlags, chosenArms, whereIn } from "./compare-request.js";
import { comparisonText } from "./compare-text.js";
import type { Console } from "./console.js";

export interface OneFolder extends ComparisonFlags {
  readonly dir: string;
  readonly where: readonly string[];
  /** By its name. */
  readonly measure: string;
  readonly among: Among | undefined;
  /** The largest RMSE of a converged trial; the sweep's, unless told. */
  readonly threshold: number | undefined;
  /** Whether the text shows intervals that hold together. */
  readonly simultaneous: boolean;
  readonly format: "text" | "json" | "csv" | "markdown";
}

export async function compareOne(request: OneFolder, console: Console): Promise<void> {
  const { dir, where, threshold } = request;
  const measure = measureNamed("--measure", request.measure);
  if (measure.isConvergence && request.among !== undefined) {
    throw new UserError(
      "--among: is for means, converged is a rate over all pairs; leave it out, or give another --measure",
    );
  }
  const among = isOfConverged(measure, request.among ?? "trained") ? "converged" : "trained";
  const folder = await openMeasured(dir, { measure, among, threshold });
  try {
    const arms = chosenArms(request, folder, whereIn(folder, where));
    const { seriesOf, isSequential } = folder;
    const { rows, notes } = compareArms({ ...arms, measure, seriesOf, isSequential });
    if (rows.length === 0) {
      const left = folder.notes().join("; ");
      throw new UserError(
        `${dir}: must have trials of the same seed to be compared by ${measure.name}, got none` +
          `${left && ` (${left})`}; run the sweep, or compare something else`,
      );
    }
    const report: ComparisonReport = {
      axis: flagOfDimension(arms.axis),
      base: arms.base.name,
      measure,
      among,
      threshold: folder.threshold,
      rows,
      notes: [...notes, ...folder.notes()],
    };
    await print(report, request, console);
  } finally {
    folder.close();
  }
}

async function print(
  report: ComparisonReport,
  { format, simultaneous }: OneFolder,
  console: Console,
): Promise<void> {
  switch (format) {
    case "csv":
      return console.print(csvOfRows(comparisonRows(report)));
    case "json": {
      const { measure, ...rest } = report;
      return console.out(JSON.stringify({ measure: measure.name, ...rest }, null, 2));
    }
    case "markdown":
      return console.out(comparisonMarkdown(report));
    case "text":
      return console.show(comparisonText(report, console.stdout.columns, simultaneous));
  }
}
