/** The fields that a sweep file may have, as its JSON Schema says, and what a path names among them. */
import { nearestOf, UserError } from "../errors.js";
import { short } from "../files/schema-errors.js";
import { sweepJsonSchema } from "./schema.js";

export interface Field {
  /** Of the object that it may be, or none. */
  readonly fields: ReadonlyMap<string, Field>;
  /** What the values are of the list that it may be. */
  readonly inList: Field | undefined;
  /** Whether it may be something that is no list. */
  readonly takesOne: boolean;
  /** What it is where it is left out. */
  readonly default: unknown;
}

interface JsonSchema {
  readonly type?: string;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly default?: unknown;
}

function fieldOf(schema: JsonSchema): Field {
  const choices = choicesOf(schema);
  const list = choices.find(({ type }) => type === "array");
  const properties = choices.flatMap((choice) => Object.entries(choice.properties ?? {}));
  return {
    fields: new Map(properties.map(([name, of]) => [name, fieldOf(of)])),
    inList: list?.items && fieldOf(list.items),
    takesOne: choices.some(({ type }) => type !== "array"),
    default: schema.default,
  };
}

/** Of a choice among choices, all. */
function choicesOf(schema: JsonSchema): readonly JsonSchema[] {
  return schema.anyOf?.flatMap(choicesOf) ?? [schema];
}

let known: Field | undefined;

/** The whole of a sweep file: made once a path is asked about, for that takes as long as to plan a sweep. */
export function sweepFields(): Field {
  known ??= fieldOf(sweepJsonSchema());
  return known;
}

const PATH = /^[\w$]+(\.\w+|\[\d+\])*$/;

/** `grid.0.depth`, `grid[0].depth`: the names and places on the way to a field. */
export function partsOf(path: string): string[] {
  return path.replace(/\[(\d+)\]/g, ".$1").split(".");
}

export function isIndex(part: string): boolean {
  return /^\d+$/.test(part);
}

/**
 * What a path leads to; through a list also where the path does not say to which of its values.
 *
 * @throws UserError with the nearest field, where a sweep file has none of that name
 */
export function fieldAt(path: string): Field {
  const parts = partsOf(path);
  let field = sweepFields();
  for (const [i, part] of parts.entries()) {
    const next = isIndex(part) ? field.inList : fieldsIn(field).get(part);
    if (!next || !PATH.test(path)) throw unknown(path, field, parts.slice(0, i), part);
    field = next;
  }
  return field;
}

/** Those of the object that a field may be, and of the objects of the list that it may be. */
function fieldsIn({ fields, inList }: Field): ReadonlyMap<string, Field> {
  return new Map([...(inList?.fields ?? []), ...fields]);
}

function unknown(path: string, parent: Field, before: string[], part: string): UserError {
  const siblings = [...fieldsIn(parent).keys()];
  const near = siblings.length === 1 ? siblings[0] : nearestOf(part, siblings);
  const meant = near === undefined ? elsewhere(part) : [...before, near].join(".");
  const remedy = meant
    ? `did you mean "${meant}"?`
    : `${before.join(".") || "it"} has ${siblings.join(", ") || "no fields"}`;
  return new UserError(`--set: ${short(path)}: is not a field of a sweep file; ${remedy}`);
}

/** The path of the field that has the nearest name, wherever it is. */
function elsewhere(name: string): string | undefined {
  const paths = pathsIn(sweepFields());
  const nearest = nearestOf(name, paths.map(lastOf));
  return paths.find((path) => lastOf(path) === nearest);
}

function pathsIn(field: Field): string[] {
  return [...fieldsIn(field)].flatMap(([name, inner]) => [
    name,
    ...pathsIn(inner).map((path) => `${name}.${path}`),
  ]);
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
