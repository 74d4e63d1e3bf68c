/** Reads a sweep file and applies what the command line overrides. */
import { getProperty, parsePath, setProperty, stringifyPath } from "dot-prop";
import { UserError } from "../errors.js";
import { readText } from "../files/read.js";
import { parseJson } from "../files/read-json.js";
import { parseWith, short } from "../files/schema-errors.js";
import { MAX_FILE_BYTES, type Sweep, sweepSchema } from "./schema.js";

const SWEEP_FILE = { what: "a sweep file" };

/** A value that replaces a sweep file's at a path of fields, as `grid.depth`. */
export interface Override {
  readonly path: string;
  readonly value: unknown;
}

/**
 * @param file path of the sweep file
 * @param overrides applied in their order, before anything is checked
 * @param given what the overrides were given as, for messages
 * @throws UserError where the file cannot be read, is not JSON, or breaks a rule of the schema
 */
export async function readSweep(
  file: string,
  overrides: readonly Override[] = [],
  given: readonly string[] = [],
): Promise<Sweep> {
  const content = await readContent(file, MAX_FILE_BYTES);
  if (typeof content === "object" && content !== null) {
    for (const { path, value } of overrides) {
      refuseFieldOfList(content, path);
      setProperty(content, path, value);
    }
  }
  return parseWith(sweepSchema, content, [file, ...given.map(short)].join(" "), SWEEP_FILE);
}

/** @throws UserError where a path gives a list a field, which would be lost: its values have fields */
function refuseFieldOfList(content: object, path: string): void {
  const parts = parsePath(path);
  for (let i = 1; i < parts.length; i++) {
    const list = stringifyPath(parts.slice(0, i));
    if (typeof parts[i] === "number" || !Array.isArray(getProperty(content, list))) continue;
    const first = stringifyPath([...parts.slice(0, i), 0, ...parts.slice(i)]);
    throw new UserError(
      `--set: ${path}: must say which value of the list ${list} is meant, as ${first}`,
    );
  }
}

/** A sweep as it is written, by hand or by a program: what has a default may be left out. */
export type SweepFile = Pick<Sweep, "name" | "grid" | "seeds"> & Partial<Sweep>;

/**
 * Checks a sweep that a program made, and fills in its defaults.
 *
 * @throws UserError where it breaks a rule of the schema
 */
export function checkedSweep(sweep: SweepFile): Sweep {
  return parseWith(sweepSchema, sweep, "sweep", SWEEP_FILE);
}

/** As `readSweep`, of what a sweep wrote of its file: longer by line breaks and defaults. */
export async function readResolvedSweep(file: string): Promise<Sweep> {
  return parseWith(sweepSchema, await readContent(file, 4 * MAX_FILE_BYTES), file, SWEEP_FILE);
}

async function readContent(file: string, maxBytes: number): Promise<unknown> {
  const text = await readText(file, { what: "the path of a sweep file", maxBytes });
  if (text !== undefined) return parseJson(text, file);
  throw new UserError(`${file || '""'}: there is no such file; give the path of a sweep file`);
}

const FIELD_PATH = /^[\w$]+(\.\w+|\[\d{1,4}\])*$/;

/**
 * `grid.depth=[2,5]`: a path, and a value that is read as JSON, or as text where it is none.
 *
 * @throws UserError where there is no path or no value
 */
export function parseOverride(text: string): Override {
  const [, path, value] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (path === undefined || value === undefined) {
    throw new UserError(
      `--set: must be key=value, as grid.depth=[2,5], got ${JSON.stringify(text)}`,
    );
  }
  if (/(^|\.)(__proto__|prototype|constructor)($|\.|\[)/.test(path) || !FIELD_PATH.test(path)) {
    throw new UserError(
      `--set: ${path}: is not a field of a sweep file, as grid.depth or grid[0].depth`,
    );
  }
  return { path, value: jsonOrText(value) };
}

/** A value on the command line: JSON, or text where it is none. */
export function jsonOrText(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
