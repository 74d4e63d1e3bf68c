/** How the command line names axes, and numbers of trials: as in sweep files, as flags, or as columns. */
import type { Dimension } from "../analysis/dimensions.js";
import { MEASURES, type Measure } from "../analysis/plot-measures.js";
import { nearestOf, UserError } from "../errors.js";
import { AXIS_NAMES, axisOf } from "../model/axes.js";

/** The names to offer: `learning-rate`. */
export const DIMENSION_FLAGS: readonly string[] = [
  ...AXIS_NAMES.map((name) => axisOf(name).column.replaceAll("_", "-")),
  "grid",
];
const DIMENSIONS: readonly Dimension[] = [...AXIS_NAMES, "grid"];

/** @throws UserError where there is no axis of that name */
export function dimensionNamed(flag: string, text: string): Dimension {
  return named(flag, text, DIMENSION_FLAGS, DIMENSIONS, "an axis or grid");
}

export const MEASURE_FLAGS: readonly string[] = MEASURES.map(({ column }) =>
  column.replaceAll("_", "-"),
);

/**
 * @param text names with commas between them
 * @throws UserError where a trial has no number of that name, or one is given twice
 */
export function measuresNamed(flag: string, text: string): Measure[] {
  const found = text
    .split(",")
    .map((name) => named(flag, name.trim(), MEASURE_FLAGS, MEASURES, "a number of trials"));
  const twice = found.find((measure, i) => found.indexOf(measure) !== i);
  if (!twice) return found;
  throw new UserError(`${flag}: ${twice.column.replaceAll("_", "-")} is given twice; give it once`);
}

function named<Value>(
  flag: string,
  text: string,
  names: readonly string[],
  values: readonly Value[],
  what: string,
): Value {
  const bare = (name: string) => name.replace(/[-_ ]/g, "").toLowerCase();
  const index = names.findIndex((name) => bare(name) === bare(text));
  if (index >= 0) return values[index];
  const nearest = nearestOf(text, names);
  const hint = nearest ? `did you mean ${nearest}?` : `they are ${names.join(", ")}`;
  throw new UserError(`${flag}: must be ${what}, got ${JSON.stringify(text)}; ${hint}`);
}
