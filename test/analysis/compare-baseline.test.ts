import { describe, expect, it } from "vitest";
import { compareWithBaseline } from "#lrn/analysis/compare-baseline.js";
import { FALSE_ALARM_LEVEL } from "#lrn/analysis/count-differences.js";
import { THESIS_DATASET } from "#lrn/model/trial.js";
import { baselineOf, cellOf, measuredOf } from "./baselines.js";

const verdicts = ({ cells }: ReturnType<typeof compareWithBaseline>) =>
  cells.map(({ verdict }) => verdict);

describe("exactly", () => {
  it("passes where every count is the same", () => {
    const cells = [cellOf(), cellOf({ depth: 5, converged: 0, deadNeurons: 0, deadLayers: 0 })];
    const comparison = compareWithBaseline(
      baselineOf(...cells),
      measuredOf(...cells.toReversed()),
      "exact",
    );
    expect(comparison).toMatchObject({ passed: true, conditions: [], falseAlarmLevel: null });
    expect(verdicts(comparison)).toEqual(["same", "same"]);
  });

  it.each(["trials", "converged", "deadNeurons", "deadLayers"] as const)(
    "finds one more of %s",
    (count) => {
      const now = cellOf({ [count]: cellOf()[count] + 1 });
      const comparison = compareWithBaseline(baselineOf(cellOf()), measuredOf(now), "exact");
      expect(comparison.passed).toBe(false);
      expect(verdicts(comparison)).toEqual(["moved"]);
    },
  );

  it("finds cells that appeared, that vanished, and that failed", () => {
    const comparison = compareWithBaseline(
      baselineOf(cellOf({ depth: 2 }), cellOf({ depth: 10 })),
      measuredOf(cellOf({ depth: 5 }), cellOf({ depth: 10, failed: 1 })),
      "exact",
    );
    expect(verdicts(comparison)).toEqual(["vanished", "appeared", "failed"]);
    expect(comparison.cells[0].now).toBeNull();
    expect(comparison.cells[1].baseline).toBeNull();
    expect(comparison.passed).toBe(false);
  });

  it.each([
    ["dataset", { ...THESIS_DATASET, seed: 43 }],
    ["epochs", 200],
  ] as const)("names another %s of all cells", (field, now) => {
    const measured = measuredOf(cellOf({ [field]: now }));
    const comparison = compareWithBaseline(baselineOf(cellOf()), measured, "exact");
    expect(comparison.conditions).toMatchObject([{ field, now }]);
    expect(verdicts(comparison)).toEqual(["same"]);
    expect(comparison.passed).toBe(false);
  });

  it("tells cells apart by an axis that only one of the two has several values of", () => {
    const comparison = compareWithBaseline(
      baselineOf(cellOf()),
      measuredOf(cellOf(), cellOf({ epochs: 200 })),
      "exact",
    );
    expect(comparison.conditions).toMatchObject([{ field: "epochs", baseline: 3000, now: null }]);
    expect(verdicts(comparison)).toEqual(["appeared", "same"]);
  });

  it.each([
    ["seeds", [0, 1, 2]],
    ["convergence", { rmse: 0.05 }],
    ["numerics", "float32/2"],
  ] as const)("names another %s", (field, now) => {
    const measured = { ...measuredOf(cellOf()), [field]: now };
    const comparison = compareWithBaseline(baselineOf(cellOf()), measured, "exact");
    expect(comparison.conditions).toMatchObject([{ field, now }]);
    expect(comparison.passed).toBe(false);
  });
});

describe("statistically", () => {
  const statistically = (before: number[], now: number[]) =>
    compareWithBaseline(
      baselineOf(...before.map((converged, i) => cellOf({ depth: i + 1, converged }))),
      measuredOf(...now.map((converged, i) => cellOf({ depth: i + 1, converged }))),
      "statistical",
    );

  // SciPy's fisher_exact on each cell, then statsmodels's multipletests(method="holm").
  it("gives SciPy's p of Fisher's test, adjusted as statsmodels does", () => {
    const { cells, passed } = statistically([0, 3, 2], [9, 8, 3]);
    const expected = [0.00035722791140747797, 0.13955703738985473, 1];
    cells.forEach(({ p }, i) => {
      expect(p).toBeCloseTo(expected[i], 12);
    });
    expect(cells.map(({ verdict }) => verdict)).toEqual(["moved", "same", "same"]);
    expect(passed).toBe(false);
  });

  it("shares one budget among all cells: what moves one cell alone does not among many", () => {
    expect(statistically([0], [7]).passed).toBe(false);
    const many = statistically(Array(50).fill(0), [7, ...Array(49).fill(0)]);
    expect(many).toMatchObject({ passed: true, falseAlarmLevel: FALSE_ALARM_LEVEL });
  });

  it("allows other seeds, numerics and dead neurons, and says so", () => {
    const now = cellOf({ trials: 100, converged: 32, deadNeurons: 140 });
    const measured = { ...measuredOf(now), seeds: 100, numerics: "tfjs/1" };
    const comparison = compareWithBaseline(baselineOf(cellOf()), measured, "statistical");
    expect(comparison.passed).toBe(true);
    expect(comparison.notCompared).toEqual(["dead neurons", "dead layers", "numerics"]);
  });

  it("does not allow another experiment, nor other cells", () => {
    const measured = measuredOf(cellOf({ epochs: 1 }), cellOf({ depth: 5, epochs: 1 }));
    const comparison = compareWithBaseline(
      baselineOf(cellOf(), cellOf({ depth: 2 })),
      measured,
      "statistical",
    );
    expect(comparison.conditions.map(({ field }) => field)).toEqual(["epochs"]);
    expect(verdicts(comparison)).toEqual(["vanished", "appeared", "same"]);
  });
});
