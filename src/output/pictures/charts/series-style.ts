/** How the series of a plot are told apart, in grey too: by colour and shape, and by dashes. */
import { INK, LAYER_COLOURS, TEXT_SIZE } from "../style.js";
import type { TextWidth } from "../svg.js";

/** As many as a legend has names. */
const SHAPES = [
  ...(["circle", "square", "triangle-up", "diamond"] as const),
  ...(["triangle-down", "cross", "triangle-right", "triangle-left"] as const),
];
const DASHES = [
  [1, 0],
  [6, 3],
  [2, 2],
  [8, 3, 2, 3],
] as const;

/** Scales of all series, the same in every panel. */
export function seriesScales(names: readonly string[]) {
  const range = <Value>(values: readonly Value[], of: (i: number) => number = (i) => i) =>
    names.map((_, i) => values[of(i) % values.length]);
  const channel = (values: readonly unknown[]) => ({
    field: "series",
    type: "nominal",
    scale: { domain: names, range: values },
    legend: null,
  });
  const round = (i: number) => Math.floor(i / LAYER_COLOURS.length);
  return {
    color: channel(range(LAYER_COLOURS)),
    shape: channel(range(SHAPES)),
    strokeDash: channel(range(DASHES, round)),
  };
}

const ENTRY_HEIGHT = 22;
const SYMBOL_WIDTH = 34;
const GAP = 22;

/**
 * A legend in lines of its own above all panels, which have no room for it.
 *
 * @param title what the names are of
 * @param width that it may take
 * @param lined whether a series is drawn as a line
 */
export function legendChart(
  title: string,
  names: readonly string[],
  width: number,
  textWidth: TextWidth,
  lined: boolean,
) {
  let [x, line] = [0, 0];
  const place = (text: string, symbol: number) => {
    const own = symbol + textWidth(text, TEXT_SIZE) * 1.1 + GAP;
    if (x > 0 && x + own > width) [x, line] = [0, line + 1];
    const at = { x, textX: x + symbol, y: line * ENTRY_HEIGHT + 8 };
    x += own;
    return at;
  };
  const head = place(`${title}:`, 0);
  const entries = names.map((series) => ({ series, ...place(series, SYMBOL_WIDTH) }));
  const position = (field: string) => ({ field, type: "quantitative", scale: null, axis: null });
  const scales = seriesScales(names);
  const text = { type: "text", align: "left", baseline: "middle", fontSize: TEXT_SIZE, color: INK };
  const data = { values: entries.map((entry) => ({ ...entry, from: entry.x, to: entry.x + 26 })) };
  return {
    width,
    height: line * ENTRY_HEIGHT + 16,
    layer: [
      {
        data: { values: [{ ...head, text: `${title}:` }] },
        mark: text,
        encoding: { x: position("textX"), y: position("y"), text: { field: "text" } },
      },
      ...(lined
        ? [
            {
              data,
              mark: { type: "rule", strokeWidth: 2 },
              encoding: {
                x: position("from"),
                x2: { field: "to" },
                y: position("y"),
                color: scales.color,
                strokeDash: scales.strokeDash,
              },
            },
          ]
        : []),
      {
        data: { values: entries.map((entry) => ({ ...entry, x: entry.x + 13 })) },
        mark: { type: "point", filled: true, size: 60, opacity: 1 },
        encoding: {
          x: position("x"),
          y: position("y"),
          color: scales.color,
          shape: scales.shape,
        },
      },
      {
        data,
        mark: text,
        encoding: { x: position("textX"), y: position("y"), text: { field: "series" } },
      },
    ],
  };
}
