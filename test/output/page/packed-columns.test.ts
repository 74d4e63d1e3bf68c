import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { base64Of, bytesOf, packColumn, unpackColumn } from "#lrn/output/page/packed-columns.js";

const BYTES = { uint8: 1, uint16: 2, uint32: 4, float64: 8 } as const;
const bitsOf = (values: Float64Array) => [...new BigUint64Array(values.slice().buffer)];
const columnOf = (...values: number[]) => packColumn(Float64Array.from(values));

describe("a packed column", () => {
  const anyNumbers = fc.oneof(
    fc.array(fc.double()),
    fc.array(fc.nat(300)),
    fc.array(fc.integer({ min: -3, max: 2 ** 33 })),
    fc.array(fc.constantFrom(0, -0, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, 5e-324, 0.1)),
  );

  it("is read back with the same bits, in eight bytes a number at most", () => {
    fc.assert(
      fc.property(anyNumbers, (numbers) => {
        const values = Float64Array.from(numbers);
        const packed = packColumn(values);
        expect(bitsOf(unpackColumn(packed))).toEqual(bitsOf(values));
        expect(Buffer.from(packed.base64, "base64")).toHaveLength(
          BYTES[packed.type] * values.length,
        );
      }),
    );
  });

  it("has the fewest bytes that its largest whole number needs", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2 ** 31 - 1), { minLength: 1 }), (numbers) => {
        const bytes = Math.ceil(Math.max(...numbers).toString(16).length / 2);
        const least = bytes <= 1 ? 1 : bytes <= 2 ? 2 : 4;
        expect(BYTES[columnOf(...numbers).type]).toBe(least);
      }),
    );
  });

  it.each([
    [[], "uint8"],
    [[0, 255], "uint8"],
    [[256], "uint16"],
    [[65_535, 1], "uint16"],
    [[65_536], "uint32"],
    [[2 ** 32 - 1], "uint32"],
    [[2 ** 32], "float64"],
    [[1, 0.5], "float64"],
    [[-1], "float64"],
    [[0, -0], "float64"],
    [[Number.NaN], "float64"],
    [[Number.POSITIVE_INFINITY], "float64"],
  ] as const)("%j is %s", (numbers, type) => {
    expect(columnOf(...numbers).type).toBe(type);
  });
});

it("bytes are base64 as Node's, of any length", () => {
  for (const length of [0, 1, 2, 3, 0x7fff, 0x8000, 0x8001, 100_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 167) % 256);
    const text = base64Of(bytes);
    expect(text === Buffer.from(bytes).toString("base64"), `${length}`).toBe(true);
    expect(Buffer.from(bytesOf(text))).toEqual(Buffer.from(bytes));
  }
});
