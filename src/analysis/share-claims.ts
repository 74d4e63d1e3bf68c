/** Claims of how many trials, neurons or layers have something: never, at times, more or less than a share. */
import { number } from "../counted.js";
import type { Cell } from "../model/trial.js";
import type { ClaimData, Examined, Measured, TestOf } from "./claims.js";
import { clusteredRateInterval } from "./clustered-means.js";
import { type Cluster, clustersOf } from "./clusters.js";
import { type Interval, wilsonInterval } from "./intervals.js";
import { MEASURES, wholeOf } from "./measures.js";
import { meanAgainst, rateAgainst } from "./share-tests.js";
import { signFlipTest } from "./sign-flip-test.js";

type Findings = Omit<Examined, "axes">;

/** What happens at a lower rate, ten trainings show less often than not; at a lower one still, in one of twenty cases. */
const LIKELY_IN_TEN = 1 - 0.5 ** (1 / 10);
const UNLIKELY_IN_TEN = 1 - 0.95 ** (1 / 10);

export function ofOccurrence(
  { kind, ...measured }: TestOf<"never" | "sometimes">,
  cells: readonly Cell[],
  data: ClaimData,
): Findings {
  const clusters = clustersIn(cells, measured, data, (_, value) => Number(value > 0));
  const trials = sum(clusters.map(({ size }) => size));
  if (trials === 0) {
    return { evidence: "no trial has the number", brief: "", findings: "cannot tell" };
  }
  const count = sum(clusters.map((cluster) => cluster.sum));
  const interval =
    count === 0 ? wilsonInterval(0, clusters.length) : clusteredRateInterval(clusters);
  const starts = clusters.length < trials ? `, of ${number(clusters.length)} starts` : "";
  const evidence =
    count === 0
      ? `none of ${number(trials)}${starts}: at most ${percent(interval.high)}`
      : `${number(count)} of ${number(trials)}${starts}: ${percent(count / trials)} ${between(interval)}`;
  const brief = percent(count / trials);
  const [seen, unseen, bound] =
    kind === "never"
      ? (["does not hold", "holds", LIKELY_IN_TEN] as const)
      : (["holds", "does not hold", UNLIKELY_IN_TEN] as const);
  if (count > 0) return { evidence, brief, findings: seen };
  return { evidence, brief, findings: interval.high < bound ? unseen : "cannot tell" };
}

export function ofShare(
  { share, kind, ...measured }: TestOf<"above" | "below">,
  cells: readonly Cell[],
  data: ClaimData,
): Findings {
  const measure = MEASURES.get(measured.measure)!;
  const clusters = clustersIn(
    cells,
    measured,
    data,
    (cell, value) => value / wholeOf(measure, cell),
  );
  const trials = sum(clusters.map(({ size }) => size));
  const mean = sum(clusters.map((cluster) => cluster.sum)) / trials;
  const judged =
    measure.kind === "rate" ? rateAgainst(share, clusters) : meanAgainst(share, clusters);
  if (trials === 0 || !judged) {
    return { evidence: "too few trials have the number", brief: "", findings: "cannot tell" };
  }
  return {
    evidence: `${percent(mean)} ${between(judged.interval)} of ${number(trials)} trials`,
    brief: percent(mean),
    findings: [{ p: judged.p, sign: Math.sign(mean - share) * (kind === "above" ? 1 : -1) }],
  };
}

/** Whether in each trial the part is more than half of the whole, or less, as often as chance has it. */
export function ofPart(
  { kind, of, ...part }: TestOf<"majority" | "minority">,
  cells: readonly Cell[],
  data: ClaimData,
): Findings {
  const sumsOf = (measured: Measured) => clustersIn(cells, measured, data, (_, value) => value);
  const [parts, wholes] = [sumsOf(part), sumsOf({ ...part, measure: of })];
  const trials = sum(wholes.map(({ size }) => size));
  const [counted, whole] = [parts, wholes].map((sums) => sum(sums.map((cluster) => cluster.sum)));
  const areAlike = wholes.every(({ size }, i) => size === parts[i]?.size);
  if (trials === 0 || whole === 0 || !areAlike) {
    return { evidence: "too few trials have the numbers", brief: "", findings: "cannot tell" };
  }
  const differences = parts.map((cluster, i) => 2 * cluster.sum - wholes[i].sum);
  const sign = Math.sign(sum(differences)) * (kind === "majority" ? 1 : -1);
  const mean = (total: number) => (total / trials).toFixed(2);
  return {
    evidence: `${mean(counted)} of ${mean(whole)} in each of ${number(trials)} trials: ${percent(counted / whole)}`,
    brief: percent(counted / whole),
    findings: [{ p: signFlipTest(differences).p, sign }],
  };
}

/** @param shareOf what of a trial is averaged */
function clustersIn(
  cells: readonly Cell[],
  measured: Measured,
  data: ClaimData,
  shareOf: (cell: Cell, value: number) => number,
): Cluster[] {
  return clustersOf(
    cells.map((cell) => {
      const { seeds, values } = data.seriesOf(cell, measured);
      return { cell, seeds, values: Array.from(values, (value) => shareOf(cell, value)) };
    }),
  );
}

function between({ low, high }: Interval): string {
  return `(${percent(low)} to ${percent(high)})`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function percent(share: number): string {
  const digits = share > 0 && share < 0.001 ? 3 : 1;
  return `${(100 * share).toFixed(digits)} %`;
}
