/** A plot's points as panels of a chart. */
import {
  type Dimension,
  fullNames,
  isNumeric,
  labelOf,
  shortNames,
  valuesOf,
} from "../analysis/dimensions.js";
import type { Measure } from "../analysis/measures.js";
import type { PlotPoint } from "../analysis/plot-points.js";
import { axisOf } from "../model/axes.js";
import { capitalized, keyOfValue } from "../model/cells.js";
import type { Plot, PlotPanel, ValueAxis } from "../output/pictures/charts/plot-panels.js";
import { positionScale, valueScale } from "../output/pictures/charts/plot-scale.js";
import type { PlotContent } from "./plot-text.js";

export function chartOf(content: PlotContent): Plot {
  const { measures, layout, cells } = content;
  const x = layout.x!;
  const names = namesOf(content, layout.colour, shortNames);
  const position = positionOf(content, x);
  const rowNames = namesOf(content, layout.row, fullNames);
  const columnNames = namesOf(content, layout.column, fullNames);
  const isAlone = measures.length * rowNames.values.length * columnNames.values.length === 1;
  const xKeys = valuesOf(cells, x).map((value) => keyOfValue(value));
  const rows = measures.flatMap((measure) => {
    const points = content.points.filter((point) => point.measure === measure);
    const value = valueAxis(measure, points, points.map(content.printedAt));
    return rowNames.values.map((row, r) => ({
      value,
      panels: columnNames.values.map((column, c): PlotPanel => {
        const own = points.filter(
          ({ at }) => isAt(at, layout.row, row) && isAt(at, layout.column, column),
        );
        const marks = own
          .map((point) => {
            const { at, value, low, high } = point;
            const place = at.get(x);
            return {
              at: isNumeric(x) ? Number(place) : xKeys.indexOf(keyOfValue(place)),
              series: names.nameOf(at),
              ...{ value, low, high },
              printed: content.printedAt(point),
            };
          })
          .sort((a, b) => a.at - b.at);
        const title = [rowNames.names[r], columnNames.names[c]].filter(Boolean).join(", ");
        const places = xKeys.map((_, i) => i);
        return { title, marks, order: isAlone ? byValue(places, marks) : places };
      }),
    }));
  });
  return {
    rows,
    position,
    seriesTitle: layout.colour ? capitalized(labelOf(layout.colour)) : "",
    series: names.names,
  };
}

/** The highest first, by the mean of its series. */
function byValue(places: readonly number[], marks: PlotPanel["marks"]): number[] {
  const mean = (place: number) => {
    const own = marks.filter(({ at }) => at === place);
    return own.reduce((sum, { value }) => sum + value, 0) / own.length;
  };
  const known = places.filter((place) => marks.some(({ at }) => at === place));
  const means = new Map(known.map((place) => [place, mean(place)]));
  return known.toSorted((a, b) => means.get(b)! - means.get(a)!);
}

function positionOf({ cells }: PlotContent, x: Dimension): Plot["position"] {
  const values = valuesOf(cells, x);
  const title = x === "depth" ? "Depth (hidden layers)" : capitalized(labelOf(x));
  if (!isNumeric(x)) return { kind: "names", title, names: shortNames(x, values) };
  const type = isLogarithmic(x) && values.length > 1 ? "log" : "linear";
  return { kind: "number", title, scale: positionScale(type, values as number[]) };
}

/** Numbers that are chosen by factors. */
function isLogarithmic(x: Dimension): boolean {
  return x === "epochs" || (x !== "grid" && axisOf(x).domain.kind === "positive number");
}

const SCALES = { rate: "linear", count: "linear", error: "log" } as const satisfies Record<
  Measure["kind"],
  string
>;

function valueAxis(
  { kind, label, isShare }: Measure,
  points: readonly PlotPoint[],
  printed: readonly (number | undefined)[],
): ValueAxis {
  const all = [...points.flatMap(({ value, low, high }) => [value, low, high]), ...printed];
  const ends = all.filter((number) => typeof number === "number");
  const title = capitalized(label);
  if (kind === "rate" || isShare) {
    // The interval of a mean share may reach below none.
    const shares = ends.map((end) => Math.max(0, Math.min(1, end)));
    return { title, scale: valueScale("linear", shares, 1), percent: true };
  }
  const scale = valueScale(SCALES[kind], ends);
  return { title, scale, percent: false };
}

/** The values of a place, each with its name; a single one without a name where nothing stands there. */
function namesOf(
  { cells }: PlotContent,
  dimension: Dimension | undefined,
  name: typeof shortNames,
) {
  if (dimension === undefined) return { values: [undefined], names: [""], nameOf: () => "" };
  const values = valuesOf(cells, dimension);
  const names = name(dimension, values);
  const byKey = new Map(values.map((value, i) => [keyOfValue(value), names[i]]));
  const nameOf = (at: PlotPoint["at"]) => byKey.get(keyOfValue(at.get(dimension)))!;
  return { values, names, nameOf };
}

function isAt(at: PlotPoint["at"], dimension: Dimension | undefined, value: unknown): boolean {
  return dimension === undefined || keyOfValue(at.get(dimension)) === keyOfValue(value);
}
