/** Values of axes as they are written on a command line, among those that a folder has. */
import { nearestOf, UserError } from "../errors.js";
import { AXIS_NAMES, type AxisName, axisOf } from "../model/axes.js";
import { axisRule } from "../model/axis-rules.js";
import { sameValue, valueText } from "../model/cells.js";
import { jsonOrText } from "../sweep/overrides.js";
import { flagOf } from "./trial-flags.js";

/**
 * Whether text means a value: as JSON or a word, as for `--set`; as tables name it, `leaky-relu 0.01`; by its short
 * name, `abs-20-numpy-42`; or a word or a dataset's function or file alone, which means all that have it.
 */
export function isValue(name: AxisName, value: unknown, text: string): boolean {
  const given = axisRule(name).safeParse(jsonOrText(text));
  if (given.success && sameValue(given.data, value)) return true;
  const isObject = typeof value === "object" && value !== null;
  const words = isObject ? Object.values(pickWords(value)) : [];
  return [valueText(name, value), axisOf(name).slug(value), ...words].includes(text);
}

function pickWords(value: object): Record<string, unknown> {
  const fields = Object.entries(value).filter(([field]) =>
    ["name", "function", "file"].includes(field),
  );
  return Object.fromEntries(fields);
}

/**
 * `learning-rate`, or as the sweep file and the columns have it.
 *
 * @throws UserError where it is no axis, with the nearest one
 */
export function axisNamed(text: string, flag: string, besides: readonly string[] = []): AxisName {
  const found = AXIS_NAMES.find((name) => [flagOf(name), name, axisOf(name).column].includes(text));
  if (found) return found;
  const names = [...besides, ...AXIS_NAMES.map(flagOf)];
  const near = nearestOf(text, names);
  throw new UserError(
    `${flag}: must be one of ${names.join(", ")}, got ${JSON.stringify(text)}` +
      `${near === undefined ? "" : `; did you mean "${near}"?`}`,
  );
}
