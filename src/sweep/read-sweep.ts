/** Reads a sweep file and applies what the command line overrides. */
import { readFile } from "node:fs/promises";
import { setProperty } from "dot-prop";
import parseJson, { JSONError } from "parse-json";
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
 * @throws UserError where the file cannot be read, is not JSON, or breaks a rule of the schema
 */
export async function readSweep(file: string, overrides: readonly Override[] = []): Promise<Sweep> {
  const content = parseSweepJson(await readText(file), file);
  if (typeof content === "object" && content !== null) {
    for (const { path, value } of overrides) setProperty(content, path, value);
  }
  return parseWith(sweepSchema, content, file);
}

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
  if (/(^|\.)(__proto__|prototype|constructor)($|\.|\[)/.test(path)) {
    throw new UserError(`--set: ${path}: is not a field of a sweep file; remove it`);
  }
  return { path, value: jsonOrText(value) };
}

function jsonOrText(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
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

function parseSweepJson(text: string, file: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JSONError)) throw error;
    const frame = error.rawCodeFrame ? `\n\n${error.rawCodeFrame}\n` : "";
    const [where] = /\(\d+:\d+\)|line \d+/.exec(error.message) ?? [];
    const [, line, column] = /\((\d+):(\d+)\)/.exec(where ?? "") ?? [];
    const place = line ? `line ${line}, column ${column}` : `line ${text.split("\n").length}`;
    throw new UserError(`${file}: ${place}: is not JSON; mend the file there${frame}`);
  }
}
