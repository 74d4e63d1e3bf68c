import { describe, expect, it } from "vitest";
import { type CellTrial, summarizeCell } from "#lrn/analysis/cell-summaries.js";
import { convergedMean } from "#lrn/analysis/converged-means.js";
import { convergenceTables } from "#lrn/analysis/convergence-tables.js";
import { makeFusedEngine } from "#lrn/engines/fused/host.js";
import { loadKernel } from "#lrn/engines/fused/load-kernel.js";
import { cellOf } from "#lrn/model/cells.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { outcomeOf } from "#lrn/model/outcome.js";
import type { Cell } from "#lrn/model/trial.js";
import { THESIS_DATASET } from "#lrn/model/trial.js";
import { datasetSideBySide } from "#lrn/output/tables/dataset-table.js";
import { deadLayersSideBySide, deadNeuronsSideBySide } from "#lrn/output/tables/dead-tables.js";
import { figureTableText } from "#lrn/output/tables/figure-table-text.js";
import { convergenceSideBySide } from "#lrn/output/tables/side-by-side.js";
import { THESIS_EPOCHS } from "#lrn/thesis/experiment.js";
import type { PublishedTable } from "#lrn/thesis/published.js";
import { publishedResults } from "#lrn/thesis/published-results.js";
import { WHOLE } from "../../engines/batches.js";
import { figureTableLines } from "./figure-table-lines.js";

const engine = makeFusedEngine(await loadKernel());
const dataset = makeDataset(THESIS_DATASET);

/** Seeds 0 to `seeds` - 1 of a cell; each took a millisecond, so that no clock is in a snapshot. */
async function trained(cell: Cell, seeds: number): Promise<CellTrial[]> {
  const trials = Array.from({ length: seeds }, (_, seed) => ({ ...cell, seed }));
  const trainings = await engine.train({ trials });
  return trainings.map((training) => ({
    outcome: outcomeOf(cell, dataset, training),
    trainMs: 1,
  }));
}

function cellsOf({ cells, optimizer, learningRate, width }: PublishedTable): Cell[] {
  return cells.map(({ depth, connection, trainingStyle }) =>
    cellOf({
      depth,
      width,
      connection,
      optimizer,
      learningRate,
      trainingStyle,
      epochs: THESIS_EPOCHS,
      dataset: THESIS_DATASET,
    }),
  );
}

const converging = { outcome: { state: "trained", finalRmse: 0, deadNeurons: 1, deadLayers: 0 } };
const failing = { outcome: { state: "trained", finalRmse: 1, deadNeurons: 1, deadLayers: 0 } };

/** A table of ours in which so many of 10 trials of each cell converge. */
function tableWith(published: PublishedTable, converged: (index: number) => number) {
  const summaries = cellsOf(published).map((cell, index) => {
    const trials = Array.from({ length: 10 }, (_, i) => ({
      ...(i < converged(index) ? converging : failing),
      trainMs: 1,
    })) as CellTrial[];
    return summarizeCell(cell, trials, 0.07);
  });
  return convergenceSideBySide(convergenceTables(summaries)[0], published);
}

