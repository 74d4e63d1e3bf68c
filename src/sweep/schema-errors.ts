/** Turns what a schema found wrong into messages that name the field, the rule, the value and the remedy. */
import type { z } from "zod";
import { nearestOf, UserError } from "../errors.js";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * Checks `value` against `schema`.
 *
 * @param source what the value was read from, to begin the message with
 * @throws UserError with a line for each thing that is wrong
 */
export function parseWith<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  source: string,
): z.output<Schema> {
  const forbidden = describeForbiddenKeys(value);
  const result = schema.safeParse(value);
  if (result.success && forbidden.length === 0) return result.data;
  const found = leavesOf(result.error?.issues ?? [], []);
  const fields = (at: Path) => knownFields(schema, at);
  const described = found.slice(0, MAX_LINES).flatMap((leaf) => describe(leaf, value, fields));
  const all = [...new Set([...forbidden, ...described])];
  const lines = all.slice(0, MAX_LINES);
  const more = all.length - lines.length + Math.max(0, found.length - MAX_LINES);
  if (more > 0) lines.push(`… and ${more.toLocaleString("en-US")} more`);
  throw new UserError(lines.map((line) => `${source}: ${line}`).join("\n"));
}

const MAX_LINES = 10;

interface Leaf {
  readonly issue: Issue;
  readonly path: Path;
}

/** What is wrong, with a union's choice made. */
function leavesOf(issues: readonly Issue[], above: Path): Leaf[] {
  return issues.flatMap((issue) => {
    const path = [...above, ...issue.path];
    if (issue.code === "invalid_union") return leavesOf(furthest(issue.errors), path);
    return [{ issue, path }];
  });
}

function describe(
  { issue, path }: Leaf,
  root: unknown,
  fields: (path: Path) => string[],
): string[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys
      .filter((key) => key !== "__proto__")
      .map((key) => `${formatPath([...path, key])}: ${unknownField(key, fields(path))}`);
  }
  const value = valueAt(root, path);
  if (value === undefined) return [`${formatPath(path)}: is missing; ${issue.message}`];
  const nearest =
    issue.code === "invalid_value" && nearestOf(String(value), issue.values.map(String));
  const hint = nearest ? `; did you mean "${nearest}"?` : "";
  return [`${formatPath(path) || "the whole"}: ${issue.message}, got ${shown(value)}${hint}`];
}

/** Of a union's alternatives, the issues of the one that the value was meant as: where they lie deepest. */
function furthest(alternatives: Issue[][]): Issue[] {
  const depth = (issues: Issue[]) =>
    issues.reduce((deepest, issue) => Math.max(deepest, issue.path.length), 0);
  const [first, ...others] = alternatives;
  return others.reduce((best, next) => (depth(next) > depth(best) ? next : best), first);
}

function unknownField(key: string, fields: string[]): string {
  const nearest = nearestOf(key, fields);
  const remedy = nearest ? `did you mean "${nearest}"?` : `its fields are ${fields.join(", ")}`;
  return `is not a field of a sweep file; ${remedy}`;
}

/** No field lies deeper, so nothing below needs looking at. */
const MAX_DEPTH = 8;

/** `__proto__` as a key would be dropped silently on the way through objects. */
function describeForbiddenKeys(value: unknown, path: Path = []): string[] {
  if (typeof value !== "object" || value === null || path.length > MAX_DEPTH) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "__proto__"
      ? [`${formatPath([...path, key])}: is not a field of a sweep file; remove it`]
      : describeForbiddenKeys(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** `grid.depth[2]` */
function formatPath(path: Path): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
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
  const text = typeof value === "number" ? String(value) : asJson(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "a value nested too deep to show"; // deeper than the stack
  }
}

/** Names of the fields that the schema has at `path`. */
function knownFields(schema: z.ZodType, path: Path): string[] {
  let at: unknown = schema;
  const unwrap = (node: unknown): z.core.$ZodTypeDef | undefined => {
    const def = (node as z.ZodType | undefined)?.def as
      | (z.core.$ZodTypeDef & { innerType?: unknown; options?: unknown[]; element?: unknown })
      | undefined;
    if (def?.innerType) return unwrap(def.innerType);
    if (def?.options) return unwrap(def.options[0]);
    return def;
  };
  for (const key of path) {
    if (typeof key === "number") continue;
    at = (unwrap(at) as { shape?: Record<string, unknown> } | undefined)?.shape?.[String(key)];
  }
  return Object.keys((unwrap(at) as { shape?: object } | undefined)?.shape ?? {});
}
