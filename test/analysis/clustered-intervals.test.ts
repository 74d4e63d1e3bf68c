import seedrandom from "seedrandom";
import { describe, expect, it } from "vitest";
import {
  type CellValues,
  clusteredMean,
  clusteredShare,
} from "#lrn/analysis/clustered-intervals.js";
import { wilsonInterval } from "#lrn/analysis/intervals.js";
import { meanInterval, studentT95 } from "#lrn/analysis/mean-intervals.js";

function cell(values: readonly number[], shape = "10x2"): CellValues {
  return { shape, seeds: values.map((_, seed) => seed), values };
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe("clusteredMean", () => {
  it("is Student's over one cell", () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    const [ours, students] = [clusteredMean([cell(values)])!, meanInterval(values)!];
    expect(ours.mean).toBeCloseTo(students.mean, 12);
    expect(ours.reach).toBeCloseTo(students.reach!, 12);
  });

  it("is Student's over the seeds' means where cells of one shape have the same seeds", () => {
    const cells = [
      [1, 5, 2, 8, 3],
      [2, 7, 1, 9, 9],
      [0, 4, 4, 6, 5],
    ];
    const students = meanInterval(cells[0].map((_, seed) => mean(cells.map((of) => of[seed]))))!;
    const ours = clusteredMean(cells.map((values) => cell(values)))!;
    expect(ours.mean).toBeCloseTo(students.mean, 12);
    expect(ours.reach).toBeCloseTo(students.reach!, 12);
  });

  it("adds up the variances of shapes, whose seeds mean different starts", () => {
    const [a, b] = [
      [1, 2, 3, 4],
      [10, 30, 20, 40],
    ];
    const variance = (values: readonly number[]) =>
      values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / 3 / 4;
    const { reach } = clusteredMean([cell(a, "5x2"), cell(b, "10x2")])!;
    expect(reach).toBeCloseTo(studentT95(6) * Math.sqrt((variance(a) + variance(b)) / 4), 10);
  });

  it("has no spread of a single start, and nothing of no trials", () => {
    expect(clusteredMean([cell([3]), cell([5])])).toEqual({ mean: 4, reach: null });
    expect(clusteredMean([])).toBeNull();
    expect(clusteredMean([cell([3], "5x2"), cell([5], "10x2")])!.reach).toBeGreaterThan(0);
  });
});

describe("clusteredShare", () => {
  it("counts starts, not trials, where all trials of a start are alike", () => {
    const values = Array.from({ length: 40 }, (_, seed) => Number(seed % 4 === 0));
    const { low, high } = clusteredShare([1, 2, 3, 4].map(() => cell(values)));
    const ofStarts = wilsonInterval(10, 40);
    expect(low).toBeGreaterThan(ofStarts.low - 0.01);
    expect(low).toBeLessThan(ofStarts.low + 0.005);
    expect(high).toBeGreaterThan(ofStarts.high - 0.005);
    expect(high).toBeLessThan(ofStarts.high + 0.01);
  });

  it("is never narrower than of independent trials", () => {
    const always = cell(Array<number>(30).fill(1), "5x2");
    const never = cell(Array<number>(30).fill(0), "10x2");
    const { low, high } = clusteredShare([always, never]);
    const independent = wilsonInterval(30, 60);
    expect(low).toBeLessThanOrEqual(independent.low);
    expect(high).toBeGreaterThanOrEqual(independent.high);
  });

  it("takes a share of 0 or 1 as that of so many starts", () => {
    const none = cell(Array<number>(30).fill(0));
    expect(clusteredShare([none, none])).toEqual(wilsonInterval(0, 30));
    const all = cell(Array<number>(30).fill(1));
    expect(clusteredShare([all, all])).toEqual(wilsonInterval(30, 30));
    expect(clusteredShare([])).toEqual({ low: 0, high: 1 });
  });

  /** A start is good or bad, and more or less so for all cells; shapes differ in how many are good. */
  it("covers the true share where seeds are shared, which Wilson's interval of all trials does not", () => {
    const random = seedrandom("coverage");
    const shapes = { "5x2": 0.35, "10x2": 0.15 };
    const [cells, seeds, sweeps] = [6, 40, 1000];
    const ofGood = 0.9;
    const truth = mean(Object.values(shapes).map((good) => good * ofGood + (1 - good) * 0.05));
    let [clustered, naive] = [0, 0];
    for (let sweep = 0; sweep < sweeps; sweep++) {
      const drawn = Object.entries(shapes).flatMap(([shape, good]) => {
        const starts = Array.from({ length: seeds }, () => random.quick() < good);
        return Array.from({ length: cells }, () =>
          cell(
            starts.map((isGood) => Number(random.quick() < (isGood ? ofGood : 0.05))),
            shape,
          ),
        );
      });
      const all = drawn.flatMap(({ values }) => values);
      const isIn = ({ low, high }: { low: number; high: number }) => low <= truth && truth <= high;
      if (isIn(clusteredShare(drawn))) clustered++;
      if (
        isIn(
          wilsonInterval(
            all.reduce((a, b) => a + b, 0),
            all.length,
          ),
        )
      )
        naive++;
    }
    expect(clustered / sweeps).toBeGreaterThan(0.93);
    expect(clustered / sweeps).toBeLessThan(0.975);
    expect(naive / sweeps).toBeLessThan(0.75);
  });
});