describe.each(publishedResults.convergenceTables)("Figure $figure", (published) => {
  // The thesis's ten are three of the kernel's vectors, four are one.
  it.skipIf(!WHOLE).each([10])("has these rows with %i seeds", hasTheseRows);
  it.each([4])("has these rows with %i seeds", hasTheseRows);

  async function hasTheseRows(seeds: number) {
    const summaries = await Promise.all(
      cellsOf(published).map(async (cell) => summarizeCell(cell, await trained(cell, seeds), 0.07)),
    );
    const table = convergenceSideBySide(convergenceTables(summaries)[0], published);
    expect(figureTableLines(table)).toMatchSnapshot();
    expect(table.title).toMatchSnapshot();
  }

  it("marks nothing where ours is the thesis's own count", () => {
    const table = tableWith(published, (index) => published.cells[index].converged);
    expect(figureTableLines(table)).not.toContain("*");
    expect(table.notes[0]).toMatch(
      /^No difference in the counts is significant; 0 of 10 against 7 of 10 would not be \(Fisher/,
    );
  });

  it("has no mark at 0 of 10 against 7 of 10, as it says, and one at 8", () => {
    const odd = published.cells.findIndex(({ converged }) => converged === 0);
    const marks = (count: number) =>
      figureTableLines(
        tableWith(published, (index) => (index === odd ? count : published.cells[index].converged)),
      ).includes("*");
    expect([7, 8].map(marks)).toEqual([false, true]);
  });

  it("leaves training times out", () => {
    const table = tableWith(published, (index) => published.cells[index].converged);
    expect(figureTableLines(table)).not.toMatch(/time/i);
  });

  it("marks the one cell that differs significantly", () => {
    // 10 of 10 to 0 of 10 has p = 2/C(20, 10) = 1.1e-5, far below 0.05/28.
    const odd = published.cells.findIndex(({ converged }) => converged === 0);
    const table = tableWith(published, (index) =>
      index === odd ? 10 : published.cells[index].converged,
    );
    const marked = table.rows.flatMap(({ labels, parts }) =>
      parts.flatMap(({ pairs }, style) =>
        pairs.some(({ differs }) => differs) ? [[...labels, style]] : [],
      ),
    );
    const { depth, connection, trainingStyle } = published.cells[odd];
    expect(marked).toEqual([[String(depth), connection, trainingStyle === "batch" ? 1 : 0]]);
    expect(table.notes[0]).toMatch(
      /^\* a significant difference; 0 of 10 against 7 of 10 would not be one \(Fisher/,
    );
  });
});

it("Figure 4.1 has these rows with ten seeds", async () => {
  const published = publishedResults.deadLayersTable;
  const of4_15 = publishedResults.convergenceTables.find(({ figure }) => figure === "4.15")!;
  const cells = cellsOf(of4_15).filter(
    ({ connection, trainingStyle }) =>
      connection === published.connection && trainingStyle === published.trainingStyle,
  );
  const means = await Promise.all(
    cells.map(async (cell) => convergedMean(cell, await trained(cell, 10), "deadLayers", 0.07)),
  );
  expect(figureTableLines(deadLayersSideBySide(means, published))).toMatchSnapshot();
});

describe("Figure 4.22", () => {
  const published = publishedResults.deadNeuronDecline;
  const dead = (deadNeurons: number) => ({ outcome: { ...converging.outcome, deadNeurons } });
  /** @param outcomes by depth and connection */
  const tableOf = (outcomes: Record<string, object[]>) => {
    const means = Object.entries(outcomes).map(([name, trials]) => {
      const [depth, connection] = name.split(" ");
      const [of4_9] = cellsOf(publishedResults.convergenceTables[2]);
      const cell = { ...of4_9, depth: Number(depth), connection: connection as never };
      return convergedMean(cell, trials as CellTrial[], "deadNeurons", 0.07);
    });
    return deadNeuronsSideBySide(means, published);
  };

  it("has means with their intervals, and none where nothing converged", () => {
    const table = tableOf({
      "2 plain": [dead(6), dead(6), failing],
      "2 late-residual": [dead(4), dead(6), failing],
      "5 plain": [failing],
      "5 late-residual": [dead(4), failing],
    });
    // Student's quantile of one degree of freedom is 12.706, and the deviation of 4 and 6 is √2.
    expect(figureTableLines(table)).toBe(
      [
        'Depth,Connection,Converged,"Dead neurons, ours","Dead neurons, ours ±","Dead neurons, thesis"',
        "2,plain,2 of 3,6.00,0.00,1.70",
        "2,late-residual,2 of 3,5.00,12.71,0.00",
        "5,plain,0 of 1,–,,4.71",
        "5,late-residual,1 of 2,4.00,,3.00\n",
      ].join("\n"),
    );
    expect(table.title).toContain("at none of 2 depths, and fewer at none");
    expect(figureTableText(table, 80)).toContain("5.00 ± 12.71");
    expect(figureTableText(table, 80)).not.toContain("?");
  });

  it("tells apart only means whose intervals do not overlap", () => {
    const { title } = tableOf({
      "2 plain": [dead(4), dead(4)],
      "2 late-residual": [dead(6), dead(6)],
      "5 plain": [dead(4), dead(4)],
      "5 late-residual": [dead(5), dead(6)],
      "10 plain": [dead(6), dead(6)],
      "10 late-residual": [dead(4), dead(4)],
      "15 plain": [dead(3), dead(3)],
      "15 late-residual": [dead(4), dead(4)],
    });
    expect(title).toContain("more dead neurons than plain ones at 2 of 4 depths, and fewer at 1");
  });
});

it("Table 3.1 has the thesis's points, but for the digit that its last x lost", () => {
  const table = datasetSideBySide(dataset, publishedResults.dataset);
  expect(figureTableLines(table)).toMatchSnapshot();
});

it("a narrow terminal gets the halves one below the other, a wide one side by side", () => {
  const table = tableWith(publishedResults.convergenceTables[0], () => 0);
  const widest = (text: string) =>
    Math.max(
      ...text
        .split("\n")
        .slice(2, -3)
        .map((line) => line.length),
    );
  expect(widest(figureTableText(table, 80))).toBeLessThanOrEqual(85);
  expect(widest(figureTableText(table, 200))).toBeGreaterThan(100);
});
