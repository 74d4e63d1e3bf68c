import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UserError } from "#lrn/errors.js";
import { parseJson } from "#lrn/files/read-json.js";
import { anyCharacters } from "../any-text.js";

const COMMENTS = { comments: true };

describe("with comments", () => {
  /** What may stand between any two tokens. */
  const trivia = fc.oneof(
    fc.constantFrom("", " ", "\n", "\r\n\t"),
    fc.string().map((text) => `/*${text.replaceAll("*/", "")}*/`),
    anyCharacters().map((text) => `//${text.replace(/[\r\n]/g, "")}\n`),
  );
  const commented = fc
    .tuple(
      fc.jsonValue({ maxDepth: 4 }),
      fc.array(trivia, { minLength: 20, maxLength: 40 }),
      fc.boolean(),
    )
    .map(([value, between, withCommas]) => {
      const json = JSON.stringify(value);
      const tokens = json.match(/"(?:\\.|[^"\\])*"|[[\]{},:]|[^[\]{},:"]+/g)!;
      let i = 0;
      const next = () => between[i++ % between.length];
      const text = tokens.map((token, at) => {
        const ends = /^[\]}]$/.test(token) && !/^[[{]$/.test(tokens[at - 1] ?? "");
        return `${next()}${ends && withCommas ? `,${next()}` : ""}${token}`;
      });
      return { value: JSON.parse(json) as unknown, text: text.join("") + next() };
    });

  it("is what is left without them, and without commas that end lists", () => {
    fc.assert(
      fc.property(commented, ({ value, text }) => {
        expect(parseJson(text, "x", COMMENTS)).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  it("is read or refused, whatever it is", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      "//",
      "/*",
      "*/",
      "\n",
      "1",
      '"a"',
      "\\",
    );
    const text = fc.array(fc.oneof(pieces, fc.string({ maxLength: 2 })), { maxLength: 12 });
    fc.assert(
      fc.property(text, (parts) => {
        try {
          parseJson(parts.join(""), "x", COMMENTS);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
          expect((error as Error).message).toMatch(/^x: line \d+, column \d+: must be JSON/);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("gives __proto__ as a field of its own, to be refused", () => {
    const value = parseJson('{ "__proto__": { "a": 1 }, }', "x", COMMENTS) as object;
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect((value as { a?: number }).a).toBeUndefined();
  });

  it("counts brackets outside of comments only, however many there are", () => {
    const brackets = "[".repeat(100_000);
    expect(parseJson(`/* ${brackets} */ [1] // ${brackets}`, "x", COMMENTS)).toEqual([1]);
    expect(() => parseJson(`// it's "\n${brackets}`, "x", COMMENTS)).toThrow(
      "x: line 2, column 33: must be nested at most 32 deep",
    );
  });
});

it("without them refuses both", () => {
  expect(() => parseJson("// a comment\n{}", "x")).toThrow("x: line 1, column 1: must be JSON");
  expect(() => parseJson("[1,]", "x")).toThrow("x: line 1, column 4: must be JSON");
});
