/** Figures of one's own sweep: panels of lines, or of dots beside names. */
import type { TopLevelSpec } from "vega-lite";
import { SMALL_SIZE, TEXT_SIZE } from "../style.js";
import { type TextWidth, wrapped } from "../svg.js";
import { DOT_STEP, dotPanel } from "./dot-panel.js";
import { linePanel } from "./line-panel.js";
import { type Plot, tickText } from "./plot-panels.js";
import type { PlotScale } from "./plot-scale.js";
import { legendChart } from "./series-style.js";
import { type ChartText, figureSpec, PANEL_TITLE_SIZE } from "./theme.js";

/** More series have their names at their lines' ends: nobody looks up so many in a legend. */
const MOST_IN_LEGEND = 8;
/** By the number of panels side by side. */
const WIDTHS = [560, 380, 290, 230, 200];
const HEIGHTS = [320, 250, 210, 190, 180];
const NAME_WIDTH = 190;
const LINE_HEIGHT = 13;

export function plotSpec(plot: Plot, text: ChartText): TopLevelSpec {
  const { rows, position, series, seriesTitle } = plot;
  const columns = Math.max(...rows.map(({ panels }) => panels.length));
  const [width, height] = [WIDTHS, HEIGHTS].map((sizes) => sizes[Math.min(columns, 5) - 1]);
  const lineNames = position.kind === "number" && series.length > MOST_IN_LEGEND;
  const names = position.kind === "names" ? wrappedNames(position.names, text.textWidth) : [];
  const frame = {
    width,
    height: position.kind === "names" ? listHeight(names, series.length) : height,
    position: {
      title: position.title,
      scale: position.kind === "number" ? position.scale : NO_SCALE,
      names,
    },
  };
  const texts = rows.flatMap(({ value }) => value.scale.ticks.map(tickText(value)));
  const extent = Math.max(...texts.map((tick) => text.textWidth(tick, SMALL_SIZE))) + 9;
  const charts = rows.map(({ value, panels }, row) =>
    panels.map((panel, column) => {
      const last = row === rows.length - 1 || rows[row + 1].value !== value;
      const lines = wrapped(value.title, height, text.textWidth, TEXT_SIZE);
      const named = { ...value, title: lines.length === 1 ? value.title : lines };
      const own = { ...frame, value: named, extent, first: column === 0, last };
      const title = brokenAtDashes(panel.title, width, text.textWidth, PANEL_TITLE_SIZE);
      return position.kind === "number"
        ? linePanel({ ...panel, title }, own, series, lineNames)
        : dotPanel({ ...panel, title }, own, series);
    }),
  );
  const total = columns * width + (columns - 1) * 60;
  const legend =
    series.length > 1 && !lineNames
      ? [[legendChart(seriesTitle, series, total, text.textWidth, position.kind === "number")]]
      : [];
  return figureSpec(text, [...legend, ...charts]);
}

const NO_SCALE: PlotScale = { type: "linear", domain: [0, 1], ticks: [] };

function wrappedNames(names: readonly string[], textWidth: TextWidth): (string | string[])[] {
  return names.map((name) => {
    const lines = brokenAtDashes(name, NAME_WIDTH, textWidth, SMALL_SIZE);
    return lines.length === 1 ? lines[0] : lines;
  });
}

const DASH = /(?<=[\p{L}\p{N}])-(?=[\p{L}\p{N}])/gu;

/** As `wrapped`, and also behind a dash within a word. */
function brokenAtDashes(text: string, width: number, textWidth: TextWidth, size: number): string[] {
  if (text === "") return [];
  const lines = wrapped(text.replace(DASH, "- "), width, textWidth, size);
  return lines.map((line) => line.replace(/(?<=[\p{L}\p{N}])- /gu, "-"));
}

function listHeight(names: readonly (string | string[])[], series: number): number {
  const lines = Math.max(...names.map((name) => [name].flat().length));
  return names.length * Math.max(20, lines * LINE_HEIGHT + 6, series * DOT_STEP + 6);
}
