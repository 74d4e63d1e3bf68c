import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { visible, visibleLines } from "#lrn/output/visible.js";
import { anyCharacters } from "../any-text.js";

/** By Unicode's own classes: control and format characters, separators of lines, halves of pairs. */
const STEERS = /\p{Cc}|\p{Zl}|\p{Zp}|\p{Surrogate}|\p{Bidi_Control}/u;

/** Everything up to beyond what turns the direction of writing. */
const signs = Array.from({ length: 0x2100 }, (_, code) => String.fromCharCode(code));

describe("of each sign on its own", () => {
  it("those that steer a terminal are written out, as JSON reads them back", () => {
    for (const sign of signs.filter((each) => STEERS.test(each))) {
      const shown = visible(sign);
      expect(shown).toMatch(/^[\x20-\x7e]+$/);
      expect(JSON.parse(`"${shown}"`)).toBe(sign);
    }
  });

  it("all others stay as they are", () => {
    const others = [
      ...signs.filter((each) => !STEERS.test(each)),
      ...["é", "☃", "日本", "👩‍🔬", "−", "│"],
    ];
    expect(others.map(visible)).toEqual(others);
  });
});

it("is one line, in which no sign steers, of any text", () => {
  const text = anyCharacters(50);
  fc.assert(
    fc.property(text, (given) => {
      expect(visible(given)).not.toMatch(STEERS);
      expect(visible(given)).not.toContain("\n");
      expect(visibleLines(given).split("\n")).toEqual(given.split("\n").map(visible));
    }),
    { numRuns: 500 },
  );
});

it("has no beginning of an older workflow command, nested ones neither", () => {
  for (const text of ["##[error]x", "a##[group]", "####[[x", "##[##[debug]]"]) {
    expect(visible(text)).not.toContain("##[");
  }
  expect(visible("a [link] # and ## [x]")).toBe("a [link] # and ## [x]");
});
