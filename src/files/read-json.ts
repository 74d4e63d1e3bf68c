/** JSON as a user may give it: of a bounded size, and with a message that names line and column. */
import {
  createScanner,
  type JSONVisitor,
  type ParseErrorCode,
  printParseErrorCode,
  visit,
} from "jsonc-parser";
import { UserError } from "../errors.js";

/** No file of lrn's is nested deeper than a few levels, and much that reads JSON calls itself for each. */
export const MAX_NESTING = 32;

export interface JsonSyntax {
  /** Whether comments and commas before a closing bracket are let be, as editors know them from .jsonc files. */
  readonly comments: boolean;
}

/**
 * @param source what the text was read from, to begin messages with
 * @throws UserError with the line and column where the text is no JSON, or where it is nested too deep
 */
export function parseJson(
  text: string,
  source: string,
  { comments }: JsonSyntax = { comments: false },
): unknown {
  const bare = comments ? withoutComments(text) : text;
  const tooDeep = findTooDeep(bare);
  if (tooDeep !== undefined) {
    throw new UserError(
      `${source}: ${placeOf(text, tooDeep)}: must be nested at most ${MAX_NESTING} deep, ` +
        "is deeper; take the inner values out",
    );
  }
  const plain = parsed(text);
  if (plain) return plain.value;
  const { mistake, commas } = look(text, comments);
  const mended = mistake ? undefined : parsed(without(commas, bare));
  if (mended) return mended.value;
  throw new UserError(`${source}: ${describe(text, mistake)}`);
}

/**
 * With blanks in the place of comments, so that what is found in the rest is found where it stands.
 * jsonc-parser's `stripComments` puts a blank too many for some, as for one right behind `false`.
 */
function withoutComments(text: string): string {
  const scanner = createScanner(text);
  const parts: string[] = [];
  let end = 0;
  while (end < text.length) {
    scanner.scan();
    const token = text.slice(end, scanner.getPosition());
    parts.push(COMMENT.test(token) ? token.replace(/[^\r\n]/g, " ") : token);
    end += token.length;
  }
  return parts.join("");
}

/** One that has no end is none. */
const COMMENT = /^(\/\/|\/\*.*\*\/$)/s;

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
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

interface Mistake {
  readonly offset: number;
  readonly code?: ParseErrorCode;
}

/** Node's own message names no line, and for some mistakes no place at all. */
function describe(text: string, { offset, code }: Mistake = { offset: 0 }): string {
  const rule = code === undefined ? "InvalidJson" : printParseErrorCode(code);
  const got = text.slice(Math.max(lineStart(text, offset), offset - 40), offset + 40);
  const [line] = got.split("\n");
  return (
    `${placeOf(text, offset)}: must be JSON, got ${JSON.stringify(line)} ` +
    `(${rule.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase()}); mend that line`
  );
}

/** @returns the first mistake, if any, and where commas stand before closing brackets */
function look(text: string, comments: boolean): { mistake?: Mistake; commas: number[] } {
  const stop = new Error("found");
  let mistake: Mistake | undefined;
  const commas: number[] = [];
  let comma: number | undefined; // the latest, as long as nothing follows it
  const follow = () => {
    comma = undefined;
  };
  const close = () => {
    if (comma !== undefined) commas.push(comma);
    comma = undefined;
  };
  const visitor: JSONVisitor = {
    onError(code, offset) {
      mistake = { code, offset };
      throw stop; // the rest may be millions of further errors
    },
    onSeparator(sign, offset) {
      if (sign === ",") comma = offset;
    },
    ...{ onObjectBegin: follow, onArrayBegin: follow, onObjectProperty: follow },
    ...{ onLiteralValue: follow, onObjectEnd: close, onArrayEnd: close },
  };
  try {
    visit(text, visitor, { disallowComments: !comments, allowTrailingComma: comments });
  } catch (thrown) {
    if (thrown !== stop) throw thrown;
  }
  return { ...(mistake && { mistake }), commas };
}

/** The text with blanks in the place of commas. */
function without(commas: readonly number[], text: string): string {
  const parts = commas.map((at, i) => text.slice((commas[i - 1] ?? -1) + 1, at));
  return [...parts, text.slice((commas.at(-1) ?? -1) + 1)].join(" ");
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
