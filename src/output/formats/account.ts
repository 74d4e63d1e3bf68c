/** What `lrn verify` found, for the console, as Markdown and as JSON. */
import type { Account } from "../../analysis/account.js";
import type { AxisName } from "../../model/axes.js";
import { capitalized, phrases } from "../../model/cells.js";
import { wrapped } from "../wrapped.js";
import {
  axisLabels,
  claimSummary,
  numberLine,
  numberNames,
  numberSentences,
  readingText,
  sizeSentence,
} from "./account-words.js";
import { escapeMarkdown, markdownTable } from "./markdown.js";

/** @param columns characters of a line */
export function accountText(account: Account, columns: number): string {
  const indented = (text: string, by: number) => " ".repeat(by) + wrapped(text, columns, by);
  const numbers = account.numbers.filter(({ verdict, p }) => verdict !== "agrees" && p !== null);
  const nameOf = numberNames(account.numbers);
  return [
    wrapped(account.source, columns),
    wrapped(sizeSentence(account), columns),
    ...(account.numbers.length > 0
      ? ["", "Printed numbers", ...numberSentences(account).map((line) => indented(line, 2))]
      : []),
    ...numbers.map((judged) => indented(numberLine(judged, nameOf(judged)), 4)),
    ...(account.claims.length > 0 ? ["", "Claims"] : []),
    ...account.claims.flatMap((judged) => [
      indented(`[${judged.verdict}] ${capitalized(judged.claim.says)}.`, 2),
      indented(claimSummary(judged), 6),
    ]),
    ...(account.readings ? ["", "What a mean was taken of"] : []),
    ...(account.readings ?? []).map((reading) =>
      indented(`[${reading.verdict}] ${readingText(reading)}`, 2),
    ),
  ].join("\n");
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
      [axisLabels(claim.by) || "of", "verdict", "found"],
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
