/**
 * The thesis's counts as the judge of everything that makes a number here: dataset, initial
 * parameters, training, convergence. Each of its 168 cells of ten trials is held against a hundred
 * of ours.
 *
 * Ten trials per cell see what is far off, He's bounds or Adam without its bias corrections, and no
 * more: networks that start with zero biases pass. Finer errors are for the tests of each part.
 */

import { beforeAll, describe, expect, it } from "vitest";
import { binomialUpperTail, fisherExactTest } from "#lrn/analysis/exact-tests.js";
import { makeFusedEngine } from "#lrn/engines/fused/host.js";
import { loadKernel } from "#lrn/engines/fused/load-kernel.js";
import { cellOf } from "#lrn/model/cells.js";
import { makeDataset } from "#lrn/model/dataset.js";
import { outcomeOf } from "#lrn/model/outcome.js";
import type { Trial } from "#lrn/model/trial.js";
import { publishedResults } from "#lrn/thesis/published-results.js";

const OUR_TRIALS = 100;
const CONVERGED_RMSE = 0.07;
const DATASET = { function: "abs", samples: 20, generator: "numpy", seed: 42 } as const;

const cells = publishedResults.convergenceTables.flatMap(({ cells, ...table }) =>
  cells.map((cell) => ({ ...table, ...cell })),
);
type Cell = (typeof cells)[number];

interface Comparison {
  readonly cell: Cell;
  /** How many of our trials converged. */
  readonly ours: number;
  /** How often two counts from one rate are as far apart, or further. */
  readonly p: number;
}

let comparisons: readonly Comparison[];

beforeAll(async () => {
  const engine = makeFusedEngine(await loadKernel());
  const dataset = makeDataset(DATASET);
  comparisons = await Promise.all(
    cells.map(async (cell, index) => {
      const trials = trialsOf(cell, index * OUR_TRIALS);
      const trainings = await engine.train({ trials });
      const ours = trainings
        .map((training) => outcomeOf(cell, dataset, training))
        .filter((outcome) => outcome.state === "trained" && outcome.finalRmse <= CONVERGED_RMSE);
      const p = fisherExactTest([
        [cell.converged, cell.trialsPerCell - cell.converged],
        [ours.length, OUR_TRIALS - ours.length],
      ]);
      return { cell, ours: ours.length, p };
    }),
  );
}, 300_000);

/**
 * No seed serves two cells. Sweeps share theirs on purpose, so that cells can be compared in pairs,
 * but then a lucky start is lucky in many cells at once; the tests below need independent cells.
 */
function trialsOf(cell: Cell, firstSeed: number): Trial[] {
  const { depth, width, connection, optimizer, learningRate, trainingStyle } = cell;
  return Array.from({ length: OUR_TRIALS }, (_, i) => ({
    ...cellOf({
      dataset: DATASET,
      depth,
      width,
      connection,
      optimizer,
      learningRate,
      trainingStyle,
      epochs: 3000,
    }),
    seed: firstSeed + i,
  }));
}

describe("the thesis's 168 counts", () => {
  it("are off at p < 0.05 in no more cells than chance allows", () => {
    // Each p falls below 0.05 with a probability of 0.05 at most.
    const off = comparisons.filter(({ p }) => p < 0.05);
    const chance = binomialUpperTail(off.length, comparisons.length, 0.05);
    expect(chance, listed(off)).toBeGreaterThanOrEqual(0.001);
  });

  it("are impossible in no cell (p < 0.001 over all cells, after Bonferroni)", () => {
    const impossible = comparisons.filter(({ p }) => p < 0.001 / comparisons.length);
    expect(listed(impossible)).toBe("");
  });

  it("sum up to what we expect, within three standard errors", () => {
    // A cell's count of n trials is binomial with a variance of n·rate·(1 - rate), and the variance
    // of a sum of independent counts is the sum of theirs. That our rates are themselves measured,
    // on ten times the trials, would add a tenth; leaving it out makes the test stricter.
    let published = 0;
    let expected = 0;
    let variance = 0;
    for (const { cell, ours } of comparisons) {
      const rate = ours / OUR_TRIALS;
      published += cell.converged;
      expected += cell.trialsPerCell * rate;
      variance += cell.trialsPerCell * rate * (1 - rate);
    }
    expect(Math.abs(expected - published)).toBeLessThanOrEqual(3 * Math.sqrt(variance));
  });
});

/** A line per cell, the least likely first. */
function listed(some: readonly Comparison[]): string {
  return some
    .toSorted((one, other) => one.p - other.p)
    .map(({ cell, ours, p }) => {
      const { figure, depth, connection, trainingStyle, converged, trialsPerCell } = cell;
      return (
        `Figure ${figure}, depth ${depth}, ${connection}, ${trainingStyle}: ` +
        `${converged} of ${trialsPerCell} in the thesis, ${ours} of ${OUR_TRIALS} here, ` +
        `p = ${p.toPrecision(2)}`
      );
    })
    .join("\n");
}
