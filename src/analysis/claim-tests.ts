/** What our trials have to say of each combination of axes that a claim is about, before chance is judged. */
import { axisOf, type PartialCell } from "../model/axes.js";
import { compareCells, identityOf, pick, sameValue, valuesIn } from "../model/cells.js";
import { grouped } from "../model/grouped.js";
import type { Cell } from "../model/trial.js";
import { number } from "../counted.js";
import {
  type Claim,
  type ClaimData,
  type ClaimTest,
  type Examined,
  type Finding,
  isAbout,
  type Measured,
} from "./claims.js";
import {
  clusteredDifferenceInterval,
  clusteredMeanInterval,
  clusteredRateInterval,
} from "./clustered-means.js";
import { type Cluster, clustersOf } from "./clusters.js";
import { type Interval, wilsonInterval } from "./intervals.js";
import { matchOnOthers, type Stratum } from "./matched-arms.js";
import { MEASURES } from "./measures.js";
import { clustersWith, pairedClusters } from "./paired-clusters.js";
import { meanAgainst, rateAgainst } from "./share-tests.js";
import { signFlipTest } from "./sign-flip-test.js";

type Findings = Pick<Examined, "evidence" | "findings">;
type TestOf<Kind> = Extract<ClaimTest, { readonly kind: Kind }>;

/** One result for each combination of the axes that the claim is said of, in the order of tables. */
export function examine(claim: Claim, data: ClaimData): Examined[] {
  const cells = data.cells.filter((cell) => isAbout(claim, cell));
  const groups = grouped(cells, (cell) => identityOf(pick(cell, claim.by)));
  return [...groups.values()]
    .map((members) => ({ axes: pick(members[0], claim.by) as PartialCell, members }))
    .sort((a, b) => compareCells(a.axes, b.axes))
    .map(({ axes, members }) => ({ axes, ...findingsOf(claim.test, members, data) }));
}

function findingsOf(test: ClaimTest, cells: readonly Cell[], data: ClaimData): Findings {
  switch (test.kind) {
    case "more":
    case "fewer":
      return ofDifference(test, cells, data);
    case "never":
    case "sometimes":
      return ofOccurrence(test, cells, data);
    case "rises":
      return ofRise(test, cells, data);
    case "above":
    case "below":
      return ofShare(test, cells, data);
  }
}

function ofDifference(
  { kind, axis, base, other, ...measured }: TestOf<"more" | "fewer">,
  cells: readonly Cell[],
  data: ClaimData,
): Findings {
  const armOf = (value: unknown) => ({
    name: axisOf(axis).phrase(value as never),
    cells: cells.filter((cell) => sameValue(cell[axis], value)),
  });
  const { strata } = matchOnOthers(axis, armOf(base), armOf(other));
  const found = differenceOf(strata, measured, data);
  if (!found) return NO_PAIRS;
  const wanted = kind === "more" ? 1 : -1;
  return {
    evidence: `${found.other} against ${found.base}, ${found.difference}; ${found.pairs} pairs`,
    findings: [{ p: found.p, sign: wanted * found.sign }],
  };
}

const NO_PAIRS: Findings = {
  evidence: "no pair of trials has the number",
  findings: "cannot tell",
};

function differenceOf(strata: readonly Stratum[], measured: Measured, data: ClaimData) {
  const paired = pairedClusters(strata, (cell) => data.seriesOf(cell, measured));
  const { base, other, pairs, differences } = paired;
  if (pairs.length === 0) return undefined;
  const total = sum(pairs);
  const clusters = clustersWith(paired, differences);
  const isRate = MEASURES.get(measured.measure)!.kind === "rate";
  const interval = isRate ? clusteredDifferenceInterval(clusters) : clusteredMeanInterval(clusters);
  const difference = sum(differences) / total;
  const text = isRate ? (value: number) => value.toFixed(3) : (value: number) => value.toFixed(2);
  const signed = (value: number) => `${value < 0 ? "" : "+"}${text(value)}`;
  return {
    base: text(sum(base) / total),
    other: text(sum(other) / total),
    difference: interval
      ? `${signed(difference)} (${signed(interval.low)} to ${signed(interval.high)})`
      : signed(difference),
    pairs: total.toLocaleString("en-US"),
    p: signFlipTest(differences).p,
    sign: Math.sign(difference),
  };
}

