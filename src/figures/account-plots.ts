/** The plots of an account: drawn as `lrn plot` draws them, with what is printed of the same. */
import type { TopLevelSpec } from "vega-lite";
import type { AskedPlot, Claimed, ShownPlot } from "../analysis/account.js";
import { isAbout } from "../analysis/claims.js";
import { columnOf, textOfValue } from "../analysis/dimensions.js";
import { MEASURES, shareOf } from "../analysis/measures.js";
import type { AxisName } from "../model/axes.js";
import { textWidth } from "../output/pictures/svg-renderer.js";
import { cellsByGrid, withoutGrids } from "../runs/grid-cells.js";
import { type AskedResults, openResults } from "../runs/read-folder.js";
import { makePlot, NothingToShow } from "./make-plot.js";

export interface DrawnPlot {
  readonly shown: ShownPlot;
  readonly spec: TopLevelSpec;
}

/** @param folder of the trainings; of what none of its trials has, there is no plot */
export async function accountPlots(claimed: Claimed, folder: string): Promise<DrawnPlot[]> {
  if (claimed.plots.length === 0) return [];
  const results = await openResults(folder);
  try {
    return claimed.plots.flatMap((asked) => {
      try {
        return [drawn(asked, claimed, results)];
      } catch (error) {
        if (error instanceof NothingToShow) return [];
        throw error;
      }
    });
  } finally {
    results.close();
  }
}

function drawn(asked: AskedPlot, { numbers }: Claimed, results: AskedResults): DrawnPlot {
  const { id, title, note, where, x, y, colour, row, column, among = "trained" } = asked;
  const measures = y.map((name) => {
    const measure = MEASURES.get(name)!;
    return asked.share ? shareOf(measure) : measure;
  });
  const cells = withoutGrids(cellsByGrid(results)).filter(({ cell }) => isAbout({ where }, cell));
  const made = makePlot(results, {
    wanted: { x, colour: colour ?? "none", row: row ?? "none", column: column ?? "none" },
    ...{ measures, among, cells, title, textWidth },
    restrictsGrids: false,
    restrictions: restrictionsOf(where),
    sweep: results.sweep.name,
    printed: numbers,
  });
  const names = made.rows.columns.map((each) => each.name);
  const rows = [...made.rows.parts].flat().map((values) => {
    return Object.fromEntries(names.map((name, i) => [name, values[i]]));
  });
  const isPercent = measures.every(({ kind, isShare }) => kind === "rate" || isShare);
  const { subtitle, spec } = made;
  const shown = { id, title, subtitle, across: columnOf(x), isPercent, rows };
  return { shown: { ...shown, ...(note && { note }) }, spec };
}

/** As `--where` has them. */
function restrictionsOf(where: AskedPlot["where"]): string[] {
  return (Object.keys(where) as AxisName[]).map((name) => {
    const values = where[name]!.map((value) => textOfValue(name, value));
    return `${columnOf(name).replaceAll("_", "-")}=${values.join(",")}`;
  });
}
