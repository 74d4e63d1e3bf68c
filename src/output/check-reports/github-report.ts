/**
 * A check for GitHub Actions: annotations as workflow commands in the log, and a step summary in
 * Markdown (docs.github.com, "Workflow commands for GitHub Actions").
 */
import { cellName } from "../../model/cells.js";
import { escapeMarkdown, markdownTable } from "../formats/markdown.js";
import { visibleLines } from "../visible.js";
import {
  type CheckReport,
  conditionLines,
  differenceLine,
  differenceTable,
  differingCells,
  noteLines,
  verdictLine,
} from "./check-report.js";

/** GitHub shows ten annotations of a kind for each step; the last may have to stand for the rest. */
const MAX_ANNOTATIONS = 10;

/** A summary may have 1 MiB; a row has under 250 bytes. */
const MAX_SUMMARY_ROWS = 2000;

/**
 * The lines of the log, annotations among them. Nothing that a file says is a command there: the
 * runner takes a line for one that begins with `::`, which none of ours does, and one with `##[`
 * anywhere, which texts from check-report.ts have no more than line breaks.
 */
export function githubLog(report: CheckReport): string {
  return [verdictLine(report), ...noteLines(report), ...annotations(report)].join("\n");
}

function annotations(report: CheckReport): string[] {
  const { comparison } = report;
  const file = visibleLines(report.file); // whose line breaks the runner gives back
  const all = [
    ...conditionLines(comparison).map((line) => errorCommand(file, "Other conditions", line)),
    ...differingCells(report).map((cell) =>
      errorCommand(file, cellName(cell.axes), differenceLine(cell, report)),
    ),
  ];
  if (all.length <= MAX_ANNOTATIONS) return all;
  const shown = all.slice(0, MAX_ANNOTATIONS - 1);
  const rest = `${all.length - shown.length} further differences; the step's summary has them`;
  return [...shown, errorCommand(file, verdictLine(report), rest)];
}

/** `::error file=…,title=…::message` */
export function errorCommand(file: string, title: string, message: string): string {
  return `::error file=${escapeProperty(file)},title=${escapeProperty(title)}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}

/** To be appended to the file that $GITHUB_STEP_SUMMARY names. */
export function githubSummary(report: CheckReport): string {
  const { head, alignment, rows } = differenceTable(report);
  const sign = report.comparison.passed ? "✅" : "❌";
  const shown = rows.slice(0, MAX_SUMMARY_ROWS);
  const left = rows.length - shown.length;
  return `${[
    `### ${sign} ${escapeMarkdown(verdictLine(report))}`,
    noteLines(report)
      .map((line) => `- ${escapeMarkdown(line)}`)
      .join("\n"),
    ...(shown.length > 0 ? [markdownTable(head, shown, alignment)] : []),
    ...(left > 0 ? [`And ${left} further cells.`] : []),
  ].join("\n\n")}\n`;
}
