/** What `lrn verify` found, for the console, as Markdown and as JSON. */
import type { Account, Reading } from "../../analysis/account.js";
import type { ClaimVerdict, JudgedClaim } from "../../analysis/claims.js";
import type { JudgedNumber } from "../../analysis/published-numbers.js";
import { counted, number } from "../../counted.js";
import { shortNames } from "../../analysis/dimensions.js";
import {
  capitalized,
  cellName,
  differingAxes,
  phrases,
  sameValue,
  valuesIn,
} from "../../model/cells.js";
import type { AxisName, PartialCell } from "../../model/axes.js";
import { wrapped } from "../wrapped.js";
import { escapeMarkdown, markdownTable } from "./markdown.js";

/** @param columns characters of a line */
export function accountText(account: Account, columns: number): string {
  const indented = (text: string, by: number) => " ".repeat(by) + wrapped(text, columns, by);
  const numbers = account.numbers.filter(({ verdict, p }) => verdict !== "agrees" && p !== null);
  const nameOf = numberNames(account.numbers);
  return [
    wrapped(`${account.source}`, columns),
    wrapped(sizeSentence(account), columns),
    ...(account.numbers.length > 0
      ? ["", "Printed numbers", ...numberSentences(account).map((line) => indented(line, 2))]
      : []),
    ...numbers.map((judged) => indented(numberLine(judged, nameOf(judged)), 4)),
    ...(account.claims.length > 0 ? ["", "Claims"] : []),
    ...account.claims.flatMap((judged) => [
      indented(`${VERDICT[judged.verdict]} ${capitalized(judged.claim.says)}.`, 2),
      indented(claimSummary(judged), 6),
    ]),
    ...(account.readings ? ["", "What a mean was taken of"] : []),
    ...(account.readings ?? []).map((reading) =>
      indented(`[${reading.verdict}] ${readingText(reading)}`, 2),
    ),
  ].join("\n");
}

const VERDICT: Readonly<Record<ClaimVerdict, string>> = {
  holds: "[holds]",
  "does not hold": "[does not hold]",
  "cannot tell": "[cannot tell]",
};

function sizeSentence({ seeds, cells, threshold }: Account): string {
  return `${counted(cells, "cell")}, ${counted(seeds, "trial")} each; converged: RMSE at most ${threshold}.`;
}

function numberSentences({ numbers, total }: Account): string[] {
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
function numberLine(
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
      : `p ${readableP(p)}, adjusted ${readableP(adjusted)}`;
  const odd = impossible ? "; no mean of so many whole numbers" : "";
  return (
    `${published.from}, ${name}: ${published.measure} ${printed}, ours ${own}: ` +
    `${verdict} (${chance}${odd})`
  );
}

/** What of the cells of printed numbers tells them apart, in few words. */
function numberNames(numbers: readonly JudgedNumber[]): (judged: JudgedNumber) => string {
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
function readingText({ from, of, rows }: Reading): string {
  const parts = rows.map(
    ({ depth, printed, networks, ours, converged, p }) =>
      `depth ${depth}: ${printed} printed, as of ${networks} networks, ours ${ours.toFixed(2)} of ${converged}` +
      ` (${p === null ? "too few of ours" : `p ${readableP(p)}`})`,
  );
  return `${from}, dead of ${of}: ${parts.join("; ")}.`;
}

function readableP(p: number): string {
  return p < 0.0001 ? "below 0.0001" : p.toFixed(p < 0.01 ? 4 : 2);
}

/** How many groups say what; of a few, what was found. */
function claimSummary({ claim, groups }: JudgedClaim): string {
  const [first] = groups;
  if (groups.length === 1) return `${first.evidence}.`;
  const said = (["holds", "does not hold", "cannot tell"] as const).flatMap((verdict) => {
    const own = groups.filter((group) => group.verdict === verdict);
    if (own.length === 0) return [];
    const few = own.length <= FEW ? `: ${own.map(groupText).join("; ")}` : "";
    return [`${verdict} at ${own.length} of ${groups.length}${few}`];
  });
  return `By ${claim.by.map(wordOf).join(", ")}: ${said.join(". ")}.`;
}

/** So many groups are told one by one. */
const FEW = 3;

function groupText({ axes, evidence }: JudgedClaim["groups"][number]): string {
  return `${phrases(axes, Object.keys(axes) as AxisName[])}: ${evidence}`;
}

function wordOf(name: AxisName): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** A page: the claims with all that was found, then the printed numbers that do not simply agree. */
export function accountMarkdown(account: Account): string {
  const claims = account.claims.flatMap(({ claim, verdict, groups }) => [
    "",
    `### ${capitalized(verdict)}: ${escapeMarkdown(claim.says)}`,
    "",
    `${capitalized(escapeMarkdown(claim.from))}.`,
    "",
    markdownTable(
      [claim.by.map(wordOf).join(", ") || "of", "verdict", "found"],
      groups.map(({ axes, verdict, evidence }) => [
        phrases(axes, Object.keys(axes) as AxisName[]) || "all",
        verdict,
        evidence,
      ]),
      ["l", "l", "l"],
    ),
  ]);
  const nameOf = numberNames(account.numbers);
  const odd = account.numbers.filter(
    ({ verdict, impossible, p }) => (verdict !== "agrees" && p !== null) || impossible,
  );
  return [
    `# Does it hold? ${escapeMarkdown(account.name)}`,
    "",
    `${escapeMarkdown(account.source)}. \`lrn verify\` trained what its numbers and claims need, and computed what follows.`,
    "",
    sizeSentence(account),
    ...(account.numbers.length > 0
      ? [
          "",
          "## Printed numbers",
          "",
          ...numberSentences(account).map((sentence) => `- ${sentence}`),
          ...odd.map((judged) => `- ${escapeMarkdown(numberLine(judged, nameOf(judged)))}`),
        ]
      : []),
    ...(claims.length > 0 ? ["", "## Claims", ...claims] : []),
    ...(account.readings
      ? [
          "",
          "## What a mean was taken of",
          "",
          ...account.readings.map(
            (reading) =>
              `- **${capitalized(reading.verdict)}**: ${escapeMarkdown(readingText(reading))}`,
          ),
        ]
      : []),
    "",
  ].join("\n");
}

export function accountJson(account: Account): string {
  return JSON.stringify(account, null, 2);
}
