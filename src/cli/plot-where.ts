/** `--where width=2,4`: which cells of a results folder are looked at. */
import {
  type Dimension,
  type GridCell,
  keyOfValue,
  shortNames,
  textOfValue,
  valueIn,
  valuesOf,
} from "../analysis/dimensions.js";
import { nearestOf, UserError } from "../errors.js";
import { type AxisName, axisOf } from "../model/axes.js";
import { axisRule } from "../model/axis-rules.js";
import { jsonOrText, listIn } from "../sweep/overrides.js";
import { dimensionNamed } from "./axis-names.js";

export interface Where {
  readonly dimension: Dimension;
  /** What stands behind the equals sign. */
  readonly text: string;
}

/** @throws UserError where it is not `axis=value`, or there is no such axis */
export function parseWhere(text: string): Where {
  const [, name, value] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new UserError(`--where: must be axis=value, as width=2,4, got ${JSON.stringify(text)}`);
  }
  return { dimension: dimensionNamed("--where", name), text: value };
}

/**
 * The cells that every restriction allows.
 *
 * @throws UserError where no cell has a value that is asked for, or none has all of them together
 */
export function restricted<Item extends GridCell>(
  cells: readonly Item[],
  wheres: readonly Where[],
): Item[] {
  const left = wheres.reduce<Item[]>(
    (rest, where) => {
      const asked = askedOf(where, cells);
      return rest.filter((cell) => asked.has(keyOfValue(valueIn(cell, where.dimension))));
    },
    [...cells],
  );
  if (left.length > 0) return left;
  const given = wheres.map(({ dimension, text }) => `${flagOf(dimension)}=${text}`).join(" and ");
  throw new UserError(`--where: no cell has ${given} together; leave one of them out`);
}

/** The keys of the values that are asked for: all of the text where it is one, or else its parts. */
function askedOf({ dimension, text }: Where, cells: readonly GridCell[]): Set<string> {
  const values = valuesOf(cells, dimension).filter((value) => value !== undefined);
  const whole = values.filter((value) => isMeant(dimension, value, text));
  if (whole.length > 0) return new Set(whole.map(keyOfValue));
  const parts = listIn(text);
  return new Set(
    parts.flatMap((part) => {
      const found = values.filter((value) => isMeant(dimension, value, part));
      if (found.length === 0) throw unknown(dimension, part, values);
      return found.map(keyOfValue);
    }),
  );
}

/** By the value itself as a sweep file has it, or by its name in tables or plots. */
function isMeant(dimension: Dimension, value: unknown, given: unknown): boolean {
  const text = String(given);
  if (textOfValue(dimension, value) === text) return true;
  if (dimension === "grid") return false;
  if (dimension === "dataset" && shortNames(dimension, [value])[0] === text) return true;
  const read = axisRule(dimension as AxisName).safeParse(
    typeof given === "string" ? jsonOrText(given) : given,
  );
  return read.success && keyOfValue(read.data) === keyOfValue(value);
}

function unknown(dimension: Dimension, given: unknown, values: readonly unknown[]): UserError {
  const texts = values.map((value) => textOfValue(dimension, value));
  const text = typeof given === "object" ? JSON.stringify(given) : String(given);
  const what = `--where: ${flagOf(dimension)}: no cell has ${text}`;
  if (dimension === "grid" && texts.length === 0) {
    return new UserError(`${what}: the sweep file names none of its grids; leave it out`);
  }
  const nearest = dimension === "grid" || isWord(dimension) ? nearestOf(text, texts) : undefined;
  return new UserError(
    `${what}; ${nearest ? `did you mean ${nearest}?` : `they have ${texts.join(", ")}`}`,
  );
}

function isWord(dimension: AxisName): boolean {
  return axisOf(dimension).domain.kind === "choice";
}

function flagOf(dimension: Dimension): string {
  return dimension === "grid" ? "grid" : axisOf(dimension).column.replaceAll("_", "-");
}
