/** What all charts have in common. */
import type { Config, TopLevelSpec } from "vega-lite";
import {
  FAINT_INK,
  FONT_FAMILIES,
  INK,
  RULE,
  SMALL_SIZE,
  TEXT_SIZE,
  TITLE_SIZE,
} from "../style.js";
import { type TextWidth, wrapped } from "../svg.js";

const CONFIG: Config = {
  // A label for each of thousands of dots would fill the file.
  aria: false,
  font: FONT_FAMILIES,
  background: "#ffffff",
  view: { stroke: null },
  axis: {
    labelColor: INK,
    titleColor: INK,
    domainColor: INK,
    tickColor: INK,
    gridColor: "#e6e6e6",
    labelFontSize: SMALL_SIZE,
    titleFontSize: TEXT_SIZE,
    titleFontWeight: "normal",
    titlePadding: 8,
  },
  legend: {
    labelColor: INK,
    labelFontSize: TEXT_SIZE,
    titleFontSize: TEXT_SIZE,
    titleFontWeight: "normal",
    symbolSize: 90,
  },
  title: { color: INK, subtitleColor: FAINT_INK },
  rule: { color: RULE },
};

export const LEGEND = { title: null, orient: "top", direction: "horizontal", offset: 4 };

export const PANEL_TITLE_SIZE = 14;

/** The name of one of several charts side by side, or its lines. */
export function panelTitle(text: string | readonly string[]) {
  const fontSize = PANEL_TITLE_SIZE;
  return { text, anchor: "start", frame: "group", fontSize, fontWeight: "normal", offset: 6 };
}

export interface ChartText {
  /** What one sees. */
  readonly title: string;
  /** A string per line. */
  readonly subtitle: readonly string[];
  /** The thesis's number and the command. */
  readonly smallPrint: string;
  readonly textWidth: TextWidth;
}

/** From a line of small print to the next. */
const SMALL_LINE = 15;

/** What charts side by side may each use in their own way. */
const INDEPENDENT = ["color", "fill", "shape", "strokeDash", "strokeWidth", "opacity"];

/** Of a chart's vertical axis and the room before it. */
const AXIS_WIDTH = 80;

/**
 * Puts the title above the charts, and the small print below.
 *
 * @param rows of charts that stand side by side
 */
export function figureSpec(
  { title, subtitle, smallPrint, textWidth }: ChartText,
  rows: readonly (readonly { readonly width: number }[])[],
): TopLevelSpec {
  const width = Math.max(
    ...rows.map((charts) =>
      charts.reduce((sum, chart) => sum + chart.width, AXIS_WIDTH * (charts.length - 1)),
    ),
  );
  const independent = Object.fromEntries(INDEPENDENT.map((channel) => [channel, "independent"]));
  const resolve = { scale: independent, legend: independent };
  const body = rows.map((charts) => ({ hconcat: charts, spacing: 36, resolve }));
  const small = wrapped(smallPrint, width, textWidth, SMALL_SIZE);
  const footer = {
    data: { values: [{}] },
    height: 12 + SMALL_LINE * (small.length - 1),
    width: 400,
    mark: {
      type: "text",
      text: small.length > 1 ? small : smallPrint,
      align: "left",
      x: 0,
      y: 8,
      ...(small.length > 1 && { lineHeight: SMALL_LINE }),
      fontSize: SMALL_SIZE,
      color: FAINT_INK,
    },
  };
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    config: CONFIG,
    padding: 20,
    title: {
      text: wrapped(title, width, textWidth, TITLE_SIZE, true),
      subtitle: subtitle.flatMap((line) => wrapped(line, width, textWidth, TEXT_SIZE)),
      anchor: "start",
      frame: "group",
      fontSize: TITLE_SIZE,
      subtitleFontSize: TEXT_SIZE,
      offset: 16,
    },
    spacing: 14,
    vconcat: [...body, footer],
  } as unknown as TopLevelSpec;
}
