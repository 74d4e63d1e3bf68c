/** A panel of a plot whose x are words: their names below each other, and a dot with its interval for each. */
import { type PanelFrame, type PlotPanel, tickText } from "./plot-panels.js";
import { tickAxis } from "./plot-scale.js";
import { seriesScales } from "./series-style.js";
import { panelTitle } from "./theme.js";

/** Pixels between the dots of two series. */
export const DOT_STEP = 8;

export function dotPanel(
  { title, marks, order }: PlotPanel<readonly string[]>,
  frame: PanelFrame,
  series: readonly string[],
) {
  const { width, height, position, value, first, last } = frame;
  const names = order.map((at) => position.names[at]);
  const scales = seriesScales(series);
  const { scale } = value;
  const shift = (name: string) =>
    ((series.indexOf(name) - (series.length - 1) / 2) * DOT_STEP * names.length) / height;
  const shown = (number: number | null) =>
    number === null ? null : Math.min(Math.max(number, scale.domain[0]), scale.domain[1]);
  const values = marks.map((mark) => ({
    ...mark,
    y: order.indexOf(mark.at) + shift(mark.series),
    value: shown(mark.value),
    low: shown(mark.low),
    high: shown(mark.high),
  }));
  return {
    ...(title.length > 0 && { title: panelTitle(title) }),
    width,
    height,
    data: { values },
    encoding: {
      y: {
        field: "y",
        type: "quantitative",
        title: null,
        scale: { domain: [names.length - 0.5, -0.5], nice: false },
        axis: {
          ...tickAxis([...names.keys()], (tick) => names[tick]),
          labels: first,
          labelLimit: 0,
          labelLineHeight: 13,
          ticks: false,
          domain: first,
          labelPadding: 8,
        },
      },
      x: {
        field: "value",
        type: "quantitative",
        title: last ? value.title : null,
        scale: { type: scale.type, domain: scale.domain, nice: false },
        axis: { ...tickAxis(scale.ticks, tickText(value)), labelOverlap: "greedy" },
      },
    },
    layer: [
      {
        data: { values: values.filter(({ low }) => low !== null) },
        mark: { type: "rule", strokeWidth: 1.6 },
        encoding: { x: { field: "low" }, x2: { field: "high" }, color: scales.color },
      },
      {
        mark: { type: "point", filled: true, size: 52, opacity: 1 },
        encoding: { color: scales.color, shape: scales.shape },
      },
    ],
  };
}