/** What happens at a lower rate, ten trainings show less often than not; at a lower one still, in one of twenty cases. */
const LIKELY_IN_TEN = 1 - 0.5 ** (1 / 10);
const UNLIKELY_IN_TEN = 1 - 0.95 ** (1 / 10);

function ofOccurrence(
  { kind, ...measured }: TestOf<"never" | "sometimes">,
  cells: readonly Cell[],
  data: ClaimData,
): Findings {
  const clusters = clustersIn(cells, measured, data, (_, value) => Number(value > 0));
  const trials = sum(clusters.map(({ size }) => size));
  if (trials === 0) return { evidence: "no trial has the number", findings: "cannot tell" };
  const count = sum(clusters.map((cluster) => cluster.sum));
  const interval =
    count === 0 ? wilsonInterval(0, clusters.length) : clusteredRateInterval(clusters);
  const starts = clusters.length < trials ? `, of ${number(clusters.length)} starts` : "";
  const evidence =
    count === 0
      ? `none of ${number(trials)}${starts}: at most ${percent(interval.high)}`
      : `${number(count)} of ${number(trials)}${starts}: ${percent(count / trials)} ${between(interval)}`;
  const [seen, unseen, bound] =
    kind === "never"
      ? (["does not hold", "holds", LIKELY_IN_TEN] as const)
      : (["holds", "does not hold", UNLIKELY_IN_TEN] as const);
  if (count > 0) return { evidence, findings: seen };
  return { evidence, findings: interval.high < bound ? unseen : "cannot tell" };
}

function ofRise(
  { over, kind: _, ...measured }: TestOf<"rises">,
  cells: readonly Cell[],
  data: ClaimData,
): Findings {
  const values = valuesIn(cells, over).sort((a, b) => Number(a) - Number(b));
  const arms = values.map((value) => ({
    name: axisOf(over).phrase(value as never),
    cells: cells.filter((cell) => sameValue(cell[over], value)),
  }));
  const steps = arms.slice(1).map((arm, i) => {
    const { strata } = matchOnOthers(over, arms[i], arm);
    const found = differenceOf(strata, measured, data);
    return { found, text: found ? `${arm.name} ${found.difference}` : `${arm.name}: no pairs` };
  });
  const found = steps.flatMap((step) => (step.found ? [step.found] : []));
  if (found.length < steps.length || found.length === 0) {
    return { evidence: steps.map(({ text }) => text).join("; "), findings: "cannot tell" };
  }
  return {
    evidence: steps.map(({ text }) => text).join("; "),
    findings: found.map(({ p, sign }): Finding => ({ p, sign })),
  };
}

function ofShare(
  { share, kind, ...measured }: TestOf<"above" | "below">,
  cells: readonly Cell[],
  data: ClaimData,
): Findings {
  const { field, kind: scale } = MEASURES.get(measured.measure)!;
  const wholeOf = ({ depth, width }: Cell) =>
    scale === "rate" ? 1 : /layers/i.test(field) ? depth : depth * width;
  const clusters = clustersIn(cells, measured, data, (cell, value) => value / wholeOf(cell));
  const trials = sum(clusters.map(({ size }) => size));
  const mean = sum(clusters.map((cluster) => cluster.sum)) / trials;
  const judged = scale === "rate" ? rateAgainst(share, clusters) : meanAgainst(share, clusters);
  if (trials === 0 || !judged) {
    return { evidence: "too few trials have the number", findings: "cannot tell" };
  }
  return {
    evidence: `${percent(mean)} ${between(judged.interval)} of ${number(trials)} trials`,
    findings: [{ p: judged.p, sign: Math.sign(mean - share) * (kind === "above" ? 1 : -1) }],
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
