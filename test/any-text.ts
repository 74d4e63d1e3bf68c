import fc from "fast-check";

const character = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));

/** Names that every object has without having been given them. */
const OF_OBJECTS = ["__proto__", "constructor", "toString", "valueOf", "hasOwnProperty"];

/**
 * Text of any code points, halves of surrogate pairs among them, and now and then a name that objects have anyway.
 * fast-check's own, `fc.string({ unit: "binary" })`, first makes a table of a million characters, each time.
 */
export function anyCharacters(maxLength = Number.POSITIVE_INFINITY): fc.Arbitrary<string> {
  const length = Number.isFinite(maxLength) ? { maxLength } : {};
  const characters = fc.array(character, length).map((each) => each.join(""));
  const names = fc.constantFrom(...OF_OBJECTS.filter((name) => name.length <= maxLength));
  return fc.oneof({ weight: 15, arbitrary: characters }, { weight: 1, arbitrary: names });
}
