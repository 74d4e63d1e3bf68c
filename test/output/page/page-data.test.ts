import fc from "fast-check";
import { expect, it } from "vitest";
import { AXIS_NAMES } from "#lrn/model/axes.js";
import { packCells, unpackCells } from "#lrn/output/page/page-data.js";
import { anyCell } from "../../model/axis-values.js";

it("cells are read back as they are, each value of an axis once", () => {
  fc.assert(
    fc.property(fc.array(anyCell, { maxLength: 8 }), (cells) => {
      const packed = JSON.parse(JSON.stringify(packCells(cells)));
      expect(unpackCells(packed)).toEqual(cells);
      for (const name of AXIS_NAMES) {
        const texts = cells.map((cell) => JSON.stringify(cell[name]));
        expect(packed.values[name]).toHaveLength(new Set(texts).size);
      }
    }),
    { numRuns: 30 },
  );
});
