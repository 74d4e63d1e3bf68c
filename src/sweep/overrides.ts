/** What the command line puts in the place of a sweep file's fields: `--set grid.depth=2,5`. */
import { UserError } from "../errors.js";
import { short } from "../files/schema-errors.js";
import { type Field, fieldAt, isIndex, partsOf, sweepFields } from "./fields.js";

/** A value that replaces a sweep file's at a path of fields, as `grid.depth` or `grid.0.depth`. */
export interface Override {
  readonly path: string;
  readonly value: unknown;
}

/**
 * `grid.depth=2,5`: a path, and a value as JSON, as text where it is none, or as a list of such
 * where the field takes one.
 *
 * @throws UserError where there is no path or no value, or where no sweep file has such a field
 */
export function parseOverride(text: string): Override {
  const [, path, value] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (path === undefined || value === undefined) {
    throw new UserError(`--set: must be key=value, as grid.depth=2,5, got ${JSON.stringify(text)}`);
  }
  return { path, value: valueFor(path, value) };
}

/**
 * @param path of the field that the value is for
 * @param text the value as the command line has it
 * @throws UserError where no sweep file has such a field
 */
export function valueFor(path: string, text: string): unknown {
  const { inList, takesOne } = fieldAt(path);
  const value = jsonOrText(text);
  if (!inList || Array.isArray(value)) return value;
  const values = listIn(text);
  return takesOne && values.length === 1 ? value : values;
}

/** A value on the command line: JSON, or text where it is none. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `2,5` or, as a shell leaves of `["adam","sgd"]`, `[adam,sgd]`. */
export function listIn(text: string): unknown[] {
  const [, inner = text] = /^\[(.*)\]$/s.exec(text) ?? [];
  const values = jsonOrText(`[${inner}]`);
  return Array.isArray(values) ? values : inner.split(",").map((part) => jsonOrText(part.trim()));
}

/**
 * Puts an override's value in its place. A name that a list's values have means all of them: with a list
 * of grids, `grid.depth` is the depth of each. Of a field that is left out, what it then is stays the rest.
 *
 * @param sweep what a sweep file has, which stays as it is
 * @throws UserError where no sweep file has such a field, or the path names a value that a list lacks
 */
export function overridden(sweep: Fields, { path, value }: Override): Fields {
  fieldAt(path);
  const parts = partsOf(path);
  const changed = (old: unknown, field: Field, at: number): unknown => {
    if (at === parts.length) return value;
    const part = parts[at];
    const now = old ?? whereLeftOut(sweep, parts[at - 1], field);
    if (isIndex(part)) {
      const list = listWith(now, parts, at, path);
      return list.with(Number(part), changed(list[Number(part)], field.inList!, at + 1));
    }
    if (Array.isArray(now) && field.inList?.fields.has(part)) {
      return now.map((each) => changed(each, field.inList!, at));
    }
    const fields = isFields(now) ? now : {};
    return { ...fields, [part]: changed(fields[part], field.fields.get(part)!, at + 1) };
  };
  return changed(sweep, sweepFields(), 0) as Fields;
}

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What stands beside the grids, for an axis that one of them leaves out, or else the field's default. */
function whereLeftOut(sweep: Fields, name: string, { takesOne }: Field): unknown {
  const usual = sweep[name] ?? sweepFields().fields.get(name)?.default;
  return takesOne || usual === undefined ? usual : [usual].flat();
}

/** @throws UserError where `value` is no list, or none that has a value at the index at `at` */
function listWith(value: unknown, parts: readonly string[], at: number, path: string): unknown[] {
  const name = parts.slice(0, at).join(".");
  const refusal = (why: string) => new UserError(`--set: ${short(path)}: ${why}`);
  if (!Array.isArray(value)) {
    throw refusal(`${name} is no list; give ${parts.toSpliced(at, 1).join(".")}`);
  }
  if (Number(parts[at]) < value.length) return value;
  const last = value.length - 1;
  const theyAre = last > 0 ? `${name}.0 to ${name}.${last}` : `${name}.0`;
  const remedy = last < 0 ? `give ${name} whole` : `give ${theyAre}, or ${name} whole`;
  throw refusal(
    `there is no ${name}.${parts[at]}, for ${name} is a list of ${value.length}; ${remedy}`,
  );
}
