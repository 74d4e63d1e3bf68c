/** Turns what a schema found wrong into messages that name the field, the rule, the value and the remedy. */
import type { z } from "zod";
import { number } from "../counted.js";
import { nearestOf, UserError } from "../errors.js";
import { MAX_NESTING } from "./read-json.js";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** A schema would look at each of more values, and describe each that is wrong; a sweep file has dozens. */
export const MAX_VALUES = 250_000;

/** Each may lack all its fields. */
const MAX_OBJECTS = 25_000;

interface Context {
  /** What the value is, as "a sweep file", to name where a field does not belong. */
  readonly what: string;
  /** The most values that there may be in all, those in lists among them. */
  readonly maxValues?: number;
  /** The most lists and objects among them. */
  readonly maxObjects?: number;
  /** Ends each line, where the rule alone does not say what to do. */
  readonly remedy?: string;
}

/**
 * Checks `value` against `schema`, in a time that does not depend on how much of it is wrong.
 *
 * @param source what the value was read from, to begin the message with
 * @throws UserError with a line for each thing that is wrong, for the first ten of them
 */
export function parseWith<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  source: string,
  { what, maxValues = MAX_VALUES, maxObjects = MAX_OBJECTS, remedy }: Context,
): z.output<Schema> {
  const refusal = (lines: readonly string[]) => {
    const end = remedy === undefined ? "" : `; ${remedy}`;
    return new UserError(lines.map((line) => `${source}: ${line}${end}`).join("\n"));
  };
  const { tooMuch, forbidden } = survey(value, { what, maxValues, maxObjects });
  if (tooMuch !== undefined) throw refusal([tooMuch]);
  const result = schema.safeParse(value);
  if (result.success && forbidden.length === 0) return result.data;
  const fields = (at: Path) => knownFields(schema, at);
  const lines = new Set(forbidden);
  let more = 0;
  for (const leaf of leavesOf(result.error?.issues ?? [], [])) {
    if (lines.size < MAX_LINES) lines.add(describe(leaf, value, what, fields));
    else more++;
  }
  if (more > 0) lines.add(`… and ${number(more)} more`);
  throw refusal([...lines]);
}

const MAX_LINES = 10;

/** One thing that is wrong. */
interface Leaf {
  readonly issue: Issue;
  readonly path: Path;
  readonly isUnknown: boolean;
}

/** What is wrong, with a union's choice made. */
function* leavesOf(issues: readonly Issue[], above: Path): Generator<Leaf> {
  for (const issue of issues) {
    const path = [...above, ...issue.path];
    // A choice by a field has no alternative left where that field has none of their values.
    if (issue.code === "invalid_union" && issue.errors.length > 0) {
      yield* leavesOf(furthest(issue.errors), path);
    } else if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) {
        if (key !== "__proto__") yield { issue, path: [...path, key], isUnknown: true };
      }
    } else {
      yield { issue, path, isUnknown: false };
    }
  }
}

function describe(
  { issue, path, isUnknown }: Leaf,
  root: unknown,
  what: string,
  fields: (path: Path) => string[],
): string {
  if (isUnknown) {
    const near = fields(path.slice(0, -1));
    return `${formatPath(path)}: ${unknownField(String(path.at(-1)), what, near)}`;
  }
  const value = valueAt(root, path);
  if (value === undefined) return `${formatPath(path)}: is missing; ${issue.message}`;
  const nearest =
    issue.code === "invalid_value" && nearestOf(String(value), issue.values.map(String));
  const hint = nearest ? `; did you mean "${nearest}"?` : "";
  return `${formatPath(path) || "the whole"}: ${issue.message}, got ${shown(value)}${hint}`;
}

/**
 * Of a union's alternatives, the issues of the one that the value was meant as: where they lie deepest, and
 * among those the one that knows most of its fields.
 */
function furthest(alternatives: Issue[][]): Issue[] {
  const isFurther = (one: Issue[], other: Issue[]) => {
    const deeper = depthOf(one) - depthOf(other);
    return deeper > 0 || (deeper === 0 && unknownIn(one) < unknownIn(other));
  };
  const [first, ...others] = alternatives;
  return others.reduce((best, next) => (isFurther(next, best) ? next : best), first);
}

