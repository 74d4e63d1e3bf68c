import { describe, expect, it } from "vitest";
import { compareFolders } from "#lrn/analysis/compare-folders.js";
import type { FolderCell } from "#lrn/analysis/folder-cells.js";
import { fisherExactTest } from "#lrn/analysis/exact-tests.js";
import { cellOf } from "#lrn/model/cells.js";

/** A cell whose trials have these errors, from a seed on. */
function folderCell(
  depth: number,
  rmse: readonly number[],
  fields: Partial<FolderCell> = {},
): FolderCell {
  const cell = cellOf({
    depth,
    width: 2,
    connection: "plain",
    optimizer: "adam",
    learningRate: 0.1,
    trainingStyle: "batch",
  });
  return {
    cell,
    key: `key of ${depth}`,
    isBitStable: true,
    seeds: Float64Array.from(rmse.keys()),
    finalRmse: Float64Array.from(rmse),
    deadNeurons: Float64Array.from(rmse, (error) => (Number.isNaN(error) ? Number.NaN : 1)),
    ...fields,
  };
}

const verdictsOf = (before: FolderCell[], after: FolderCell[]) =>
  compareFolders(before, after, 0.07).cells.map(({ cell, verdict }) => [cell.depth, verdict]);
const times = (count: number, value: number) => new Array<number>(count).fill(value);

describe("a cell", () => {
  it("is the same, appeared or vanished", () => {
    const [two, five, ten] = [2, 5, 10].map((depth) => folderCell(depth, [0.01, 0.5, Number.NaN]));
    expect(verdictsOf([two, five], [two, ten])).toEqual([
      [2, "same"],
      [5, "vanished"],
      [10, "appeared"],
    ]);
  });

  it("that nobody trained yet is left out, and one that only one folder has trained counts as there alone", () => {
    const none = folderCell(2, []);
    expect(verdictsOf([none], [none])).toEqual([]);
    expect(verdictsOf([none], [folderCell(2, [0.1])])).toEqual([[2, "appeared"]]);
  });

  it("contradicts itself where the same trial has other numbers, also where it then diverged", () => {
    const before = folderCell(2, [0.01, 0.5, 0.3]);
    for (const rmse of [0.5000001, Number.NaN]) {
      const [found] = compareFolders([before], [folderCell(2, [0.01, rmse, 0.3])], 0.07).cells;
      expect(found).toMatchObject({ verdict: "contradiction", differing: [1], p: null });
    }
    const dead = folderCell(2, [0.01, 0.5, 0.3], { deadNeurons: Float64Array.of(1, 1, 2) });
    expect(compareFolders([before], [dead], 0.07).cells[0].differing).toEqual([2]);
  });

  it("of another arithmetic, or of an engine that is not bit-stable, is tested in pairs", () => {
    const before = folderCell(2, times(12, 0.5));
    const few = [...times(5, 0.01), ...times(7, 0.5)];
    const many = [...times(8, 0.01), ...times(4, 0.5)];
    for (const fields of [{ key: "another" }, { isBitStable: false }]) {
      expect(verdictsOf([before], [folderCell(2, few, fields)])).toEqual([[2, "cannot tell"]]);
      const [moved] = compareFolders([before], [folderCell(2, many, fields)], 0.07).cells;
      // Eight pairs that differ one way, by McNemar's exact test, and dead neurons that do not, under one level.
      expect(moved).toMatchObject({ verdict: "moved", p: expect.closeTo(2 * 2 ** -7, 12) });
      expect(moved.before).toEqual({ trials: 12, converged: 0, deadNeurons: 12 });
      expect(moved.after).toEqual({ trials: 12, converged: 8, deadNeurons: 12 });
    }
  });

  it("without a seed in both is tested as two samples", () => {
    const later = { seeds: Float64Array.from({ length: 10 }, (_, i) => 100 + i) };
    const [found] = compareFolders(
      [folderCell(2, times(10, 0.5))],
      [folderCell(2, times(10, 0.01), later)],
      0.07,
    ).cells;
    const p = fisherExactTest([
      [0, 10],
      [10, 0],
    ]);
    expect(found).toMatchObject({ verdict: "moved", shared: 0, p });
  });
});

it("totals are over the seeds that both have", () => {
  const { totals } = compareFolders(
    [folderCell(2, [0.01, 0.5, 0.5]), folderCell(5, [0.01, 0.01])],
    [folderCell(2, [0.01, 0.01], { key: "another" }), folderCell(5, [0.01, 0.01, 0.5])],
    0.07,
  );
  expect(totals).toMatchObject({ shared: 4, converged: [3, 4], difference: 0.25, p: 1 });
  expect(compareFolders([folderCell(2, [1])], [folderCell(5, [1])], 0.07).totals).toBeNull();
});
