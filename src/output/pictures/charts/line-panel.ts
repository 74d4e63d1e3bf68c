/** A panel of a plot whose x is a number: a line with points for each series, and its intervals. */
import { INK, SMALL_SIZE } from "../style.js";
import { type PanelFrame, type PlotMark, type PlotPanel, tickText } from "./plot-panels.js";
import { partOf, spread, tickAxis, valueAt } from "./plot-scale.js";
import { seriesScales } from "./series-style.js";
import { panelTitle } from "./theme.js";

/** More bands than this hide each other; lines at the points then say the same. */
export const MOST_BANDS = 3;
/** Pixels between the intervals of two series. */
const DODGE = 4;

/** Chosen numbers have all of theirs. */
const DIGITS = { maximumSignificantDigits: 15 };

/** @param lineNames whether series have their names at their lines' ends, for want of a legend */
export function linePanel(
  { title, marks }: PlotPanel<readonly string[]>,
  frame: PanelFrame,
  series: readonly string[],
  lineNames: boolean,
) {
  const { width, height, position, value, extent, first, last } = frame;
  const banded = series.length <= MOST_BANDS;
  const scales = seriesScales(series);
  const values = dodged(marks, frame, series, !banded);
  const { scale } = value;
  const shown = (number: number | null) =>
    number === null ? null : Math.min(Math.max(number, scale.domain[0]), scale.domain[1]);
  const clamped = values.map((mark) => ({ ...mark, low: shown(mark.low), high: shown(mark.high) }));
  const withInterval = clamped.filter(({ low }) => low !== null);
  return {
    ...(title.length > 0 && { title: panelTitle(title) }),
    width,
    height,
    data: { values: clamped },
    encoding: {
      x: {
        field: "x",
        type: "quantitative",
        title: last ? position.title : null,
        scale: { type: position.scale.type, domain: position.scale.domain, nice: false },
        axis: {
          ...tickAxis(position.scale.ticks, (tick) => tick.toLocaleString("en-US", DIGITS)),
          grid: false,
          labelOverlap: "greedy",
        },
      },
      y: {
        field: "value",
        type: "quantitative",
        title: first ? value.title : null,
        scale: { type: scale.type, domain: scale.domain, nice: false },
        axis: { ...tickAxis(scale.ticks, tickText(value)), minExtent: extent },
      },
    },
    layer: [
      banded
        ? {
            data: { values: withInterval },
            mark: { type: "area", opacity: 0.16 },
            encoding: { y: { field: "low" }, y2: { field: "high" }, color: scales.color },
          }
        : {
            data: { values: withInterval },
            mark: { type: "rule", strokeWidth: 1.2, opacity: lineNames ? 0.35 : 0.7 },
            encoding: { y: { field: "low" }, y2: { field: "high" }, color: scales.color },
          },
      {
        mark: { type: "line", strokeWidth: 1.8 },
        encoding: { color: scales.color, strokeDash: scales.strokeDash },
      },
      {
        mark: { type: "point", filled: true, size: 46, opacity: 1 },
        encoding: { color: scales.color, shape: scales.shape },
      },
      ...printedPoints(clamped, scales),
      ...(lineNames ? endLabels(clamped, frame, scales.color) : []),
    ],
  };
}

/** Larger and hollow, so that those that lie on ours are seen; none where nothing is printed. */
function printedPoints(
  marks: readonly PlotMark[],
  { color, shape }: ReturnType<typeof seriesScales>,
) {
  const printed = marks.filter((mark) => mark.printed !== undefined);
  if (printed.length === 0) return [];
  return [
    {
      data: { values: printed },
      mark: { type: "point", filled: false, size: 90, opacity: 1, strokeWidth: 1.6 },
      encoding: { y: { field: "printed", type: "quantitative" }, color, shape },
    },
  ];
}

/** Beside each other rather than on each other. */
function dodged(
  marks: readonly PlotMark[],
  { position, width }: PanelFrame,
  series: readonly string[],
  apart: boolean,
) {
  const step = Math.min(DODGE, 24 / series.length);
  return marks.map((mark) => {
    const own = series.indexOf(mark.series) - (series.length - 1) / 2;
    const shift = apart ? (own * step) / width : 0;
    return { ...mark, x: valueAt(position.scale, partOf(position.scale, mark.at) + shift) };
  });
}

/** The names at the right of the panel, each joined to the last point of its line. */
function endLabels(
  marks: readonly (PlotMark & { readonly x: number })[],
  { width, height, position, value }: PanelFrame,
  color: object,
) {
  const lasts = new Map<string, (typeof marks)[number]>();
  for (const mark of marks) {
    const before = lasts.get(mark.series);
    if (!before || mark.at > before.at) lasts.set(mark.series, mark);
  }
  const ends = [...lasts.values()];
  const tops = ends.map((mark) => (1 - partOf(value.scale, mark.value)) * height);
  const places = spread(tops, SMALL_SIZE + 1.5, height + 6);
  const labels = ends.map((mark, i) => ({
    series: mark.series,
    from: mark.x,
    to: valueAt(position.scale, 1 + 8 / width),
    value: mark.value,
    place: valueAt(value.scale, 1 - places[i] / height),
  }));
  const data = { values: labels };
  return [
    {
      data,
      mark: { type: "rule", strokeWidth: 0.7, opacity: 0.6 },
      encoding: {
        x: { field: "from" },
        x2: { field: "to" },
        y: { field: "value" },
        y2: { field: "place" },
        color,
      },
    },
    {
      data,
      mark: {
        type: "text",
        align: "left",
        baseline: "middle",
        dx: 3,
        fontSize: SMALL_SIZE,
        fill: INK,
      },
      encoding: { x: { field: "to" }, y: { field: "place" }, text: { field: "series" } },
    },
  ];
}
