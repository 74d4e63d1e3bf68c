import fc from "fast-check";
import { expect, it } from "vitest";
import { wrapped } from "#lrn/output/pictures/svg.js";

/** Of letters that are each a unit wide; blanks at the ends are no ink. */
const width = (text: string, size: number) => text.trim().length * size;

/** Word by word, as one would by hand. */
function wrappedByHand(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && width(`${line} ${word}`, 1) * 1.12 <= most) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

const anyText = fc.array(fc.string({ maxLength: 9 }), { maxLength: 30 }).map((it) => it.join(" "));

it("has as many words in a line as fit, one at least", () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 0, max: 60 }), (text, most) => {
      expect(wrapped(text, most, width, 1)).toEqual(wrappedByHand(text, most));
    }),
  );
});

it("measures a line that fits once", () => {
  let times = 0;
  const counted = (text: string) => {
    times++;
    return text.length;
  };
  expect(wrapped("one line of six short words", 100, counted, 1)).toHaveLength(1);
  expect(times).toBe(1);
});
