import { describe, expect, it } from "vitest";
import {
  clusteredDifferenceInterval,
  clusteredMeanInterval,
  clusteredRateInterval,
  meanOf,
} from "#lrn/analysis/clustered-means.js";
import type { Cluster } from "#lrn/analysis/clusters.js";
import { wilsonInterval } from "#lrn/analysis/intervals.js";
import { signFlipTest } from "#lrn/analysis/sign-flip-test.js";
import { normal } from "#lrn/model/normal.js";
import { namedStream } from "#lrn/model/random.js";

const single = (sums: readonly number[]): Cluster[] =>
  sums.map((sum) => ({ shape: 0, sum, size: 1 }));
const times = (count: number, value: number) => new Array<number>(count).fill(value);

function expectInterval(interval: object | null, [low, high]: readonly [number, number]) {
  expect(interval).toEqual({
    low: expect.closeTo(low, 12),
    high: expect.closeTo(high, 12),
  });
}

describe("of one shape and single pairs", () => {
  // Agresti & Min 2005: d = (c - b)/(n + 2), d ± z √((b + c + 1) - (c - b)²/(n + 2))/(n + 2), with z of SciPy 1.17.1.
  it.each([
    [40, 20, 160, [-0.2160172587390868, -0.030896321507826757]],
    [0, 5, 10, [0.09342662735135415, 0.7399067059819793]],
    [0, 0, 10, [-0.16333033204500452, 0.16333033204500452]],
    [150, 86, 1600, [-0.058682935725972454, -0.02121718911797262]],
  ] as const)("%i and %i of %i is Agresti and Min's interval", (b, c, n, expected) => {
    const clusters = single([...times(b, -1), ...times(c, 1), ...times(n - b - c, 0)]);
    expectInterval(clusteredDifferenceInterval(clusters), expected);
  });

  // SciPy 1.17.1: ttest_rel([5, 7, 9, 4, 6, 8], [3, 6, 9, 1, 2, 7]).confidence_interval(level).
  it.each([
    [0.025, [0.2886058973061538, 3.3780607693605127]],
    [0.025 / 7, [-0.7997724969178088, 4.466439163584475]],
  ] as const)("is the paired t interval at %d", (tail, expected) => {
    expectInterval(clusteredMeanInterval(single([2, 1, 0, 3, 4, 1]), tail), expected);
  });

  it("is Wilson's", () => {
    for (const [converged, trials] of [
      [0, 10],
      [7, 10],
      [10, 10],
      [3, 1000],
    ]) {
      const { low, high } = wilsonInterval(converged, trials);
      const clusters = single([...times(converged, 1), ...times(trials - converged, 0)]);
      expectInterval(clusteredRateInterval(clusters), [low, high]);
    }
  });
});

describe("of several pairs a cluster", () => {
  it("pairs that always agree with each other count as one", () => {
    const sums = [1, 1, 0, 0, -1, 1, 0, 1, 0, 0, 1, 0];
    const one = single(sums);
    const twelve = sums.map((sum) => ({ shape: 0, sum: 12 * sum, size: 12 }));
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    const ratio =
      width(clusteredDifferenceInterval(twelve)) / width(clusteredDifferenceInterval(one));
    // Not narrower by √12, but wider by Student's quantile of 11 degrees of freedom.
    expect(ratio).toBeGreaterThan(1);
    expect(ratio).toBeLessThan(1.2);
  });

  it("knows nothing of the spread of a single cluster", () => {
    const one = [{ shape: 0, sum: 3, size: 12 }];
    expect(clusteredDifferenceInterval(one)).toEqual({ low: -1, high: 1 });
    expect(clusteredMeanInterval(one)).toBeNull();
    const { low, high } = clusteredRateInterval(one);
    expect(high - low).toBeGreaterThan(0.7);
  });

  it("what shapes differ in is no spread", () => {
    const apart = [0, 1].flatMap((shape) =>
      times(20, 0).map((_, i) => ({ shape, sum: 10 * shape + (i % 2), size: 1 })),
    );
    const together = apart.map((cluster) => ({ ...cluster, shape: 0 }));
    const width = (clusters: Cluster[]) => {
      const { low, high } = clusteredMeanInterval(clusters)!;
      return high - low;
    };
    expect(width(apart)).toBeLessThan(width(together) / 5);
  });
});

/**
 * Made-up trials of two arms: each seed of a shape has a start that all of its trials share, over so many strata (as
 * datasets), and a trial converges where start and its own luck are above a threshold that the arm moves.
 */
function drawnClusters({ seeds, shapes, strata, shift, shared }: Design, stream: () => number) {
  const clusters: Cluster[] = [];
  for (let shape = 0; shape < shapes; shape++) {
    for (let seed = 0; seed < seeds; seed++) {
      const start = Math.sqrt(shared) * normal(stream);
      let sum = 0;
      for (let stratum = 0; stratum < strata; stratum++) {
        const threshold = 0.4 * shape + 0.2 * stratum;
        const luck = () => Math.sqrt(1 - shared) * normal(stream);
        const base = start + luck() > threshold;
        const other = start + luck() > threshold - shift;
        sum += Number(other) - Number(base);
      }
      clusters.push({ shape, sum, size: strata });
    }
  }
  return clusters;
}

interface Design {
  readonly seeds: number;
  readonly shapes: number;
  readonly strata: number;
  readonly shift: number;
  readonly shared: number;
}

const DESIGNS: readonly Design[] = [
  { seeds: 30, shapes: 1, strata: 1, shift: 0.8, shared: 0.5 },
  { seeds: 20, shapes: 1, strata: 6, shift: 0.8, shared: 0.7 },
  { seeds: 10, shapes: 3, strata: 4, shift: 0, shared: 0.7 },
];

describe("over shared starts, of made-up trials", () => {
  const runs = 400;
  it.each(DESIGNS)("the interval covers what it says: %o", (design) => {
    const stream = namedStream(1, "test/coverage");
    const truth = meanOf(
      drawnClusters({ ...design, seeds: 20_000 / design.shapes / design.strata }, stream),
    );
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const { low, high } = clusteredDifferenceInterval(drawnClusters(design, stream));
      if (low <= truth && truth <= high) covered++;
    }
    // Of 400 intervals of 95 %, 365 or fewer have a chance of less than 1 in 1,000.
    expect(covered).toBeGreaterThan(365);
  });

  it("where nothing differs, the test finds something at no more than its level", () => {
    const stream = namedStream(1, "test/level");
    const design = { seeds: 15, shapes: 3, strata: 4, shift: 0, shared: 0.7 };
    let [found, naive] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const clusters = drawnClusters(design, stream);
      if (signFlipTest(clusters.map(({ sum }) => sum)).p <= 0.05) found++;
      // As of a mistake in cutting clusters: a start that is one arm's luck counts for each of its trials.
      const doubled = clusters.flatMap(({ sum }) => times(4, sum));
      if (signFlipTest(doubled).p <= 0.05) naive++;
    }
    // Of 400 at 0.05, 35 or more have a chance of less than 1 in 1,000; and so do 6 or fewer.
    expect(found).toBeLessThan(35);
    expect(found).toBeGreaterThan(6);
    expect(naive).toBeGreaterThan(60);
  });
});
