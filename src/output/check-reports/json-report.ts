/** A check as JSON, with every cell. */
import { visibleLines } from "../visible.js";
import { type CheckReport, verdictLine } from "./check-report.js";

export function jsonReport(report: CheckReport): string {
  const { passed, ...comparison } = report.comparison;
  const content = { passed, summary: verdictLine(report), ...report, comparison };
  // JSON lets any sign of a text be written as an escape.
  return visibleLines(JSON.stringify(content, null, 2));
}
