import fc from "fast-check";

const character = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));

/**
 * Text of any code points, halves of surrogate pairs among them. fast-check's own, `fc.string({ unit: "binary" })`, first
 * makes a table of a million characters, each time.
 */
export function anyCharacters(maxLength?: number): fc.Arbitrary<string> {
  const length = maxLength === undefined ? {} : { maxLength };
  return fc.array(character, length).map((characters) => characters.join(""));
}
