/** How the command line names axes, grids and measures: as flags do, as sweep files, or as columns. */
import type { Dimension } from "../analysis/dimensions.js";
import { MEASURES, type Measure } from "../analysis/measures.js";
import { nearestOf, UserError } from "../errors.js";
import { AXIS_NAMES, type AxisName } from "../model/axes.js";
import { flagOf } from "./trial-flags.js";

type Names<Value> = ReadonlyMap<string, Value>;

const AXES: Names<AxisName> = new Map(AXIS_NAMES.map((name) => [flagOf(name), name]));
const DIMENSIONS: Names<Dimension> = new Map<string, Dimension>([...AXES, ["grid", "grid"]]);
/** Convergence has two names: `converged` and `rate`. */
const MEASURES_BY_FLAG: Names<Measure> = new Map(
  [...MEASURES.values()].flatMap((measure) => [
    [measure.name, measure],
    [columnFlag(measure), measure],
  ]),
);

/** The names to offer: `learning-rate`. */
export const AXIS_FLAGS: readonly string[] = [...AXES.keys()];
export const DIMENSION_FLAGS: readonly string[] = [...DIMENSIONS.keys()];
export const MEASURE_FLAGS: readonly string[] = [...MEASURES_BY_FLAG.keys()];

export function flagOfDimension(dimension: Dimension): string {
  return dimension === "grid" ? dimension : flagOf(dimension);
}

/** @throws UserError where there is no axis of that name */
export function axisNamed(flag: string, text: string, what = "an axis"): AxisName {
  return named(flag, text, AXES, what);
}

/** @throws UserError where there is no axis of that name, and it is not `grid` */
export function dimensionNamed(flag: string, text: string): Dimension {
  return named(flag, text, DIMENSIONS, "an axis or grid");
}

/** @throws UserError where a trial has no number of that name */
export function measureNamed(flag: string, text: string): Measure {
  return named(flag, text, MEASURES_BY_FLAG, "a number of trials");
}

/**
 * @param text names with commas between them
 * @throws UserError where a trial has no number of that name, or one is given twice
 */
export function measuresNamed(flag: string, text: string): Measure[] {
  const found = text.split(",").map((name) => measureNamed(flag, name.trim()));
  const twice = found.find((measure, i) => found.indexOf(measure) !== i);
  if (!twice) return found;
  throw new UserError(`${flag}: ${columnFlag(twice)} is given twice; give it once`);
}

function columnFlag({ column }: Measure): string {
  return column.replaceAll("_", "-");
}

function named<Value>(flag: string, text: string, values: Names<Value>, what: string): Value {
  const bare = (name: string) => name.replace(/[-_ ]/g, "").toLowerCase();
  const names = [...values.keys()];
  const name = names.find((each) => bare(each) === bare(text));
  if (name !== undefined) return values.get(name)!;
  const nearest = nearestOf(text, names);
  const hint = nearest ? `did you mean "${nearest}"?` : `they are ${names.join(", ")}`;
  throw new UserError(`${flag}: must be ${what}, got ${JSON.stringify(text)}; ${hint}`);
}
