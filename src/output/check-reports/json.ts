/** A check as JSON, with every cell. */
import { type CheckReport, verdictLine } from "./report.js";

export function jsonReport(report: CheckReport): string {
  const { passed, ...comparison } = report.comparison;
  const content = { passed, summary: verdictLine(report), ...report, comparison };
  return JSON.stringify(content, null, 2);
}
