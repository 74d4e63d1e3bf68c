/** A comparison as a league table for a page. */
import { league } from "./comparison-league.js";
import type { ComparisonReport } from "./comparison-rows.js";
import { captionText } from "./comparison-words.js";
import { escapeMarkdown, markdownTable } from "./markdown.js";

export function comparisonMarkdown(report: ComparisonReport): string {
  const { head, lines } = league(report, { simultaneous: true, size: "usual" });
  const named = [report.axis === "grid" ? "name" : head[0], ...head.slice(1)];
  const alignment = named.map((name, i) => (i === 0 || name === "verdict" ? "l" : "r"));
  const caption = captionText(report).map(escapeMarkdown).join("\n");
  return `${markdownTable(named, lines, alignment)}\n\n${caption}`;
}
