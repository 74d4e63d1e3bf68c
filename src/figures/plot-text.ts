/** What is said above a plot, and what it is called. */
import { isSequential, type StoppingRule } from "../analysis/cell-summaries.js";
import {
  type Dimension,
  fullNames,
  isNumeric,
  keyOf,
  labelOf,
  shortNames,
  valuesOf,
  varyingWithin,
} from "../analysis/dimensions.js";
import { type Among, isOfConverged, type Measure } from "../analysis/measures.js";
import type { PlotCell, PlotPoint } from "../analysis/plot-points.js";
import { agreeing, listed, number } from "../counted.js";
import { capitalized, shownAxes } from "../model/cells.js";
import { MOST_BANDS } from "../output/pictures/charts/line-panel.js";
import { hasLines, type Layout, PLACES } from "./plot-layout.js";

export interface PlotContent {
  readonly cells: readonly PlotCell[];
  readonly layout: Layout;
  readonly measures: readonly Measure[];
  readonly points: readonly PlotPoint[];
  readonly threshold: number;
  /** What ended the cells' trials, where their number was not fixed before. */
  readonly asked: StoppingRule;
  readonly among: Among;
  /** What cells were restricted to, in words: `width 2`. */
  readonly restrictions: readonly string[];
  /** How many cells are left out because their grids have no name. */
  readonly unnamed: number;
  /** What is printed elsewhere of the same trials. */
  readonly printedAt: (point: PlotPoint) => number | undefined;
}

export function placedOf(layout: Layout): Dimension[] {
  return PLACES.flatMap((place) => layout[place] ?? []);
}

/** `Share converged by depth and connection` */
export function plotTitle({ measures, layout }: Pick<PlotContent, "measures" | "layout">): string {
  const what = listed(
    measures.map(({ label, isMedian }) => (isMedian ? `median ${label}` : label)),
  );
  const by = listed([layout.x!, ...(layout.colour ? [layout.colour] : [])].map(labelOf));
  return capitalized(`${what} by ${by}`);
}

/** Every line says one thing: what all cells share, what is pooled, of which trials, how sure it is. */
export function plotSubtitle(content: PlotContent): string[] {
  const pooled = varyingWithin(content.cells, placedOf(content.layout));
  return [
    commonLine(content),
    pooledLine(content, pooled),
    trialsLine(content),
    intervalsLine(content, pooled.length > 0),
    content.points.some((point) => content.printedAt(point) !== undefined)
      ? "Hollow: as printed."
      : "",
  ].filter((line) => line !== "");
}

function commonLine({ cells, layout, unnamed }: PlotContent): string {
  const varying = varyingWithin(cells, []);
  const placed = placedOf(layout);
  const names = shownAxes(cells.map(({ cell }) => cell)).filter(
    (name) => !varying.includes(name) && !placed.includes(name),
  );
  const common = names.flatMap((name) => fullNames(name, [cells[0].cell[name]]));
  const left =
    unnamed === 0
      ? ""
      : `${agreeing(unnamed, ["cell is", "cells are"])} left out, of grids without a name.`;
  return [common.length > 0 ? `All cells: ${common.join(", ")}.` : "", left]
    .filter((part) => part !== "")
    .join(" ");
}

/** `Pooled over width (2, 4) and optimizer (Adam, SGD).` */
function pooledLine({ cells, layout }: PlotContent, pooled: readonly Dimension[]): string {
  if (pooled.length === 0) return "";
  const placed = placedOf(layout);
  const uneven = pooled.filter((name) => !isEven(cells, placed, name));
  const but =
    uneven.length > 0 ? `, though not all points have every ${listed(uneven.map(labelOf))}` : "";
  return `Pooled over ${listed(pooled.map((name) => valuesText(cells, name)))}${but}.`;
}

/** Whether every point has all values of a dimension. */
function isEven(
  cells: readonly PlotCell[],
  placed: readonly Dimension[],
  dimension: Dimension,
): boolean {
  const points = new Map<string, Set<string>>();
  for (const cell of cells) {
    const key = keyOf(cell, placed);
    const values = points.get(key) ?? new Set();
    points.set(key, values.add(keyOf(cell, [dimension])));
  }
  const all = valuesOf(cells, dimension).length;
  return [...points.values()].every(({ size }) => size === all);
}

const MOST_LISTED = 8;

function valuesText(cells: readonly PlotCell[], dimension: Dimension): string {
  const values = valuesOf(cells, dimension);
  const names = shortNames(dimension, values);
  const label = labelOf(dimension);
  if (names.length <= MOST_LISTED) return `${label} (${names.join(", ")})`;
  const range = isNumeric(dimension) ? ` from ${names[0]} to ${names.at(-1)}` : "";
  return `${label} (${names.length} values${range})`;
}

/** `50 trials at each point. Converged: final RMSE of at most 0.07.` */
function trialsLine({ points, measures, threshold, among }: PlotContent): string {
  const counts = points.map(({ trials }) => trials);
  const [least, most] = [
    counts.reduce((a, b) => Math.min(a, b)),
    counts.reduce((a, b) => Math.max(a, b)),
  ];
  const range = least === most ? number(most) : `${number(least)} to ${number(most)}`;
  const ofConverged = measures.filter((measure) => isOfConverged(measure, among));
  const which =
    ofConverged.length === 0
      ? ""
      : ofConverged.length === measures.length
        ? ", converged ones alone"
        : among === "converged"
          ? "; all but the share converged over converged trials alone"
          : `; ${ofConverged[0].label} over converged trials alone`;
  const needsThreshold =
    ofConverged.length > 0 || measures.some(({ isConvergence }) => isConvergence);
  return (
    `${range} ${most === 1 ? "trial" : "trials"} at each point${which}.` +
    (needsThreshold ? ` Converged: final RMSE of at most ${threshold}.` : "")
  );
}

function intervalsLine(content: PlotContent, isPooled: boolean): string {
  const { cells, measures, layout, asked } = content;
  const series = layout.colour ? valuesOf(cells, layout.colour).length : 1;
  const banded = hasLines(layout) && series <= MOST_BANDS;
  const mark = banded ? "Bands" : "Lines through points";
  const medians = measures.filter(({ isMedian }) => isMedian);
  const what = [...new Set(medians.map(({ kind, label }) => (kind === "error" ? "RMSEs" : label)))];
  const means = measures.filter(({ isMedian }) => !isMedian);
  const hasBareShares =
    means.some(({ kind }) => kind === "rate") && isPooled && isSequential(asked);
  const parts = [
    ...(means.some(({ kind }) => kind !== "rate" || !hasBareShares)
      ? [
          `95 % intervals${isPooled ? " that allow for starts shared by seed, depth and width" : ""}`,
        ]
      : []),
    ...(medians.length > 0 ? [`from the lower to the upper quartile of ${listed(what)}`] : []),
  ];
  return [
    ...(parts.length > 0 ? [`${mark}: ${parts.join("; ")}.`] : []),
    ...(hasBareShares
      ? [
          "Shares over several cells have no intervals, for these cells end by what comes of their trials.",
        ]
      : []),
  ].join(" ");
}
