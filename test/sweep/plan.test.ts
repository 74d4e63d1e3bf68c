import { describe, expect, it } from "vitest";
import { cellsOfGrids, planSweep } from "#lrn/sweep/plan.js";
import { SMALL_GRID, sweepOf } from "./sweeps.js";

const plan = (fields: object) => planSweep(sweepOf(fields), "float32/1");

it("expands every combination of the axes' values, in the file's order", () => {
  const { cells, trials } = plan({
    grid: { ...SMALL_GRID, depth: [5, 2], connection: ["plain", "late-residual"] },
    seeds: 3,
  });
  expect(cells.map(({ cell }) => `${cell.depth} ${cell.connection}`)).toEqual([
    "5 plain",
    "5 late-residual",
    "2 plain",
    "2 late-residual",
  ]);
  expect(trials).toBe(12);
});

it("takes the union of a list of grids, and nothing twice", () => {
  const grid = [
    { ...SMALL_GRID, depth: [2, 2, 5] },
    { ...SMALL_GRID, depth: [5, 10] },
  ];
  const { cells, seeds, trials } = plan({ grid, seeds: [4, 4, 7] });
  expect(cells.map(({ cell }) => cell.depth)).toEqual([2, 5, 10]);
  expect(seeds).toEqual([4, 7]);
  expect(trials).toBe(6);
});

it("says which cells are of which grid, by the names that grids have; names decide no number", () => {
  const grid = [
    { ...SMALL_GRID, name: "shallow", depth: [2] },
    { ...SMALL_GRID, depth: [5, 10] },
  ];
  const grids = cellsOfGrids(sweepOf({ grid, seeds: 1 }));
  expect(grids.map(({ name, cells }) => [name, ...cells.map(({ depth }) => depth)])).toEqual([
    ["shallow", 2],
    [undefined, 5, 10],
  ]);
  const unnamed = grid.map((axes) => ({ ...axes, name: undefined }));
  expect(plan({ grid, seeds: 1 })).toEqual(plan({ grid: unnamed, seeds: 1 }));
});

describe("more than ten million trials", () => {
  it("are refused with their number", () => {
    expect(() => plan({ grid: { ...SMALL_GRID, depth: [1, 2, 3] }, seeds: 4_000_000 })).toThrow(
      "must ask for at most 10,000,000 trials, got 12,000,000",
    );
  });

  it("are counted over all grids before anything is expanded", () => {
    const long = Array.from({ length: 1000 }, (_, i) => i + 1);
    const width = long.slice(0, 256);
    const learningRate = long.map((value) => value / 1000);
    const grid = { ...SMALL_GRID, depth: long, width, learningRate };
    expect(() => plan({ grid: [grid, grid], seeds: 1 })).toThrow("got 512,000,000");
  });
});

describe("more than 250,000 cells", () => {
  const rates = (count: number) => Array.from({ length: count }, (_, i) => (i + 1) / 1e6);
  const grid = { ...SMALL_GRID, learningRate: rates(200_000) };

  it("are refused with their number, at once", () => {
    const start = performance.now();
    const tooMany = { ...grid, learningRate: rates(250_001) };
    expect(() => plan({ grid: tooMany, seeds: 1 })).toThrow(
      "grid: must ask for at most 250,000 cells, got 250,001",
    );
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it("are counted over a list of grids", () => {
    expect(() => plan({ grid: [grid, grid], seeds: 1 })).toThrow(
      "got 400,000 (400,000 cells, 1 seed)",
    );
  });
});
