/** What tells the cells of one sweep apart: its axes, and the grids that they come from. */
import canonicalize from "canonicalize";
import { AXIS_NAMES, type AxisName, axisOf } from "../model/axes.js";
import { compareValues, headingOf, sameValue, valueText } from "../model/cells.js";
import { type Cell, type DatasetSpec, isOfFile } from "../model/trial.js";

/** An axis, or the names of the sweep file's grids. */
export type Dimension = AxisName | "grid";

/** A cell as one grid asks for it. */
export interface GridCell {
  readonly cell: Cell;
  /** The grid's name; undefined where nothing is asked of grids. */
  readonly grid?: string | undefined;
}

export function valueIn({ cell, grid }: GridCell, dimension: Dimension): unknown {
  return dimension === "grid" ? grid : cell[dimension];
}

/** Text that is the same for the same values, and for no others. */
export function keyOf(cell: GridCell, dimensions: readonly Dimension[]): string {
  return dimensions.map((dimension) => keyOfValue(valueIn(cell, dimension))).join("\n");
}

/** The same of one value. */
export function keyOfValue(value: unknown): string {
  return typeof value === "object" ? canonicalize(value)! : JSON.stringify(value ?? null);
}

/** `learning rate` */
export function labelOf(dimension: Dimension): string {
  return dimension === "grid" ? "grid" : axisOf(dimension).label;
}

/** With underscores, as a column of rows. */
export function columnOf(dimension: Dimension): string {
  return dimension === "grid" ? "grid" : axisOf(dimension).column;
}

/** Whether its values are numbers, which have distances between them. */
export function isNumeric(dimension: Dimension): dimension is AxisName {
  return dimension !== "grid" && axisOf(dimension).domain.kind.endsWith("number");
}

/** The values that these cells have, each once: numbers rising, words as their axis has them, grids as the sweep file does. */
export function valuesOf(cells: readonly GridCell[], dimension: Dimension): unknown[] {
  const values = [...new Map(cells.map((cell) => [keyOf(cell, [dimension]), cell])).values()].map(
    (cell) => valueIn(cell, dimension),
  );
  if (dimension === "grid") return values;
  if (isNumeric(dimension)) return values.toSorted((a, b) => Number(a) - Number(b));
  return values.toSorted((a, b) => compareValues(dimension, a, b));
}

/** The axes in which some cells differ that are alike in `placed`. */
export function varyingWithin(
  cells: readonly GridCell[],
  placed: readonly Dimension[],
): AxisName[] {
  const firsts = new Map<string, Cell>();
  const varying = new Set<AxisName>();
  for (const item of cells) {
    const key = keyOf(item, placed);
    const first = firsts.get(key);
    if (!first) firsts.set(key, item.cell);
    else {
      for (const name of AXIS_NAMES) {
        if (!varying.has(name) && !sameValue(first[name], item.cell[name])) varying.add(name);
      }
    }
  }
  return AXIS_NAMES.filter((name) => varying.has(name));
}

/** A value as CSV has it. */
export function textOfValue(dimension: Dimension, value: unknown): string {
  return dimension === "grid" ? String(value) : valueText(dimension, value);
}

/** Short names of an axis's values, beside the axis's label: `0.01`, `Adam`, `abs`; as many as values. */
export function shortNames(dimension: Dimension, values: readonly unknown[]): string[] {
  if (dimension === "grid") return values.map(String);
  if (dimension === "dataset") return datasetNames(values as DatasetSpec[]);
  const { domain } = axisOf(dimension);
  return values.map((value) =>
    domain.kind === "choice" ? headingOf(dimension, value) : valueText(dimension, value),
  );
}

/** Names that stand alone, as over a panel: `learning rate 0.01`, `Adam`. */
export function fullNames(dimension: Dimension, values: readonly unknown[]): string[] {
  if (dimension === "grid" || dimension === "dataset") return shortNames(dimension, values);
  return values.map((value) => headingOf(dimension, value));
}

/** The function or the file, where that is enough to tell them apart. */
function datasetNames(values: readonly DatasetSpec[]): string[] {
  const short = values.map((spec) =>
    isOfFile(spec) ? spec.file.replace(/\.[^.]*$/, "") : spec.function,
  );
  if (new Set(short).size === values.length) return short;
  return values.map((spec) => valueText("dataset", spec));
}
