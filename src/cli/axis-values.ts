/** Values of axes and names of grids as they are written on a command line, among those that a folder has. */
import { type Dimension, textOfValue } from "../analysis/dimensions.js";
import { type AxisName, axisOf } from "../model/axes.js";
import { axisRule } from "../model/axis-rules.js";
import { sameValue } from "../model/cells.js";
import { jsonOrText } from "../sweep/overrides.js";

/**
 * Those of some values that text means: as JSON or a word, as for `--set`; as tables name it, `leaky-relu 0.01`; or by
 * its short name, `abs-20-numpy-42`. Where none of them is just that, a word, or a dataset's function or file, means
 * all that have it.
 */
export function meantBy<Value>(
  text: string,
  dimension: Dimension,
  values: readonly Value[],
): Value[] {
  const exact = values.filter((value) => isJust(text, dimension, value));
  return exact.length > 0 ? exact : values.filter((value) => wordsOf(value).includes(text));
}

function isJust(text: string, dimension: Dimension, value: unknown): boolean {
  if (textOfValue(dimension, value) === text) return true;
  if (dimension === "grid") return false;
  return axisOf(dimension).slug(value) === text || isWritten(text, dimension, value);
}

function isWritten(text: string, name: AxisName, value: unknown): boolean {
  const given = axisRule(name).safeParse(jsonOrText(text));
  return given.success && sameValue(given.data, value);
}

function wordsOf(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  const fields = new Map(Object.entries(value));
  const file = fields.get("file");
  const bare = typeof file === "string" ? file.replace(/\.[^.]*$/, "") : undefined;
  return [fields.get("name"), fields.get("function"), file, bare];
}
