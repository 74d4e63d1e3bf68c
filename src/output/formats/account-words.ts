/** What `lrn verify` found, in sentences. */
import type { Account, BornDeadRow, Reading } from "../../analysis/account.js";
import type { JudgedClaim } from "../../analysis/claims.js";
import { shortNames } from "../../analysis/dimensions.js";
import type { JudgedNumber } from "../../analysis/published-numbers.js";
import { counted, number } from "../../counted.js";
import { type AxisName, axisOf, type PartialCell } from "../../model/axes.js";
import { cellName, differingAxes, phrases, sameValue, valuesIn } from "../../model/cells.js";
import { chanceText } from "./comparison-words.js";

export function sizeSentence({ seeds, cells, threshold }: Account): string {
  return `${counted(cells, "cell")}, ${counted(seeds, "trial")} each; converged: RMSE at most ${threshold}.`;
}

export function numberSentences({ numbers, total }: Account): string[] {
  const kinds = ["count", "mean"] as const;
  const sentences = kinds.flatMap((kind) => {
    const own = numbers.filter(({ published }) => published.kind === kind);
    if (own.length === 0) return [];
    const of = (verdict: JudgedNumber["verdict"]) =>
      own.filter((judged) => judged.verdict === verdict).length;
    const few = own.filter(({ p }) => p === null).length;
    const why = few > 0 ? `, of ${number(few)} because too few of ours have it` : "";
    const unknown = of("cannot tell");
    return [
      `${counted(own.length, kind)}: ${number(of("agrees"))} agree, ${number(of("differs"))} differ` +
        `${unknown > 0 ? `, of ${number(unknown)} we cannot tell${why}` : ""}.`,
    ];
  });
  if (total) {
    const { published, expected, deviation, sharedDeviation } = total;
    sentences.push(
      `All counts together: ${number(published)} printed, ${expected.toFixed(1)} expected; such a total has a ` +
        `standard deviation of ${deviation.toFixed(1)} where each cell has seeds of its own, of ` +
        `${sharedDeviation.toFixed(1)} where cells share them.`,
    );
  }
  return sentences;
}

/** @param name of the number's cell */
export function numberLine(judged: JudgedNumber, name: string): string {
  const [from, of, measure, printed, ours, p, adjusted, verdict] = numberColumns(judged, name);
  const chance = p === "" ? "too few of ours" : `p ${p}, adjusted ${adjusted}`;
  return `${from}, ${of}: ${measure} ${printed}, ours ${ours}: ${verdict} (${chance})`;
}

/** From where, of which network, measure, printed, ours, p, adjusted p, and the verdict. */
export function numberColumns(
  { published, ours, p, adjusted, verdict, impossible }: JudgedNumber,
  name: string,
): string[] {
  const isCount = published.kind === "count";
  const { trials } = published;
  const chance = (value: number | null) => (value === null ? "" : chanceText(value));
  return [
    ...[published.from, name, published.measure.replaceAll("-", " ")],
    isCount ? `${published.count} of ${trials}` : `${published.mean} on average of ${trials}`,
    isCount
      ? `${(ours.mean * trials).toFixed(1)} of ${trials}`
      : `${ours.mean.toFixed(2)} of ${number(ours.trials)}`,
    ...[chance(p), chance(adjusted)],
    impossible ? `${verdict}; no mean of so many whole numbers` : verdict,
  ];
}

/** What tells cells apart, in few words: a dataset by its function or file where that is enough. */
export function namesAmong(cells: readonly PartialCell[]): (cell: PartialCell) => string {
  const differing = differingAxes(cells);
  const datasets = valuesIn(cells, "dataset").filter(
    (dataset) => dataset !== undefined,
  ) as NonNullable<PartialCell["dataset"]>[];
  const names = shortNames("dataset", datasets);
  return (cell) => {
    const others = differing.filter((axis) => axis !== "dataset" && cell[axis] !== undefined);
    const dataset =
      cell.dataset && differing.includes("dataset")
        ? [names[datasets.findIndex((one) => sameValue(one, cell.dataset))]]
        : [];
    const parts = [...dataset, ...(others.length > 0 ? [phrases(cell, others)] : [])];
    return parts.join(", ") || cellName(cell) || "all";
  };
}

export function numberNames(numbers: readonly JudgedNumber[]): (judged: JudgedNumber) => string {
  const nameOf = namesAmong(numbers.map(({ published }) => published.where));
  return ({ published }) => nameOf(published.where);
}

/** `Figure 4.22 prints how many of the first two neurons of each layer are dead` */
export function readingTitle({ from, of }: Reading): string {
  return `${from} prints how many of ${of} are dead`;
}

const AT = {
  holds: "holds",
  "does not hold": "does not hold",
  "cannot tell": "cannot be told",
} as const;

/** How many groups say what; of those that do not hold, an example; of one group alone, what was found. */
export function claimSummary({ groups }: JudgedClaim): string {
  const [first] = groups;
  const nameOf = namesAmong(groups.map(({ axes }) => axes));
  if (groups.length === 1) return first.parts ? first.brief : first.evidence;
  const said = (["holds", "does not hold", "cannot tell"] as const).flatMap((verdict) => {
    const own = groups.filter((group) => group.verdict === verdict);
    if (own.length === 0) return [];
    const example = verdict === "does not hold" ? ` (${nameOf(own[0].axes)}: ${own[0].brief})` : "";
    return [`${AT[verdict]} at ${own.length} of ${groups.length}${example}`];
  });
  return said.join(", ");
}

/** Whether the share that was drawn, within its interval, is what theory allows. */
export function meetsBounds({ rateLow, rateHigh, atLeast, atMost }: BornDeadRow): boolean {
  return rateHigh >= (atLeast ?? 0) && rateLow <= (atMost ?? 1);
}

export function isBounded({ atLeast, atMost }: BornDeadRow): boolean {
  return atLeast !== null || atMost !== null;
}

/** `Born dead: from 1.2 % (depth 2, width 4) to 100 % (depth 30, width 2); 11 of 11 kinds within the bounds of theory.` */
export function bornDeadSentence(rows: readonly BornDeadRow[]): string {
  const sorted = rows.toSorted((a, b) => a.rate - b.rate);
  const [least, most] = [sorted[0], sorted.at(-1)!];
  const nameOf = namesAmong(rows.map(({ axes }) => axes));
  const name = ({ axes }: BornDeadRow) => (rows.length > 1 ? ` (${nameOf(axes)})` : "");
  const range =
    least === most
      ? percent(most.rate)
      : `from ${percent(least.rate)}${name(least)} to ${percent(most.rate)}${name(most)}`;
  const bounded = rows.filter(isBounded);
  const within = `${bounded.filter(meetsBounds).length} of ${bounded.length} kinds within the bounds of theory`;
  return `Born dead: ${range} of the networks${bounded.length > 0 ? `; ${within}` : ""}.`;
}

/** `15.2 %`, and of what is nearly none or all another digit */
export function percent(share: number): string {
  const isNear = Math.min(share, 1 - share) < 0.001 && share !== 0 && share !== 1;
  return `${(100 * share).toFixed(isNear ? 2 : 1)} %`;
}

/** `learning rate, depth` */
export function axisLabels(names: readonly AxisName[]): string {
  return names.map((name) => axisOf(name).label).join(", ");
}
