/** The one screen that a sweep ends with, from cells that are made up. */
import { describe, expect, it } from "vitest";
import { type CellSummary, summarizeCell } from "#lrn/analysis/cell-summaries.js";
import type { PartialCell } from "#lrn/model/axes.js";
import { cellOf } from "#lrn/model/cells.js";
import type { Cell } from "#lrn/model/trial.js";
import { sweepSummary } from "#lrn/output/tables/sweep-summary.js";

const outcome = (finalRmse: number) => ({
  outcome: { state: "trained", finalRmse, deadNeurons: 0, deadLayers: 0 } as const,
  trainMs: 1,
});

/** Of the cell's trials, so many converge. */
function summary(cell: Cell, converged: number, trials = 10): CellSummary {
  const outcomes = Array.from({ length: trials }, (_, i) => outcome(i < converged ? 0.01 : 0.3));
  return summarizeCell(cell, outcomes as never, 0.07);
}

interface Grid {
  readonly depth: readonly number[];
  readonly width: readonly number[];
  readonly learningRate: readonly number[];
}

const THESIS = {
  ...{ depth: [2, 5, 10, 15, 20, 25, 30], width: [2, 4], learningRate: [0.1, 0.01, 0.001] },
};

/** Plain cells have one converged trial each, late-residual ones five, or none at rate 0.001. */
function cells({ depth, width, learningRate }: Grid, others: readonly PartialCell[] = [{}]) {
  return others.flatMap((other) =>
    (["plain", "late-residual"] as const).flatMap((connection) =>
      (["adam", "sgd"] as const).flatMap((optimizer) =>
        (["iterative", "batch"] as const).flatMap((trainingStyle) =>
          learningRate.flatMap((rate) =>
            width.flatMap((neurons) =>
              depth.map((layers) => {
                const named = { connection, optimizer, trainingStyle, learningRate: rate };
                const cell = cellOf({ ...named, depth: layers, width: neurons, ...other });
                const converged = connection === "plain" ? 1 : rate === 0.001 ? 0 : 5;
                return summary(cell, converged);
              }),
            ),
          ),
        ),
      ),
    ),
  );
}

describe.each([60, 80, 120])("at %i columns", (columns) => {
  it("the thesis's sweep has a row per optimizer and rate, and fits", () => {
    const text = sweepSummary(cells(THESIS), columns);
    expect(text).toMatchSnapshot();
    const lines = text.split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    if (columns >= 80) expect(lines.length).toBeLessThanOrEqual(20);
  });

  it("few cells are not pooled", () => {
    const small = { depth: [2, 5], width: [2], learningRate: [0.01] };
    expect(sweepSummary(cells(small), columns)).toMatchSnapshot();
  });
});

it("an axis that need not be shown has a column where cells differ in it", () => {
  const text = sweepSummary(
    cells({ ...THESIS, learningRate: [0.1] }, [{ epochs: 30 }, { epochs: 300 }]),
    80,
  );
  expect(text).toMatch(/^Optimizer +Epochs/m);
  expect(text).toMatch(/^Adam +30 +14\/140 /m);
  expect(text).toMatch(/^ +300 +14\/140 /m);
  expect(text).toContain("Each count is over widths 2 and 4 and 7 depths from 2 to 30.");
  expect(text).toContain("All have learning rate 0.1.");
});

it("where there are still too many rows, the axis with the most values is pooled too", () => {
  const learningRate = Array.from({ length: 20 }, (_, i) => (i + 1) / 100);
  const text = sweepSummary(cells({ depth: [2], width: [2], learningRate }), 80);
  expect(text).toContain("Each count is over 20 learning rates from 0.2 to 0.01.");
  expect(text).toContain("All have depth 2, width 2.");
  expect(text).toMatch(/^Adam +20\/200 .*100\/200/m);
});

it("says nothing of what the sweep lacks, and of none converged shows no bar", () => {
  const [first, second] = cells({ depth: [2], width: [2], learningRate: [0.001, 0.01] });
  const none = { ...first, trials: 0, converged: 0 };
  const text = sweepSummary([none, second], 80);
  expect(text).toMatch(/^0\.001 +0\/0$/m);
  expect(text).toMatch(/^Converged: 1 of 10 plain \(10 %\)$/m);
});

it("colours the bars as the thesis does, and only them", async () => {
  const { paletteOf } = await import("#lrn/output/palette.js");
  const coloured = sweepSummary(cells(THESIS), 80, paletteOf(true));
  expect(coloured).toContain("\u001b[34m██▌\u001b[39m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it takes away
  expect(coloured.replace(/\u001b\[\d+m/g, "").replace(/ +$/gm, "")).toBe(
    sweepSummary(cells(THESIS), 80),
  );
});
