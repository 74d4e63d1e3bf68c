import { expect, it } from "vitest";
import { plotPoints, quantile } from "#lrn/analysis/plot-points.js";
import { MEASURES } from "#lrn/analysis/plot-measures.js";
import { cellOf } from "#lrn/model/cells.js";
import type { Outcome } from "#lrn/model/outcome.js";

it("quartiles are R's: quantile(c(1, 2, 4, 8, 16, 32), c(.25, .5, .75)) is 2.5, 6, 14", () => {
  const sorted = Float64Array.of(1, 2, 4, 8, 16, 32);
  expect([0.25, 0.5, 0.75].map((share) => quantile(sorted, share))).toEqual([2.5, 6, 14]);
  expect(quantile(Float64Array.of(7), 0.25)).toBe(7);
});

const cell = cellOf({
  ...{ depth: 5, width: 2, connection: "plain", optimizer: "adam" },
  ...{ learningRate: 0.01, trainingStyle: "batch" },
});
const trained = (finalRmse: number, deadNeurons: number): Outcome => ({
  ...{ state: "trained", finalRmse, deadNeurons, deadLayers: 0 },
});

it("a rate is of all trials, other numbers of those that have them", () => {
  const outcomes = [trained(0.01, 2), trained(0.5, 6), { state: "diverged" } as const];
  const trials = outcomes.map((outcome, seed) => ({ seed, outcome }));
  const measures = MEASURES.filter(({ name }) =>
    ["rate", "finalRmse", "deadNeurons", "testRmse"].includes(name),
  );
  const points = (among: "trained" | "converged") =>
    plotPoints([{ cell, index: 0 }], ["depth"], measures, () => trials, {
      ...{ among, threshold: 0.07 },
    }).map(({ measure, value, trials: count }) => [measure.name, value, count]);
  expect(points("trained")).toEqual([
    ["rate", 1 / 3, 3],
    ["finalRmse", 0.255, 2],
    ["deadNeurons", 4, 2],
  ]);
  expect(points("converged")).toEqual([
    ["rate", 1 / 3, 3],
    ["finalRmse", 0.01, 1],
    ["deadNeurons", 2, 1],
  ]);
});

it("a cell that two grids ask for counts once where they are not told apart", () => {
  const cells = ["a", "b"].map((grid) => ({ cell, grid, index: 0 }));
  const trials = [{ seed: 0, outcome: trained(0.01, 2) }];
  const [rate] = MEASURES;
  const points = (placed: readonly ("depth" | "grid")[]) =>
    plotPoints(cells, placed, [rate], () => trials, { among: "trained", threshold: 0.07 });
  expect(points(["depth"]).map((point) => point.trials)).toEqual([1]);
  expect(points(["grid"]).map((point) => [point.at.get("grid"), point.trials])).toEqual([
    ["a", 1],
    ["b", 1],
  ]);
});
