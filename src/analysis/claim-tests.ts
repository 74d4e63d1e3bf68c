/** What our trials have to say of each combination of axes that a claim is about, before chance is judged. */
import { number } from "../counted.js";
import { axisOf, type PartialCell } from "../model/axes.js";
import { compareCells, identityOf, pick, sameValue, valuesIn } from "../model/cells.js";
import { grouped } from "../model/grouped.js";
import type { Cell } from "../model/trial.js";
import {
  type Claim,
  type ClaimData,
  type Examined,
  type Finding,
  isAbout,
  type Measured,
  type Part,
  type TestOf,
} from "./claims.js";
import { clusteredDifferenceInterval, clusteredMeanInterval } from "./clustered-means.js";
import { costFindings } from "./cost-claims.js";
import { matchOnOthers, type Stratum } from "./matched-arms.js";
import { MEASURES } from "./measures.js";
import { clustersWith, pairedClusters } from "./paired-clusters.js";
import { ofOccurrence, ofPart, ofShare } from "./share-claims.js";
import { signFlipTest } from "./sign-flip-test.js";

type Findings = Omit<Examined, "axes">;

/** One result for each combination of the axes that the claim is said of, in the order of tables. */
export function examine(claim: Claim, data: ClaimData): Examined[] {
  const cells = data.cells.filter((cell) => isAbout(claim, cell));
  const groups = grouped(cells, (cell) => identityOf(pick(cell, claim.by)));
  return [...groups.values()]
    .map((members) => ({ axes: pick(members[0], claim.by) as PartialCell, members }))
    .sort((a, b) => compareCells(a.axes, b.axes))
    .map(({ axes, members }) => ({ axes, ...findingsOf(claim, members, data) }));
}

function findingsOf({ test }: Claim, cells: readonly Cell[], data: ClaimData): Findings {
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
    case "majority":
    case "minority":
      return ofPart(test, cells, data);
    case "costs-more":
      return costFindings(test, cells, data);
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
    evidence: `${found.other} against ${found.base}, ${found.difference} ${found.interval}; ${found.pairs} pairs`,
    brief: found.difference,
    findings: [{ p: found.p, sign: wanted * found.sign }],
  };
}

const NO_PAIRS: Findings = {
  evidence: "no pair of trials has the number",
  brief: "",
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
    difference: signed(difference),
    interval: interval ? `(${signed(interval.low)} to ${signed(interval.high)})` : "(one start)",
    pairs: number(total),
    p: signFlipTest(differences).p,
    sign: Math.sign(difference),
  };
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
    return { name: arm.name, found: differenceOf(strata, measured, data) };
  });
  const found = steps.flatMap((step) => (step.found ? [step.found] : []));
  const parts = steps.map(({ name, found }): Part => {
    return [name, found ? `${found.difference} ${found.interval}` : "no pairs"];
  });
  const isWhole = found.length === steps.length && found.length > 0;
  return {
    evidence: parts.map((part) => part.join(" ")).join("; "),
    brief: found.map(({ difference }) => difference).join(", "),
    parts,
    findings: isWhole ? found.map(({ p, sign }): Finding => ({ p, sign })) : "cannot tell",
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
