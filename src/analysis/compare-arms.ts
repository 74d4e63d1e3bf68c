/** Holds arms against a base: differences with their intervals, tests under one level, and a verdict for each. */
import { type AxisName, axisOf, type PartialCell } from "../model/axes.js";
import { compareCells, identityOf, pick } from "../model/cells.js";
import { grouped } from "../model/grouped.js";
import type { Cell } from "../model/trial.js";
import { type ArmVerdict, mostUnnoticedClusters, verdictOf } from "./arm-verdicts.js";
import {
  clusteredDifferenceInterval,
  clusteredMeanInterval,
  clusteredRateInterval,
  meanOf,
} from "./clustered-means.js";
import type { Cluster, Series } from "./clusters.js";
import { confidenceSequence } from "./confidence-sequence.js";
import { FALSE_ALARM_LEVEL } from "./count-differences.js";
import { holmAdjusted } from "./holm.js";
import type { Interval } from "./intervals.js";
import type { Arm, Matched, Stratum } from "./matched-arms.js";
import type { Measure } from "./measures.js";
import { clustersWith, type PairedClusters, pairedClusters } from "./paired-clusters.js";
import { signFlipTest, type TestMethod } from "./sign-flip-test.js";

export interface Side {
  /** Over the pairs. */
  readonly mean: number;
  /** Of 95 %; null where nothing is known of the spread, and of a rate over several cells that ended by what came of them. */
  readonly interval: Interval | null;
}

export interface ArmComparison {
  readonly arm: string;
  /** What its pairs have in common that others have not; empty of those over all pairs. */
  readonly axes: PartialCell;
  readonly pairs: number;
  /** What is independent among them. */
  readonly clusters: number;
  readonly base: Side;
  readonly other: Side;
  /** The other's mean less the base's, and its 95 % interval. */
  readonly difference: number;
  readonly interval: Interval | null;
  /** All rows' intervals of this kind hold together with 95 %, by Bonferroni's rule. */
  readonly simultaneous: Interval | null;
  /** Pairs in which the base has more, or alone converged; and in which the other has. */
  readonly baseMore: number;
  readonly otherMore: number;
  /** Of the sign-flip test, and adjusted by Holm for the number of rows. */
  readonly p: number;
  readonly adjusted: number;
  readonly method: TestMethod;
  readonly verdict: ArmVerdict;
  /**
   * The most clusters that may differ, all of them in favour of one side and no other cluster at all, without a
   * difference being found; of a row in which none was found, else null.
   */
  readonly unnoticed: number | null;
}

export interface ArmsCompared {
  /** First over all pairs, then group by group in the order of tables; in each the best first. */
  readonly rows: readonly ArmComparison[];
  /** Whole sentences without their end: what was left out, and of what. */
  readonly notes: readonly string[];
}

export interface ArmsRequest {
  readonly base: Arm;
  readonly others: readonly Arm[];
  readonly match: (base: Arm, other: Arm) => Matched;
  readonly measure: Measure;
  readonly seriesOf: (cell: Cell) => Series;
  /** Whose values have rows of their own, beside those over all; `all` for every stratum. */
  readonly by: readonly AxisName[] | "all";
  /** Whether how many trials a cell has depends on what came of them; not so, unless told. */
  readonly isSequential?: boolean;
}

export function compareArms(request: ArmsRequest): ArmsCompared {
  const { base, others, match } = request;
  const notes: string[] = [];
  const tested = others.flatMap((other) => {
    const matched = match(base, other);
    notes.push(...matched.notes);
    const parts = groupsOf(matched.strata, request.by);
    if (request.by.length > 0 && parts.length === 0 && matched.strata.length > 0) {
      notes.push(`nothing that rows are asked by tells pairs of ${other.name} apart`);
    }
    const groups = [{ axes: {}, strata: matched.strata }, ...parts];
    return groups.flatMap(({ axes, strata }) => {
      const clusters = pairedClusters(strata, request.seriesOf);
      if (clusters.pairs.length > 0) {
        const rateInterval = !request.isSequential
          ? clusteredRateInterval
          : strata.length === 1
            ? sequentialRateInterval
            : () => null;
        return [{ arm: other.name, axes, clusters, rateInterval }];
      }
      const where = Object.keys(axes).length > 0 ? ` at ${labelOf(axes)}` : "";
      notes.push(`${other.name} and ${base.name} have no pair${where}`);
      return [];
    });
  });
  return { rows: ordered(judged(tested, request.measure), request.measure), notes };
}

