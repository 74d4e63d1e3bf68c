/** The report of `lrn verify`: all that was found, as a page with tables and pictures. */
import type { Account, Reading, ShownPlot } from "../../analysis/account.js";
import type { JudgedClaim } from "../../analysis/claims.js";
import type { JudgedNumber } from "../../analysis/published-numbers.js";
import { number } from "../../counted.js";
import { capitalized } from "../../model/cells.js";
import {
  claimSummary,
  isBounded,
  meetsBounds,
  namesAmong,
  numberColumns,
  numberNames,
  numberSentences,
  percent,
  readingTitle,
  sizeSentence,
} from "./account-words.js";
import { claimTable } from "./claim-table.js";
import { chanceText } from "./comparison-words.js";
import { escapeMarkdown, markdownTable } from "./markdown.js";
import { plotMarkdown } from "./plot-markdown.js";

/** Where pictures are, by the ids of plots and `born-dead`; a path from the page. None where there are no files. */
export type PicturePaths = ReadonlyMap<string, string>;

export const BORN_DEAD = "born-dead";

export function accountMarkdown(account: Account, pictures: PicturePaths = new Map()): string {
  const { name, source, numbers, claims, hypotheses, plots, readings = [] } = account;
  const isOfPrinted = ({ rows }: ShownPlot) => rows.some(({ printed }) => printed !== undefined);
  const section = (title: string, ...parts: readonly (readonly string[])[]) => {
    const lines = parts.flat();
    return lines.length === 0 ? [] : [`## ${title}`, ...lines];
  };
  const shown = (some: readonly ShownPlot[]) => some.flatMap((plot) => plotPart(plot, pictures));
  return `${[
    `# Does it hold? ${escapeMarkdown(name)}`,
    `${escapeMarkdown(source)}. \`lrn verify\` trained what its numbers and claims need, and computed what follows.`,
    sizeSentence(account),
    ...section("Printed numbers", numbersPart(numbers, account), shown(plots.filter(isOfPrinted))),
    ...section("Claims", summaryPart(claims), claims.flatMap(claimPart)),
    ...section(
      "What may explain it",
      hypotheses.flatMap(claimPart),
      readingsPart(readings),
      bornDeadPart(account, pictures),
      shown(plots.filter((plot) => !isOfPrinted(plot))),
    ),
  ].join("\n\n")}\n`;
}

function numbersPart(numbers: readonly JudgedNumber[], account: Account): string[] {
  if (numbers.length === 0) return [];
  const nameOf = numberNames(numbers);
  const odd = numbers.filter(
    ({ verdict, impossible, p }) => (verdict !== "agrees" && p !== null) || impossible,
  );
  const table = markdownTable(
    ["printed in", "of", "measure", "printed", "ours", "p", "adjusted", "verdict"],
    odd.map((judged) => numberColumns(judged, nameOf(judged))),
    ["l", "l", "l", "r", "r", "r", "r", "l"],
  );
  return [
    numberSentences(account)
      .map((sentence) => `- ${sentence}`)
      .join("\n"),
    ...(odd.length > 0 ? ["Those that do not simply agree:", table] : []),
  ];
}

function summaryPart(claims: readonly JudgedClaim[]): string[] {
  if (claims.length === 0) return [];
  const rows = claims.map((judged) => [
    capitalized(judged.verdict),
    judged.claim.says,
    claimSummary(judged),
  ]);
  return [markdownTable(["verdict", "claim", "found"], rows, ["l", "l", "l"])];
}

function claimPart(judged: JudgedClaim): string[] {
  const { claim, verdict } = judged;
  return [
    `### ${capitalized(verdict)}: ${escapeMarkdown(claim.says)}`,
    `${capitalized(escapeMarkdown(claim.from))}.`,
    ...claimTable(judged),
    ...(claim.note ? [escapeMarkdown(claim.note)] : []),
  ];
}

function readingsPart(readings: readonly Reading[]): string[] {
  return readings.flatMap((reading) => [
    `### ${capitalized(reading.verdict)}: ${escapeMarkdown(readingTitle(reading))}`,
    markdownTable(
      ["depth", "printed", "as of so many networks", "ours", "of so many", "p"],
      reading.rows.map(({ depth, printed, networks, ours, converged, p }) => [
        ...[String(depth), String(printed), String(networks), ours.toFixed(2), number(converged)],
        p === null ? "too few" : chanceText(p),
      ]),
      ["r", "r", "r", "r", "r", "r"],
    ),
  ]);
}

function bornDeadPart({ bornDead }: Account, pictures: PicturePaths): string[] {
  if (bornDead.length === 0) return [];
  const nameOf = namesAmong(bornDead.map(({ axes }) => axes));
  const bound = (value: number | null) => (value === null ? "" : percent(value));
  const table = markdownTable(
    [
      "networks",
      "drawn",
      "born dead",
      "95 % interval",
      "at least",
      "at most",
      "within",
      "dead neurons",
      "dead layers",
    ],
    bornDead.map((row) => [
      ...[nameOf(row.axes), number(row.networks), percent(row.rate)],
      `${percent(row.rateLow)} to ${percent(row.rateHigh)}`,
      ...[bound(row.atLeast), bound(row.atMost)],
      isBounded(row) ? (meetsBounds(row) ? "yes" : "no") : "",
      ...[row.deadNeurons.toFixed(2), row.deadLayers.toFixed(2)],
    ]),
    ["l", "r", "r", "r", "r", "r", "l", "r", "r"],
  );
  return [
    "### How many are born dead, beside what theory says",
    "Born dead: some hidden layer puts out 0 for every sample before the first step. Networks were drawn as trials " +
      "draw them; neurons and layers are means per network. `lrn risk` says where each bound comes from.",
    ...picture(BORN_DEAD, "Shares of networks born dead, with the bounds of theory", pictures),
    table,
  ];
}

function plotPart(plot: ShownPlot, pictures: PicturePaths): string[] {
  const { id, title, subtitle, note } = plot;
  const hasPrinted = plot.rows.some(({ printed }) => typeof printed === "number");
  return [
    `### ${escapeMarkdown(title)}`,
    escapeMarkdown(subtitle.join(" ")),
    ...picture(id, title, pictures),
    `<details><summary>The same in numbers${hasPrinted ? "; as printed in brackets" : ""}</summary>`,
    plotMarkdown(plot),
    "</details>",
    ...(note ? [escapeMarkdown(note)] : []),
  ];
}

function picture(id: string, alt: string, pictures: PicturePaths): string[] {
  const path = pictures.get(id);
  return path === undefined ? [] : [`![${escapeMarkdown(alt)}](${encodeURI(path)})`];
}
