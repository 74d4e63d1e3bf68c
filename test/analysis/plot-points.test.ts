import { describe, expect, it } from "vitest";
import type { StoppingRule } from "#lrn/analysis/cell-summaries.js";
import { plotPoints, quantile } from "#lrn/analysis/plot-points.js";
import { CONVERGED, MEASURES } from "#lrn/analysis/measures.js";
import { intervalUntil } from "#lrn/analysis/sampling-until.js";
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
  const measures = ["converged", "final-rmse", "dead-neurons", "test-rmse"].map(
    (name) => MEASURES.get(name)!,
  );
  const points = (among: "trained" | "converged") =>
    plotPoints([{ cell, index: 0 }], ["depth"], measures, () => trials, {
      ...{ among, threshold: 0.07 },
    }).map(({ measure, value, trials: count }) => [measure.column, value, count]);
  expect(points("trained")).toEqual([
    ["rate", 1 / 3, 3],
    ["final_rmse", 0.255, 2],
    ["dead_neurons", 4, 2],
  ]);
  expect(points("converged")).toEqual([
    ["rate", 1 / 3, 3],
    ["final_rmse", 0.01, 1],
    ["dead_neurons", 2, 1],
  ]);
});

it("a cell that two grids ask for counts once where they are not told apart", () => {
  const cells = ["a", "b"].map((grid) => ({ cell, grid, index: 0 }));
  const trials = [{ seed: 0, outcome: trained(0.01, 2) }];
  const points = (placed: readonly ("depth" | "grid")[]) =>
    plotPoints(cells, placed, [CONVERGED], () => trials, { among: "trained", threshold: 0.07 });
  expect(points(["depth"]).map((point) => point.trials)).toEqual([1]);
  expect(points(["grid"]).map((point) => [point.at.get("grid"), point.trials])).toEqual([
    ["a", 1],
    ["b", 1],
  ]);
});

describe("of cells whose trials end by what came of them, a share", () => {
  const trials = [0.01, 0.01, 0.01, ...Array<number>(7).fill(0.5)].map((rmse, seed) => ({
    seed,
    outcome: { ...trained(rmse, 2), collapsed: Number(rmse > 0.1) } as Outcome,
  }));
  const measures = [CONVERGED, MEASURES.get("collapsed")!, MEASURES.get("dead-neurons")!];
  const points = (asked: StoppingRule, cells = 1) =>
    plotPoints(
      Array.from({ length: cells }, (_, index) => ({ cell: { ...cell, depth: 5 + index }, index })),
      [],
      measures,
      () => trials,
      { ...{ among: "trained", threshold: 0.07, asked } },
    );
  const ends = (low: number, high: number) => ({
    low: expect.closeTo(low, 10),
    high: expect.closeTo(high, 10),
  });

  it("of one cell has the interval of its sampling, and whatever else was counted a confidence sequence", () => {
    // confidence-sequence.test.ts and sampling-until.test.ts have these of mpmath, of 3 and of 7 of 10.
    const [converged, collapsed] = points({ untilWidth: 0.5 });
    expect(converged).toMatchObject({
      value: 0.3,
      ...ends(0.036640290375509955, 0.7332594738358065),
    });
    expect(collapsed).toMatchObject({
      value: 0.7,
      ...ends(0.26674052616419347, 0.96335970962449),
    });
    const [exact, other] = points({ untilConverged: 3 });
    expect(exact).toMatchObject({
      value: 0.3,
      ...ends(intervalUntil(3, 10, 3).low, intervalUntil(3, 10, 3).high),
    });
    expect(other).toMatchObject({ value: 0.7, ...ends(collapsed.low!, collapsed.high!) });
  });

  it.each([{ untilWidth: 0.5 }, { untilConverged: 3 }])("over several has none: %j", (asked) => {
    const [converged, collapsed, dead] = points(asked, 2);
    expect([converged, collapsed].map(({ low, high }) => [low, high])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(dead.low).not.toBeNull();
    expect(points({}, 2)[0].low).not.toBeNull();
  });
});