interface Group {
  readonly axes: PartialCell;
  readonly strata: readonly Stratum[];
}

function groupsOf(strata: readonly Stratum[], by: ArmsRequest["by"]): Group[] {
  const axesOf = ({ axes }: Stratum) => (by === "all" ? axes : pick(axes, by));
  const groups = grouped(strata, (stratum) => identityOf(axesOf(stratum)));
  return [...groups.values()]
    .map((members) => ({ axes: axesOf(members[0]), strata: members }))
    .filter(({ axes }) => Object.keys(axes).length > 0);
}

interface Tested {
  readonly arm: string;
  readonly axes: PartialCell;
  readonly clusters: PairedClusters;
  /** Of what either side has of it. */
  readonly rateInterval: (clusters: readonly Cluster[]) => Interval | null;
}

/** Of the pairs of two cells: the one that has fewer trials ended them, by a rule that looked at nothing later. */
function sequentialRateInterval(pairs: readonly Cluster[]): Interval {
  return confidenceSequence(
    pairs.reduce((total, { sum }) => total + sum, 0),
    pairs.length,
  );
}

function judged(tested: readonly Tested[], measure: Measure): ArmComparison[] {
  const tests = tested.map(({ clusters }) => signFlipTest(clusters.differences));
  const adjusted = holmAdjusted(tests.map(({ p }) => p));
  const left = adjusted.filter((p) => p > FALSE_ALARM_LEVEL).length;
  return tested.map(({ arm, axes, clusters, rateInterval }, i) => {
    const { base, other, pairs, differences, baseMore, otherMore } = clusters;
    const total = pairs.reduce((sum, count) => sum + count, 0);
    const of = clustersWith(clusters, differences);
    const difference = differences.reduce((sum, value) => sum + value, 0) / total;
    const intervalOf =
      measure.kind === "rate" ? clusteredDifferenceInterval : clusteredMeanInterval;
    const sideOf = (sums: readonly number[]): Side => {
      const own = clustersWith(clusters, sums);
      const isRate = measure.kind === "rate";
      return { mean: meanOf(own), interval: (isRate ? rateInterval : clusteredMeanInterval)(own) };
    };
    const isFound = adjusted[i] <= FALSE_ALARM_LEVEL;
    return {
      arm,
      axes,
      pairs: total,
      clusters: pairs.length,
      base: sideOf(base),
      other: sideOf(other),
      difference,
      interval: intervalOf(of),
      simultaneous: intervalOf(of, 0.025 / tested.length),
      baseMore,
      otherMore,
      p: tests[i].p,
      adjusted: adjusted[i],
      method: tests[i].method,
      verdict: isFound ? verdictOf(difference, measure) : "cannot tell",
      unnoticed: isFound ? null : mostUnnoticedClusters(pairs.length, left),
    };
  });
}

/** Most converged first; of everything else, least. */
function ordered(rows: readonly ArmComparison[], { isConvergence }: Measure): ArmComparison[] {
  const sign = isConvergence ? -1 : 1;
  const size = ({ axes }: ArmComparison) => Math.min(1, Object.keys(axes).length);
  return rows.toSorted(
    (a, b) =>
      size(a) - size(b) ||
      compareCells(a.axes, b.axes) ||
      sign * (a.difference - b.difference) ||
      0,
  );
}

/** `depth 10, width 2` */
export function labelOf(axes: PartialCell): string {
  return (Object.keys(axes) as AxisName[])
    .map((name) => axisOf(name).phrase(axes[name]))
    .join(", ");
}
