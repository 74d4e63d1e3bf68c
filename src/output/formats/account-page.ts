/** What `lrn verify` found, as a page for the console, and as JSON. */
import type { Account } from "../../analysis/account.js";
import type { JudgedClaim } from "../../analysis/claims.js";
import { capitalized } from "../../model/cells.js";
import { wrapped } from "../wrapped.js";
import {
  bornDeadSentence,
  claimSummary,
  numberLine,
  numberNames,
  numberSentences,
  readingTitle,
  sizeSentence,
} from "./account-words.js";

/** Verdicts, and of what does not hold an example; the rest is in the report. @param columns characters of a line */
export function accountText(account: Account, columns: number): string {
  const { bornDead, numbers, claims, hypotheses, readings = [] } = account;
  const indented = (text: string, by: number) =>
    `  ${wrapped(text, columns - 2, by - 2).replaceAll("\n", "\n  ")}`;
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ["", title, ...lines];
  const nameOf = numberNames(numbers);
  const differing = numbers.filter(({ verdict }) => verdict === "differs");
  const claimLine = (judged: JudgedClaim) =>
    indented(`[${judged.verdict}] ${capitalized(judged.claim.says)}: ${claimSummary(judged)}.`, 6);
  return [
    wrapped(account.source, columns),
    wrapped(sizeSentence(account), columns),
    ...section("Printed numbers", [
      ...(numbers.length > 0 ? numberSentences(account) : []).map((line) => indented(line, 6)),
      ...differing.map((judged) => indented(numberLine(judged, nameOf(judged)), 6)),
    ]),
    ...section("Claims", claims.map(claimLine)),
    ...section("What may explain it", [
      ...hypotheses.map(claimLine),
      ...readings.map((reading) => indented(`[${reading.verdict}] ${readingTitle(reading)}.`, 6)),
      ...(bornDead.length > 0 ? [indented(bornDeadSentence(bornDead), 6)] : []),
    ]),
  ].join("\n");
}

export function accountJson(account: Account): string {
  return JSON.stringify(account, null, 2);
}
