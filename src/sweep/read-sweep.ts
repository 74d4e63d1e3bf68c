/** Reads a sweep file and applies what the command line overrides. */
import { readFile } from "node:fs/promises";
import { setProperty } from "dot-prop";
import { type ParseError, parse as parseTolerantly, printParseErrorCode } from "jsonc-parser";
import { UserError } from "../errors.js";
import { type Sweep, sweepSchema } from "./schema.js";
import { parseWith } from "./schema-errors.js";

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
  const content = parseJson(await readText(file), file);
  if (typeof content === "object" && content !== null) {
    for (const { path, value } of overrides) setProperty(content, path, value);
  }
  return parseWith(sweepSchema, content, [file, ...given].join(" "));
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

async function readText(file: string): Promise<string> {
  try {
    const text = await readFile(file, "utf8");
    return text.replace(/^\uFEFF/, ""); // some editors begin a file with a byte order mark
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") {
      throw new UserError(`${file}: there is no such file; give the path of a sweep file`);
    }
    if (code === "EISDIR") {
      throw new UserError(`${file}: is a folder; give the path of a sweep file`);
    }
    throw new UserError(`${file}: cannot be read (${code}); give the path of a readable file`);
  }
}

/** @throws UserError with the line and column where the text is no JSON */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError(`${file}: ${firstSyntaxError(text)}`);
  }
}

/** Node's own message names no line, and for some mistakes no place at all. */
function firstSyntaxError(text: string): string {
  const errors: ParseError[] = [];
  parseTolerantly(text, errors, { disallowComments: true, allowEmptyContent: false });
  const offset = errors[0]?.offset ?? 0;
  const rule = errors[0] ? printParseErrorCode(errors[0].error) : "InvalidJson";
  const before = text.slice(0, offset).split("\n");
  const line = before.length;
  const column = before[line - 1].length + 1;
  const got = text.split("\n")[line - 1].slice(Math.max(0, column - 40), column + 40);
  return (
    `line ${line}, column ${column}: must be JSON, got ${JSON.stringify(got)} ` +
    `(${rule.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase()}); mend that line`
  );
}
