import { describe, expect, it } from "vitest";
import type { GridCell } from "#lrn/analysis/dimensions.js";
import { layoutOf } from "#lrn/figures/plot-layout.js";
import type { PartialCell } from "#lrn/model/axes.js";
import { cellOf, type NamedAxes } from "#lrn/model/cells.js";

const USUAL: NamedAxes = {
  depth: 5,
  width: 2,
  connection: "plain",
  optimizer: "adam",
  learningRate: 0.01,
  trainingStyle: "batch",
};

/** Every combination of some axes' values. */
function cells(
  axes: { readonly [Name in keyof PartialCell]: readonly unknown[] },
  grid?: string,
): GridCell[] {
  return Object.entries(axes)
    .reduce<PartialCell[]>(
      (all, [name, values]) =>
        all.flatMap((cell) => values!.map((value) => ({ ...cell, [name]: value }))),
      [{}],
    )
    .map((cell) => ({ cell: cellOf({ ...USUAL, ...cell } as NamedAxes), grid }));
}

const thesis = cells({
  depth: [2, 5, 10, 15, 20, 25, 30],
  width: [2, 4],
  connection: ["plain", "late-residual"],
  optimizer: ["adam", "sgd"],
  learningRate: [0.1, 0.01, 0.001],
  trainingStyle: ["iterative", "batch"],
});
const remedies = ["relu", "gelu", "silu"].flatMap((activation) =>
  cells({ depth: [5, 10], width: [2, 4], activation: [activation] }, activation),
);

describe("without a word", () => {
  it.each([
    [
      "the thesis",
      thesis,
      { x: "depth", colour: "connection", column: "learningRate", row: "trainingStyle" },
    ],
    ["one cell", cells({}), { x: "depth" }],
    [
      "epochs",
      cells({ epochs: [10, 100], connection: ["plain", "dense"] }),
      { x: "epochs", colour: "connection" },
    ],
    ["words alone", cells({ connection: ["plain", "dense"] }), { x: "connection" }],
    [
      "another axis than connection",
      cells({ depth: [2, 5], activation: ["relu", "gelu"] }),
      { x: "depth", colour: "activation" },
    ],
    ["named grids", remedies, { x: "depth", colour: "grid", column: "width" }],
    [
      "named grids without a number",
      remedies.filter(({ cell }) => cell.depth === 5 && cell.width === 2),
      { x: "grid" },
    ],
    [
      "one named grid",
      cells({ depth: [2, 5], connection: ["plain", "dense"] }, "alone"),
      { x: "depth", colour: "connection" },
    ],
  ])("%s", (_, of, layout) => expect(layoutOf(of, {}, 1)).toEqual(layout));

  it("has a dozen panels at the most, whatever is shown", () => {
    const many = cells({
      depth: [2, 5],
      learningRate: [0.1, 0.01, 0.001],
      width: [2, 3, 4, 5, 6],
      optimizer: ["adam", "sgd"],
    });
    expect(layoutOf(many, {}, 1)).toMatchObject({ column: "learningRate", row: "optimizer" });
    expect(layoutOf(many, {}, 3)).toMatchObject({ column: "learningRate" });
    expect(layoutOf(many, {}, 3).row).toBeUndefined();
  });
});

describe("as asked", () => {
  it("places the rest around it, and no panels beside those that were asked for", () => {
    expect(layoutOf(thesis, { x: "learningRate" }, 1)).toEqual({
      ...{ x: "learningRate", colour: "connection", column: "trainingStyle", row: "width" },
    });
    expect(layoutOf(thesis, { row: "optimizer" }, 1)).toEqual({
      ...{ x: "depth", colour: "connection", row: "optimizer" },
    });
    expect(layoutOf(thesis, { colour: "none", column: "none" }, 1)).toEqual({ x: "depth" });
  });

  it("a league has its panels, and no colours that would be too many", () => {
    expect(layoutOf(remedies, { x: "grid", column: "width" }, 1)).toEqual({
      ...{ x: "grid", colour: "depth", column: "width" },
    });
  });

  it("compares grids where a place is left for them, and what differs between them elsewhere", () => {
    expect(layoutOf(remedies, { x: "width" }, 1)).toMatchObject({ x: "width", colour: "grid" });
    expect(layoutOf(remedies, { x: "depth", colour: "width" }, 1)).toEqual({
      ...{ x: "depth", colour: "width", column: "activation" },
    });
    const unnamed = cells({ depth: [5, 10, 20], width: [2, 4, 8] });
    expect(layoutOf([...remedies, ...unnamed], {}, 1)).toEqual(layoutOf(remedies, {}, 1));
  });

  it("refuses an axis that is asked for twice", () => {
    expect(() => layoutOf(thesis, { x: "depth", row: "depth" }, 1)).toThrow(
      "--row: depth stands at --x already; give another axis, or leave one of the two out",
    );
  });

  it("refuses more panels or lines than anybody looks at", () => {
    expect(() => layoutOf(thesis, { x: "width", row: "depth", column: "learningRate" }, 3)).toThrow(
      /^there would be 63 panels, of --row depth \(7\) and --column learningRate \(3\) and --y \(3\); the most is 60: .*--row none/,
    );
    const many = cells({ depth: Array.from({ length: 50 }, (_, i) => i + 1), width: [2, 4] });
    expect(() => layoutOf(many, { x: "width", colour: "depth" }, 1)).toThrow(
      "--colour: depth has 50 values, and the most is 40",
    );
  });
});
