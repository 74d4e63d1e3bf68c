import seedrandom from "seedrandom";
import { describe, expect, it } from "vitest";
import {
  clusteredMeanInterval,
  clusteredRateInterval,
  meanOf,
} from "#lrn/analysis/clustered-means.js";
import { clustersOf } from "#lrn/analysis/clusters.js";
import { type Interval, wilsonInterval } from "#lrn/analysis/intervals.js";
import { meanInterval } from "#lrn/analysis/mean-intervals.js";
import { cellOf } from "#lrn/model/cells.js";

/** A number of each seed from 0 on, of a cell of a depth. */
function series(values: readonly number[], depth = 10) {
  const cell = cellOf({
    ...{ depth, width: 2, connection: "plain", optimizer: "adam" },
    ...{ learningRate: 0.01, trainingStyle: "batch" },
  });
  return { cell, seeds: values.map((_, seed) => seed), values };
}

type Cells = readonly ReturnType<typeof series>[];
const rateInterval = (cells: Cells) => clusteredRateInterval(clustersOf(cells));
const meanAndReach = (cells: Cells) => {
  const clusters = clustersOf(cells);
  const { low, high } = clusteredMeanInterval(clusters)!;
  expect((low + high) / 2).toBeCloseTo(meanOf(clusters), 12);
  return { mean: meanOf(clusters), reach: (high - low) / 2 };
};

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const times = (count: number, value: number) => new Array<number>(count).fill(value);

function expectStudents(cells: Cells, values: readonly number[]) {
  const { mean: middle, reach } = meanInterval(values)!;
  expect(meanAndReach(cells)).toEqual({
    mean: expect.closeTo(middle, 12),
    reach: expect.closeTo(reach!, 12),
  });
}

it("clusters are trials of one seed, depth and width", () => {
  const cells = [series([1, 2]), series([3, 4, 5]), series([6], 5)];
  expect(clustersOf(cells)).toEqual([
    { shape: 0, sum: 4, size: 2 },
    { shape: 0, sum: 6, size: 2 },
    { shape: 0, sum: 5, size: 1 },
    { shape: 1, sum: 6, size: 1 },
  ]);
});

describe("a mean's interval", () => {
  it("is Student's over one cell", () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    expectStudents([series(values)], values);
  });

  it("is Student's over the seeds' means where cells of one shape have the same seeds", () => {
    const cells = [
      [1, 5, 2, 8, 3],
      [2, 7, 1, 9, 9],
      [0, 4, 4, 6, 5],
    ];
    const means = cells[0].map((_, seed) => mean(cells.map((of) => of[seed])));
    expectStudents(
      cells.map((values) => series(values)),
      means,
    );
  });

  it("adds up the variances of shapes, whose seeds mean different starts", () => {
    const shapes = [
      [1, 2, 3, 4],
      [10, 30, 20, 40],
    ];
    const [a, b] = shapes.map((values) => {
      const squares = values.map((value) => (value - mean(values)) ** 2);
      return sum(squares) / 3 / 4;
    });
    const { reach } = meanAndReach([series(shapes[0], 5), series(shapes[1], 10)]);
    const quantileOf6 = 2.4469118511449692; // SciPy 1.17.1: t.isf(0.025, 6)
    expect(reach).toBeCloseTo(quantileOf6 * Math.sqrt((a + b) / 4), 10);
  });

  it("is unknown of a single start", () => {
    expect(clusteredMeanInterval(clustersOf([series([3]), series([5])]))).toBeNull();
    expect(meanAndReach([series([3], 5), series([5], 10)]).reach).toBeGreaterThan(0);
  });
});

describe("a rate's interval", () => {
  it("counts starts, not trials, where all trials of a start are alike", () => {
    const values = Array.from({ length: 40 }, (_, seed) => Number(seed % 4 === 0));
    const { low, high } = rateInterval([1, 2, 3, 4].map(() => series(values)));
    const ofStarts = wilsonInterval(10, 40);
    expect(low).toBeGreaterThan(ofStarts.low - 0.01);
    expect(low).toBeLessThan(ofStarts.low + 0.005);
    expect(high).toBeGreaterThan(ofStarts.high - 0.005);
    expect(high).toBeLessThan(ofStarts.high + 0.01);
  });

  it("is never narrower than of independent trials", () => {
    const { low, high } = rateInterval([series(times(30, 1), 5), series(times(30, 0), 10)]);
    const independent = wilsonInterval(30, 60);
    expect(low).toBeLessThanOrEqual(independent.low);
    expect(high).toBeGreaterThanOrEqual(independent.high);
  });

  it("takes a rate of 0 or 1 as that of so many starts", () => {
    const [none, all] = [0, 1].map((value) => series(times(30, value)));
    expect(rateInterval([none, none])).toEqual(wilsonInterval(0, 30));
    expect(rateInterval([all, all])).toEqual(wilsonInterval(30, 30));
  });

  /** A start is good or bad, and more or less so for all cells; shapes differ in how many are good. */
  it("covers the true rate where seeds are shared, which Wilson's interval of all trials does not", () => {
    const random = seedrandom("coverage");
    const shapes = [
      { depth: 5, good: 0.35 },
      { depth: 10, good: 0.15 },
    ];
    const [cells, seeds, sweeps] = [6, 40, 1000];
    const ofGood = 0.9;
    const truth = mean(shapes.map(({ good }) => good * ofGood + (1 - good) * 0.05));
    const isIn = ({ low, high }: Interval) => low <= truth && truth <= high;
    let [clustered, naive] = [0, 0];
    for (let sweep = 0; sweep < sweeps; sweep++) {
      const drawn = shapes.flatMap(({ depth, good }) => {
        const starts = Array.from({ length: seeds }, () => random.quick() < good);
        return Array.from({ length: cells }, () =>
          series(
            starts.map((isGood) => Number(random.quick() < (isGood ? ofGood : 0.05))),
            depth,
          ),
        );
      });
      const all = drawn.flatMap(({ values }) => values);
      if (isIn(rateInterval(drawn))) clustered++;
      if (isIn(wilsonInterval(sum(all), all.length))) naive++;
    }
    expect(clustered / sweeps).toBeGreaterThan(0.93);
    expect(clustered / sweeps).toBeLessThan(0.975);
    expect(naive / sweeps).toBeLessThan(0.75);
  });
});
