import { describe, expect, it } from "vitest";
import { makeDataset } from "#lrn/model/dataset.js";
import { THESIS_CONNECTIONS, THESIS_STYLES } from "#lrn/thesis/experiment.js";
import { publishedResults } from "#lrn/thesis/published-results.js";

const tables = publishedResults.convergenceTables;
const cells = tables.flatMap((table) => table.cells);

describe("the thesis's convergence tables", () => {
  it("are one for each optimizer and learning rate, in its order", () => {
    expect(tables.map((table) => [table.figure, table.optimizer, table.learningRate])).toEqual([
      ["4.3", "adam", 0.01],
      ["4.6", "sgd", 0.01],
      ["4.9", "adam", 0.001],
      ["4.12", "sgd", 0.001],
      ["4.15", "adam", 0.1],
      ["4.18", "sgd", 0.1],
    ]);
    expect(tables.every((table) => table.width === 2 && table.trialsPerCell === 10)).toBe(true);
  });

  it.each(tables)("figure $figure has each of its 28 cells once", (table) => {
    const expected = [2, 5, 10, 15, 20, 25, 30].flatMap((depth) =>
      THESIS_CONNECTIONS.flatMap((connection) =>
        THESIS_STYLES.map((style) => `${depth} ${connection} ${style}`),
      ),
    );
    expect(
      table.cells.map((cell) => `${cell.depth} ${cell.connection} ${cell.trainingStyle}`),
    ).toEqual(expected);
  });

  it.each(tables)("figure $figure prints its cells' sums", (table) => {
    for (const connection of THESIS_CONNECTIONS) {
      for (const style of THESIS_STYLES) {
        const converged = table.cells
          .filter((cell) => cell.connection === connection && cell.trainingStyle === style)
          .reduce((total, cell) => total + cell.converged, 0);
        expect(converged, `${connection} ${style}`).toBe(table.totals[connection][style]);
      }
    }
  });

  it("count 326 convergences in 168 cells of ten trials", () => {
    expect(cells).toHaveLength(168);
    expect(cells.every(({ converged }) => converged >= 0 && converged <= 10)).toBe(true);
    expect(cells.reduce((total, { converged }) => total + converged, 0)).toBe(326);
  });

  it("have means exactly where a trial converged", () => {
    for (const cell of cells) {
      for (const mean of [cell.deadNeurons, cell.deadLayers, cell.trainingTimeSeconds]) {
        expect(mean === null, JSON.stringify(cell)).toBe(cell.converged === 0);
      }
    }
  });

  it("have means that so many whole numbers can have, to two decimals", () => {
    for (const { converged, deadNeurons, deadLayers } of cells) {
      for (const mean of [deadNeurons, deadLayers]) {
        if (mean === null) continue;
        const nearest = Math.round(mean * converged) / converged;
        expect(Math.abs(mean - nearest), `${mean} of ${converged}`).toBeLessThan(0.005 + 1e-9);
      }
    }
  });
});

it("Figure 4.1 repeats cells of Figure 4.15", () => {
  const { connection, trainingStyle, deadLayersByDepth } = publishedResults.deadLayersTable;
  const repeated = tables
    .find((table) => table.figure === "4.15")!
    .cells.filter((cell) => cell.connection === connection && cell.trainingStyle === trainingStyle)
    .map(({ depth, deadLayers }) => [depth, deadLayers]);
  expect(repeated).toHaveLength(7);
  expect(Object.fromEntries(repeated)).toEqual(deadLayersByDepth);
});

it("Table 3.1 is our dataset cut to four decimals, and its last x to three", () => {
  const dataset = makeDataset({ function: "abs", samples: 20, generator: "numpy", seed: 42 });
  const cut = (values: Float64Array) => [...values].map((value) => Math.trunc(value * 1e4) / 1e4);
  const { x, t } = publishedResults.dataset;
  expect(x.slice(0, 19)).toEqual(cut(dataset.x).slice(0, 19));
  expect(x[19]).toBe(-0.417);
  expect(t).toEqual(cut(dataset.t));
});