function depthOf(issues: Issue[]): number {
  return issues.reduce((deepest, issue) => {
    const isUnknown = issue.code === "unrecognized_keys"; // its path is that of the object
    return Math.max(deepest, issue.path.length + (isUnknown ? 1 : 0));
  }, 0);
}

function unknownIn(issues: Issue[]): number {
  return issues.reduce(
    (total, issue) => total + (issue.code === "unrecognized_keys" ? issue.keys.length : 0),
    0,
  );
}

function unknownField(key: string, what: string, fields: string[]): string {
  if (fields.includes(key)) return "does not go with the fields beside it; remove it, or those";
  const nearest = nearestOf(key, fields);
  const remedy = nearest ? `did you mean "${nearest}"?` : `its fields are ${fields.join(", ")}`;
  return `is not a field of ${what}; ${remedy}`;
}

interface Survey {
  /** Why the value is not to be checked at all. */
  readonly tooMuch?: string;
  /** What is wrong with each `__proto__`, which would be dropped silently on the way through objects. */
  readonly forbidden: readonly string[];
}

/** Looks at the size of a value before a schema looks at each part of it. */
function survey(
  root: unknown,
  { what, maxValues, maxObjects }: Pick<Required<Context>, "what" | "maxValues" | "maxObjects">,
): Survey {
  const forbidden: string[] = [];
  let values = 0;
  let objects = 0;
  const look = (value: unknown, path: Path): string | undefined => {
    if (typeof value !== "object" || value === null) return undefined;
    if (path.length === MAX_NESTING) {
      return `${formatPath(path)}: must be nested at most ${MAX_NESTING} deep, is deeper; take the inner values out`;
    }
    if (++objects > maxObjects) return tooMany(maxObjects, "lists and objects", path);
    const isList = Array.isArray(value);
    if (isList) values += value.length;
    for (const key in value) {
      if (!isList) values++;
      if (values > maxValues) return tooMany(maxValues, "values", path);
      if (key === "__proto__" && forbidden.length < MAX_LINES) {
        forbidden.push(`${formatPath([...path, key])}: is not a field of ${what}; remove it`);
      }
      const inner = (value as Record<string, unknown>)[key];
      if (typeof inner === "object") {
        const tooMuch = look(inner, [...path, isList ? Number(key) : key]);
        if (tooMuch !== undefined) return tooMuch;
      }
    }
    return undefined;
  };
  const tooMuch = look(root, []);
  return { ...(tooMuch !== undefined && { tooMuch }), forbidden };
}

function tooMany(most: number, what: string, path: Path): string {
  const at = formatPath(path) || "the whole";
  return `${at}: must have at most ${number(most)} ${what} in all, has more; give fewer`;
}

/** `grid.depth[2]` */
function formatPath(path: Path): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${short(String(part))}`))
    .join("")
    .replace(/^\./, "");
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    root,
  );
}

/** The value as JSON, cut to a line. */
function shown(value: unknown): string {
  return short(typeof value === "number" ? String(value) : JSON.stringify(value));
}

/** Cut to a line. */
export function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Names of the fields that the schema has at `path`, in any of its alternatives. */
function knownFields(schema: z.ZodType, path: Path): string[] {
  let at = shapesOf(schema);
  for (const key of path) {
    if (typeof key === "number") continue;
    at = at.flatMap((shape) => shapesOf(shape[String(key)]));
  }
  return [...new Set(at.flatMap((shape) => Object.keys(shape)))];
}

/** The fields of the object that a schema is, or of those that it may be, alone or in a list. */
function shapesOf(schema: unknown): Readonly<Record<string, unknown>>[] {
  const def = (schema as z.ZodType | undefined)?.def as
    | {
        readonly innerType?: unknown;
        readonly options?: readonly unknown[];
        readonly element?: unknown;
        readonly shape?: Readonly<Record<string, unknown>>;
      }
    | undefined;
  if (!def) return [];
  if (def.shape) return [def.shape];
  return [def.innerType, def.element, ...(def.options ?? [])].flatMap(shapesOf);
}
