/** What `lrn verify` found, in sentences. */
import type { Account, Reading } from "../../analysis/account.js";
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
export function numberLine(
  { published, ours, p, adjusted, verdict, impossible }: JudgedNumber,
  name: string,
): string {
  const printed =
    published.kind === "count"
      ? `${published.count} of ${published.trials}`
      : `${published.mean} on average of ${published.trials}`;
  const own =
    published.kind === "count"
      ? `${(ours.mean * published.trials).toFixed(1)} of ${published.trials}`
      : `${ours.mean.toFixed(2)} of ${number(ours.trials)}`;
  const chance =
    p === null || adjusted === null
      ? "too few of ours converged"
      : `p ${chanceText(p)}, adjusted ${chanceText(adjusted)}`;
  const odd = impossible ? "; no mean of so many whole numbers" : "";
  return (
    `${published.from}, ${name}: ${published.measure} ${printed}, ours ${own}: ` +
    `${verdict} (${chance}${odd})`
  );
}

/** What of the cells of printed numbers tells them apart, in few words. */
export function numberNames(numbers: readonly JudgedNumber[]): (judged: JudgedNumber) => string {
  const cells = numbers.map(({ published }) => published.where);
  const differing = differingAxes(cells);
  const datasets = valuesIn(cells, "dataset").filter(
    (dataset) => dataset !== undefined,
  ) as NonNullable<PartialCell["dataset"]>[];
  const names = shortNames("dataset", datasets);
  return ({ published: { where } }) => {
    const others = differing.filter((axis) => axis !== "dataset" && where[axis] !== undefined);
    const dataset =
      where.dataset && differing.includes("dataset")
        ? [names[datasets.findIndex((one) => sameValue(one, where.dataset))]]
        : [];
    const parts = [...dataset, ...(others.length > 0 ? [phrases(where, others)] : [])];
    return parts.join(", ") || cellName(where);
  };
}

/** `Figure 4.22, dead of all four neurons of each layer: depth 2: 0 printed, ours 1.67 of 18 (p 0.01); …` */
export function readingText({ from, of, rows }: Reading): string {
  const parts = rows.map(
    ({ depth, printed, networks, ours, converged, p }) =>
      `depth ${depth}: ${printed} printed, as of ${networks} networks, ours ${ours.toFixed(2)} of ${converged}` +
      ` (${p === null ? "too few of ours" : `p ${chanceText(p)}`})`,
  );
  return `${from}, dead of ${of}: ${parts.join("; ")}.`;
}

/** How many groups say what; of a few, what was found. */
export function claimSummary({ claim, groups }: JudgedClaim): string {
  const [first] = groups;
  if (groups.length === 1) return `${first.evidence}.`;
  const said = (["holds", "does not hold", "cannot tell"] as const).flatMap((verdict) => {
    const own = groups.filter((group) => group.verdict === verdict);
    if (own.length === 0) return [];
    const few = own.length <= FEW ? `: ${own.map(groupText).join("; ")}` : "";
    return [`${verdict} at ${own.length} of ${groups.length}${few}`];
  });
  return `By ${axisLabels(claim.by)}: ${said.join(". ")}.`;
}

/** So many groups are told one by one. */
const FEW = 3;

function groupText({ axes, evidence }: JudgedClaim["groups"][number]): string {
  return `${phrases(axes, Object.keys(axes) as AxisName[])}: ${evidence}`;
}

/** `learning rate, depth` */
export function axisLabels(names: readonly AxisName[]): string {
  return names.map((name) => axisOf(name).label).join(", ");
}
