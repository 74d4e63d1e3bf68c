/** A figure of a results folder: its points, and what shows them. */
import type { TopLevelSpec } from "vega-lite";
import { columnOf, type Dimension, isNumeric, keyOf, textOfValue } from "../analysis/dimensions.js";
import { type Among, laterNumbersOf, type Measure } from "../analysis/measures.js";
import { type PlotCell, plotPoints } from "../analysis/plot-points.js";
import type { PublishedNumber } from "../analysis/published-numbers.js";
import { UserError } from "../errors.js";
import { isWhere, keyOfValue } from "../model/cells.js";
import { grouped } from "../model/grouped.js";
import { isOfOtherThreshold } from "../model/outcome.js";
import type { Column, ResultRows, Value } from "../output/formats/result-rows.js";
import { plotSpec } from "../output/pictures/charts/plot-spec.js";
import type { TextWidth } from "../output/pictures/svg.js";
import { withoutGrids } from "../runs/grid-cells.js";
import { otherThresholdNote } from "../runs/other-threshold.js";
import type { AskedResults } from "../runs/read-folder.js";
import { chartOf } from "./plot-chart.js";
import { type Layout, layoutOf, type WantedLayout } from "./plot-layout.js";
import { plotCommand, plotName } from "./plot-name.js";
import { type PlotContent, placedOf, plotSubtitle, plotTitle } from "./plot-text.js";

export interface PlotRequest {
  readonly wanted: WantedLayout;
  readonly measures: readonly Measure[];
  readonly among: Among;
  /** Those that are left after all restrictions, at least one; and whether one was about grids. */
  readonly cells: readonly PlotCell[];
  readonly restrictsGrids: boolean;
  /** The restrictions in words, for the file's name. */
  readonly restrictions: readonly string[];
  readonly title: string | undefined;
  /** The sweep's name, for the small print. */
  readonly sweep: string;
  readonly textWidth: TextWidth;
  /** Shown beside ours, where a point is of the one cell that a number is printed of. */
  readonly printed?: readonly PublishedNumber[];
}

export interface MadePlot {
  readonly title: string;
  readonly subtitle: readonly string[];
  /** For a file, without an ending. */
  readonly name: string;
  readonly layout: Layout;
  /** Those that are shown. */
  readonly cells: readonly PlotCell[];
  readonly rows: ResultRows;
  readonly spec: TopLevelSpec;
  /** What is good to know of the trials that are missing; a sentence or two each. */
  readonly notes: readonly string[];
}

/** @throws UserError where the layout is impossible, or where no trial has a measure */
export function makePlot(
  results: Pick<AskedResults, "outcomesOf" | "threshold" | "asked">,
  request: PlotRequest,
): MadePlot {
  const { measures, among, restrictions } = request;
  const layout = layoutOf(request.cells, request.wanted, measures.length);
  const placed = placedOf(layout);
  const usesGrids = request.restrictsGrids || placed.includes("grid");
  const cells = usesGrids
    ? request.cells.filter(({ grid }) => grid !== undefined)
    : withoutGrids(request.cells);
  if (cells.length === 0) {
    throw new UserError(
      'grid: the sweep file names none of its grids; give them names, as "name": "plain", or leave grid out',
    );
  }
  const { threshold, asked } = results;
  const later = laterNumbersOf(measures);
  let ofOtherThreshold = 0;
  const trialsOf = (index: number) => {
    const trials = results.outcomesOf(index, later);
    if (later.includes("epochsToConverge")) {
      for (const { outcome } of trials) {
        if (isOfOtherThreshold(outcome, threshold)) ofOtherThreshold++;
      }
    }
    return trials;
  };
  const points = plotPoints(cells, placed, measures, trialsOf, {
    threshold,
    among,
    asked,
  });
  const notes = ofOtherThreshold > 0 ? [otherThresholdNote(ofOtherThreshold, threshold)] : [];
  refuseMissing(measures, points, among, notes);
  const content: PlotContent = {
    ...{ cells, layout, measures, points, threshold, among, restrictions, asked },
    unnamed: usesGrids ? request.cells.length - cells.length : 0,
    printedAt: printedAt(cells, placed, request.printed ?? []),
  };
  const title = request.title ?? plotTitle(content);
  const subtitle = plotSubtitle(content);
  const smallPrint = `${request.sweep}  ·  ${plotCommand(content)}`;
  const { textWidth } = request;
  return {
    ...{ title, subtitle, layout, cells, notes },
    name: plotName(content),
    rows: rowsOf(content),
    spec: plotSpec(chartOf(content), { title, subtitle, smallPrint, textWidth }),
  };
}

/** By point; of pooled cells nothing is printed. */
function printedAt(
  cells: readonly PlotCell[],
  placed: readonly Dimension[],
  printed: readonly PublishedNumber[],
): PlotContent["printedAt"] {
  const shown = printed.flatMap((number) => {
    const own = cells.filter(({ cell }) => isWhere(number.where, cell));
    if (own.length !== 1) return [];
    const value = number.kind === "count" ? number.count / number.trials : number.mean;
    return [[`${number.measure} ${keyOf(own[0], placed)}`, value] as const];
  });
  const known = new Map(shown);
  const places = grouped(cells, (cell) => keyOf(cell, placed));
  return ({ measure, at }) => {
    const key = placed.map((dimension) => keyOfValue(at.get(dimension))).join("\n");
    return places.get(key)?.length === 1 ? known.get(`${measure.name} ${key}`) : undefined;
  };
}

/** No trial has what is to be shown. */
export class NothingToShow extends UserError {}

function refuseMissing(
  measures: readonly Measure[],
  points: PlotContent["points"],
  among: Among,
  notes: readonly string[],
): void {
  const missing = measures.find((measure) => !points.some((point) => point.measure === measure));
  if (!missing) return;
  const { field, column, isConvergence } = missing;
  const flag = column.replaceAll("_", "-");
  const why = isConvergence
    ? "nothing is trained yet; run lrn sweep first"
    : field === "testRmse"
      ? 'no trial has it; it needs a dataset with test points, as "testSamples": 1000'
      : field === "epochsToConverge"
        ? (notes[0] ?? "no converged trial has it; those of earlier versions of lrn never do")
        : `no ${among} trial has it; give another`;
  throw new NothingToShow(`--y: ${flag}: ${why}`);
}

function rowsOf({ points, layout, printedAt }: PlotContent): ResultRows {
  const placed = placedOf(layout);
  const hasPrinted = points.some((point) => printedAt(point) !== undefined);
  const columns: Column[] = [
    { name: "measure", type: "text" },
    ...placed.map((dimension): Column => {
      return { name: columnOf(dimension), type: isNumeric(dimension) ? "given" : "text" };
    }),
    ...["value", "low", "high"].map((name): Column => ({ name, type: "measured" })),
    ...["trials", "cells"].map((name): Column => ({ name, type: "integer" })),
    ...(hasPrinted ? [{ name: "printed", type: "measured" } as const] : []),
  ];
  const rows = points.map((point): Value[] => {
    const { measure, at, value, low, high, trials, cells } = point;
    return [
      measure.column,
      ...placed.map((dimension) => {
        const place = at.get(dimension);
        return isNumeric(dimension) ? Number(place) : textOfValue(dimension, place);
      }),
      ...[value, low, high, trials, cells],
      ...(hasPrinted ? [printedAt(point) ?? null] : []),
    ];
  });
  return { columns, parts: [rows] };
}
