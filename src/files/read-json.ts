/** JSON as a user may give it: of a bounded size, and with a message that names line and column. */
import { type ParseErrorCode, printParseErrorCode, visit } from "jsonc-parser";
import { UserError } from "../errors.js";

/** No file of lrn's is nested deeper than a few levels, and much that reads JSON calls itself for each. */
export const MAX_NESTING = 32;

/**
 * @param source what the text was read from, to begin messages with
 * @throws UserError with the line and column where the text is no JSON, or where it is nested too deep
 */
export function parseJson(text: string, source: string): unknown {
  const tooDeep = findTooDeep(text);
  if (tooDeep !== undefined) {
    throw new UserError(
      `${source}: ${placeOf(text, tooDeep)}: must be nested at most ${MAX_NESTING} deep, ` +
        "is deeper; take the inner values out",
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError(`${source}: ${firstSyntaxError(text)}`);
  }
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = new Set([..."[{"].map((sign) => sign.charCodeAt(0)));
const CLOSE = new Set([..."]}"].map((sign) => sign.charCodeAt(0)));

/** @returns where a bracket opens one level too many */
function findTooDeep(text: string): number | undefined {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text.charCodeAt(i);
    if (inString && sign === BACKSLASH) i++;
    else if (sign === QUOTE) inString = !inString;
    else if (!inString && OPEN.has(sign) && ++depth > MAX_NESTING) return i;
    else if (!inString && CLOSE.has(sign)) depth--;
  }
  return undefined;
}

/** Node's own message names no line, and for some mistakes no place at all. */
function firstSyntaxError(text: string): string {
  const { offset, code } = findSyntaxError(text);
  const rule = code === undefined ? "InvalidJson" : printParseErrorCode(code);
  const got = text.slice(Math.max(lineStart(text, offset), offset - 40), offset + 40);
  const [line] = got.split("\n");
  return (
    `${placeOf(text, offset)}: must be JSON, got ${JSON.stringify(line)} ` +
    `(${rule.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase()}); mend that line`
  );
}

function findSyntaxError(text: string): { offset: number; code?: ParseErrorCode } {
  const stop = new Error("found");
  let found: { offset: number; code?: ParseErrorCode } = { offset: 0 };
  const onError = (code: ParseErrorCode, offset: number) => {
    found = { code, offset };
    throw stop; // the rest may be millions of further errors
  };
  try {
    visit(text, { onError }, { disallowComments: true, allowEmptyContent: false });
  } catch (error) {
    if (error !== stop) throw error;
  }
  return found;
}

/** `line 3, column 5` */
function placeOf(text: string, offset: number): string {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    line++;
  }
  return `line ${line}, column ${offset - lineStart(text, offset) + 1}`;
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}
