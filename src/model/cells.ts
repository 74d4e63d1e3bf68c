/** What follows from the table of axes for cells: their names, their order, what tells them apart. */
import canonicalize from "canonicalize";
import { AXIS_NAMES, type AxisName, axisOf, type PartialCell } from "./axes.js";
import type { AnyAxis } from "./axis.js";
import { type Cell, type FileDataset, isOfFile, nameOf, phraseOf } from "./trial.js";

type Place = AnyAxis["place"];

/** What every cell is given: the axes that have no default. No later axis can be among them. */
export type NamedAxes = Pick<
  Cell,
  "depth" | "width" | "connection" | "optimizer" | "learningRate" | "trainingStyle"
>;

/** A cell of what is given, with the defaults of all other axes. */
export function cellOf(given: NamedAxes & PartialCell): Cell {
  return { ...DEFAULTS, ...given } as Cell;
}

const DEFAULTS: PartialCell = Object.fromEntries(
  AXIS_NAMES.filter((name) => axisOf(name).default !== undefined).map((name) => [
    name,
    axisOf(name).default,
  ]),
);

/** Whether two values of an axis are the same, whatever the order of their fields. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b || typeof a !== "object" || typeof b !== "object") return a === b;
  return keyOfValue(a) === keyOfValue(b);
}

/** Whether a cell has all of these values. */
export function isWhere(where: PartialCell, cell: PartialCell): boolean {
  return (Object.keys(where) as AxisName[]).every((name) => sameValue(where[name], cell[name]));
}

/** Canonical JSON (RFC 8785): the same for the same values of an axis, and for no others; empty where there is none. */
export function keyOfValue(value: unknown): string {
  if (typeof value !== "object" || value === null) return canonicalize(value) ?? "";
  const known = keys.get(value) ?? canonicalize(keyed(value))!;
  keys.set(value, known);
  return known;
}

/** Of datasets and the like, which the cells of a sweep share. */
const keys = new WeakMap<object, string>();

/** What of a value decides numbers. */
function keyed(value: unknown): unknown {
  return isOfFile(value) ? withoutPlace(value) : value;
}

/** The same data elsewhere are the same data: their hash says which they are. */
function withoutPlace({ file: _, ...rest }: FileDataset) {
  return rest;
}

/** The fields of a cell among those of any object. */
export function axesIn(fields: PartialCell): PartialCell {
  return pick(fields, AXIS_NAMES);
}

/** Those of `names` that the cell has. */
export function pick(cell: PartialCell, names: readonly AxisName[]): PartialCell {
  const given = names.filter((name) => cell[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, cell[name]]));
}

/** All axes but later ones at their default, which keys leave out so that old keys stay valid. */
export function namedAxes(cell: PartialCell): PartialCell {
  return pick(
    cell,
    AXIS_NAMES.filter((name) => {
      const axis = axisOf(name);
      return axis.founding || !sameValue(cell[name], axis.default);
    }),
  );
}

/** Text that is the same for the same axes' values, and for no others. */
export function identityOf(cell: PartialCell): string {
  return `{${fieldsText(namedAxes(cell))}}`;
}

/** Canonical JSON of an object of axes' values, without its braces. */
export function fieldsText(fields: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(fields).sort();
  return names.map((name) => `${JSON.stringify(name)}:${keyOfValue(fields[name])}`).join();
}

/** The values that these cells have of an axis, each once, in the order of tables. */
export function valuesIn(cells: readonly PartialCell[], name: AxisName): unknown[] {
  const values = new Map(cells.map((cell) => [keyOfValue(cell[name]), cell[name]]));
  return [...values.values()].sort((a, b) => compareValues(name, a, b));
}

/** The axes that rows and tables of these cells show, in the order of the axes. */
export function shownAxes(cells: readonly PartialCell[]): AxisName[] {
  return AXIS_NAMES.filter((name) => {
    const axis = axisOf(name);
    if (axis.shown === "always") return true;
    const usual = axis.founding ? cells[0]?.[name] : axis.default;
    return cells.some((cell) => !sameValue(cell[name], usual));
  });
}

/** The axes in which these cells differ. */
export function differingAxes(cells: readonly PartialCell[]): AxisName[] {
  return AXIS_NAMES.filter((name) => cells.some((cell) => !sameValue(cell[name], cells[0][name])));
}

/** The axes that rows and tables show of every sweep. */
export const ALWAYS_SHOWN: readonly AxisName[] = shownAxes([]);

/** Of some axes, those that stand at a place of tables. */
export function axesAt(place: Place, names: readonly AxisName[]): AxisName[] {
  return names.filter((name) => axisOf(name).place === place);
}

/** `depth 10, width 2, plain, adam, learning rate 0.01, batch`, and whatever else is not at its default. */
export function cellName(cell: PartialCell): string {
  const named = AXIS_NAMES.filter((name) => {
    const axis = axisOf(name);
    if (cell[name] === undefined) return false;
    return axis.shown === "always" || !sameValue(cell[name], axis.default);
  });
  return phrases(cell, named);
}

/** The values of some axes, in words. */
export function phrases(cell: PartialCell, names: readonly AxisName[]): string {
  return names.map((name) => axisOf(name).phrase(cell[name])).join(", ");
}

/** A value as a heading shows it: `Adam`, `learning rate 0.01`. */
export function headingOf(name: AxisName, value: unknown): string {
  const axis = axisOf(name);
  if (axis.domain.kind !== "choice") return axis.phrase(value);
  const [word, ...parameters] = Object.values(
    typeof value === "object" ? (value as object) : { name: value },
  );
  return [axis.domain.names[word], ...parameters].join(" ");
}

/** The order of tables and baselines: by what stands in titles, then in rows, then over columns. */
export function compareCells(a: PartialCell, b: PartialCell): number {
  for (const name of IN_TABLE_ORDER) {
    const order = compareValues(name, a[name], b[name]);
    if (order !== 0) return order;
  }
  return 0;
}

/** Axes as tables have them: titles, rows, columns. */
export const IN_TABLE_ORDER = (["title", "row", "column"] as const).flatMap((place) =>
  axesAt(place, AXIS_NAMES),
);

/** Negative where `a` comes first. A value that is not there comes last. */
export function compareValues(name: AxisName, a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
  const { domain, order, slug } = axisOf(name);
  switch (domain.kind) {
    case "choice": {
      const words = Object.keys(domain.names);
      const order = words.indexOf(nameOf(a as string)) - words.indexOf(nameOf(b as string));
      return order || slug(a).localeCompare(slug(b), "en", { numeric: true });
    }
    case "whole number":
    case "positive number":
    case "number":
      return order === "rising" ? Number(a) - Number(b) : Number(b) - Number(a);
    case "interval":
    case "text":
    case "texts":
    case "fields":
    case "alternatives":
      return slug(a).localeCompare(slug(b), "en", { numeric: true });
  }
}

/** Words and numbers as they are, words with their parameters; of another object its short name. */
export function valueText(name: AxisName, value: unknown): string {
  const { domain, slug } = axisOf(name);
  if (typeof value !== "object") return String(value);
  return domain.kind === "choice" ? phraseOf(value as { name: string }) : slug(value);
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
