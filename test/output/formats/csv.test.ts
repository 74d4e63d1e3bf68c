import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvLines } from "#lrn/output/formats/csv.js";

describe("text that a spreadsheet would run", () => {
  it.each(["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1", "-", "-1e999"])(
    "%j gets an apostrophe",
    (text) => {
      expect(csvLines([["a", text]])).toContain(`'${text}`);
    },
  );

  it.each(["-1.5", "+3", "-2e-7", "late-residual", "a=b", "", "'quoted'"])(
    "%j does not",
    (text) => {
      expect(csvLines([["a", text]])).toBe(`a,${text}\n`);
    },
  );

  it("is never a number", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(csvLines([[value]])).toBe(`${value}\n`);
        expect(csvLines([[String(value)]])).toBe(`${value}\n`);
      }),
    );
  });
});

it("writes nothing for no value, and truth as a word", () => {
  expect(csvLines([["a", null, true, false, 'x,"y"']])).toBe('a,,true,false,"x,""y"""\n');
});
