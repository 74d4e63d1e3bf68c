import { expect, it } from "vitest";
import { type CellSummary, summarizeCell } from "#lrn/analysis/cell-summaries.js";
import { convergenceTables } from "#lrn/analysis/convergence-tables.js";
import { cellOf } from "#lrn/model/cells.js";
import { type Cell, THESIS_DATASET } from "#lrn/model/trial.js";

function summary(cell: Partial<Cell>, converged: number): CellSummary {
  const whole = cellOf({
    dataset: THESIS_DATASET,
    depth: 2,
    width: 2,
    connection: "plain",
    optimizer: "adam",
    learningRate: 0.01,
    trainingStyle: "batch",
    epochs: 3000,
    ...cell,
  });
  const trials = Array.from({ length: 10 }, (_, i) => ({
    outcome: {
      state: "trained" as const,
      finalRmse: i < converged ? 0 : 1,
      deadNeurons: 0,
      deadLayers: 0,
    },
    trainMs: 1,
  }));
  return summarizeCell(whole, trials, 0.07);
}

it("arranges cells by width, optimizer and falling learning rate, whatever their order", () => {
  const tables = convergenceTables([
    summary({ width: 4 }, 1),
    summary({ optimizer: "sgd" }, 1),
    summary({ learningRate: 0.001 }, 1),
    summary({ learningRate: 0.1 }, 1),
  ]);
  expect(tables.map(({ title }) => [title.width, title.optimizer, title.learningRate])).toEqual([
    [2, "adam", 0.1],
    [2, "adam", 0.001],
    [2, "sgd", 0.01],
    [4, "adam", 0.01],
  ]);
});

it("has plain above late-residual at every depth, and totals a connection over the depths", () => {
  const [table] = convergenceTables([
    summary({ depth: 10, connection: "late-residual" }, 6),
    summary({ depth: 2, connection: "late-residual" }, 4),
    summary({ depth: 10 }, 0),
    summary({ depth: 2, trainingStyle: "iterative" }, 3),
    summary({ depth: 2 }, 5),
  ]);
  expect(table.groups).toEqual([{ trainingStyle: "iterative" }, { trainingStyle: "batch" }]);
  expect(table.rows.map(({ axes }) => [axes.depth, axes.connection])).toEqual([
    [2, "plain"],
    [2, "late-residual"],
    [10, "plain"],
    [10, "late-residual"],
  ]);
  expect(table.rows[0].cells[0]?.converged).toBe(3);
  expect(table.rows[1].cells[0]).toBeUndefined();
  expect(table.totals).toEqual([
    {
      axes: { connection: "plain" },
      trials: [10, 20],
      converged: [3, 5],
      diverged: [0, 0],
      failed: [0, 0],
    },
    {
      axes: { connection: "late-residual" },
      trials: [null, 20],
      converged: [null, 10],
      diverged: [null, 0],
      failed: [null, 0],
    },
  ]);
});

it("has cells of other epochs or another dataset in tables of their own, which say so", () => {
  const other = { ...THESIS_DATASET, samples: 50 };
  const tables = convergenceTables([summary({}, 1), summary({ epochs: 100, dataset: other }, 2)]);
  expect(tables.map(({ title }) => [title.epochs, title.dataset?.samples])).toEqual([
    [100, 50],
    [3000, 20],
  ]);
  expect(convergenceTables([summary({ epochs: 100 }, 2)])[0].title).not.toHaveProperty("epochs");
});

it("says of every table how far a sweep is that lacks trials", () => {
  const { cell } = summary({}, 0);
  const of = (learningRate: number, trials: number, asked: CellSummary["asked"]) =>
    summarizeCell(
      { ...cell, learningRate },
      Array.from({ length: trials }, () => ({ outcome: { state: "diverged" }, trainMs: 1 })),
      0.07,
      asked,
    );
  const unfinished = (...cells: CellSummary[]) =>
    convergenceTables(cells).map(({ unfinished }) => unfinished);
  const four = { trials: 4 };
  expect(unfinished(of(0.1, 4, four), of(0.01, 4, four))).toEqual([null, null]);
  const lacking = { what: "trials", has: 5, of: 8 };
  expect(unfinished(of(0.1, 4, four), of(0.01, 1, four))).toEqual([lacking, lacking]);
  const until = { trials: 4, untilConverged: 1 };
  const cells = { what: "cells", has: 1, of: 2 };
  expect(unfinished(of(0.1, 4, until), of(0.01, 1, until))).toEqual([cells, cells]);
});
