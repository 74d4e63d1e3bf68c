/** Shares of networks born dead over their depth or width, and what theory says of them: `lrn risk --out`. */
import type { TopLevelSpec } from "vega-lite";
import { BLUE, INK, LAYER_COLOURS, SMALL_SIZE } from "../style.js";
import type {
  BornDeadAxis,
  BornDeadChart,
  BornDeadPanel,
  BornDeadPoint,
  BoundName,
} from "./born-dead-chart.js";
import { type ChartText, figureSpec, LEGEND, panelTitle } from "./theme.js";

/** As many as there are colours. */
export const MOST_SERIES = LAYER_COLOURS.length;

const SHAPES = [
  "circle",
  "square",
  "triangle-up",
  "diamond",
  "cross",
  "triangle-down",
  "triangle-right",
];

const SIZES = { alone: { width: 660, height: 400 }, beside: { width: 340, height: 280 } };
const PANELS_A_ROW = 2;

export function bornDeadSpec(chart: BornDeadChart, text: ChartText): TopLevelSpec {
  const { panels } = chart;
  const size = panels.length > 1 ? SIZES.beside : SIZES.alone;
  const corner = Math.floor((panels.length - 1) / PANELS_A_ROW) * PANELS_A_ROW;
  const drawn = panels.map((panel, i) => ({
    ...size,
    ...panelOf(panel, chart, text, i === corner),
  }));
  const rows = Array.from({ length: Math.ceil(drawn.length / PANELS_A_ROW) }, (_, row) =>
    drawn.slice(row * PANELS_A_ROW, (row + 1) * PANELS_A_ROW),
  );
  return figureSpec(text, rows);
}

/** @param named whether bounds are named below it */
function panelOf(
  { title, points, lines, between }: BornDeadPanel,
  { axis, series, bounds, panels }: BornDeadChart,
  { textWidth }: ChartText,
  named: boolean,
) {
  const colours = series.length > 1 ? LAYER_COLOURS.slice(0, series.length) : [BLUE];
  const colour = {
    ...{ field: "series", type: "nominal", scale: { domain: series, range: colours } },
    legend: series.length > 1 ? { ...LEGEND, symbolOpacity: 1 } : null,
  };
  const { width } = panels.length > 1 ? SIZES.beside : SIZES.alone;
  const room = (0.9 * width) / Math.max(1, axis.labels?.length ?? 1);
  const long = axis.labels?.some((label) => textWidth(label, SMALL_SIZE) > room) ?? false;
  const line = { x: { field: "x" }, color: colour, detail: STRETCH };
  return {
    ...(title && { title: panelTitle(title) }),
    encoding: { x: axisX(axis, long), y: AXIS_Y },
    layer: [
      {
        data: { values: between },
        mark: { type: "area", opacity: 0.13 },
        encoding: {
          x: { field: "x" },
          y: { field: "least" },
          y2: { field: "most" },
          color: colour,
          detail: STRETCH,
        },
      },
      {
        data: { values: lines },
        mark: { type: "line" },
        encoding: { ...line, y: { field: "value" }, ...boundStyles(bounds, named) },
      },
      {
        data: { values: points },
        mark: { type: "rule", strokeWidth: 1.5, strokeDash: [] },
        encoding: { ...line, y: { field: "low" }, y2: { field: "high" } },
      },
      ...[true, false].flatMap((filled) => pointLayer(points, colour, series, filled)),
    ],
  };
}

const STRETCH = { field: "stretch", type: "nominal" };

const AXIS_Y = {
  type: "quantitative",
  title: "Share born dead",
  scale: { domain: [0, 1], nice: false, padding: 6 }, // for what lies on 0 or 1
};

function axisX({ title, domain, labels }: BornDeadAxis, slanted: boolean) {
  const named = labels && {
    values: labels.map((_, i) => i),
    labelExpr: `${JSON.stringify(labels)}[datum.value]`,
    labelLimit: 300,
    labelOverlap: false,
    ...(slanted ? { labelAngle: -30 } : { labelAngle: 0 }),
  };
  return {
    type: "quantitative",
    title,
    scale: { domain, nice: false, zero: false, padding: 10 },
    axis: { grid: false, tickMinStep: 1, ...named },
  };
}

const STYLES = {
  "at most": { dash: [1, 0], width: 2, opacity: 1 },
  "at least": { dash: [7, 4], width: 2, opacity: 1 },
  exactly: { dash: [1, 0], width: 8, opacity: 0.3 },
};
const LOOSER = { ...STYLES["at most"], width: 0.8 };

/** Told apart by dashes and widths, which a legend below the panel names. */
function boundStyles(bounds: readonly BoundName[], named: boolean) {
  const above = bounds.filter(({ says }) => says === "at most");
  const styles = bounds.map((bound) =>
    above.length > 1 && bound === above[0] ? LOOSER : STYLES[bound.says],
  );
  const domain = bounds.map(({ name }) => name);
  const legend = named
    ? {
        ...{ title: null, orient: "bottom", direction: "vertical", labelLimit: 400 },
        ...{ symbolType: "stroke", symbolSize: 700, symbolStrokeColor: INK },
        ...{ rowPadding: -6, offset: 8 },
      }
    : null;
  const channel = (range: readonly unknown[]) => ({
    field: "bound",
    type: "ordinal",
    scale: { type: "ordinal", domain, range },
    legend,
  });
  return {
    strokeDash: channel(styles.map(({ dash }) => dash)),
    strokeWidth: channel(styles.map(({ width }) => width)),
    opacity: channel(styles.map(({ opacity }) => opacity)),
  };
}

/** Filled where the interval reaches what theory allows, else hollow; none where none is so. */
function pointLayer(
  all: readonly BornDeadPoint[],
  colour: object,
  series: readonly string[],
  filled: boolean,
) {
  const points = all.filter(({ meets }) => meets === filled);
  if (points.length === 0) return [];
  const look = filled ? { filled } : { fill: "#ffffff", strokeWidth: 1.8 };
  const scale = { domain: series, range: SHAPES.slice(0, series.length) };
  return [
    {
      data: { values: points },
      mark: { type: "point", size: 60, opacity: 1, ...look },
      encoding: {
        x: { field: "x" },
        y: { field: "rate" },
        color: colour,
        shape: { ...colour, scale },
      },
    },
  ];
}
