/** A check as JUnit XML: a test case per cell, and one for the conditions where they changed. */
import { cellName } from "../../model/cells.js";
import {
  type CheckReport,
  conditionLines,
  differenceLine,
  noteLines,
  verdictLine,
} from "./check-report.js";

interface TestCase {
  readonly name: string;
  readonly failure?: string;
}

export function junitReport(report: CheckReport): string {
  const cases = testCases(report);
  const failures = cases.filter(({ failure }) => failure !== undefined).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`;
  const name = escapeXml(report.name);
  const elements = cases.map((testCase) => {
    const start = `    <testcase classname="${name}" name="${escapeXml(testCase.name)}"`;
    if (testCase.failure === undefined) return `${start}/>`;
    return `${start}>\n      <failure message="${escapeXml(testCase.failure)}"/>\n    </testcase>`;
  });
  const output = [verdictLine(report), ...noteLines(report)].join("\n");
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="lrn check" ${counts}>
  <testsuite name="${name}" ${counts} skipped="0">
${elements.join("\n")}
    <system-out>${escapeXml(output)}</system-out>
  </testsuite>
</testsuites>`;
}

function testCases(report: CheckReport): TestCase[] {
  const { comparison } = report;
  const changed = conditionLines(comparison);
  const conditions =
    changed.length > 0 ? [{ name: "conditions", failure: changed.join("; ") }] : [];
  const cells = comparison.cells.map((cell) => ({
    name: cellName(cell.axes),
    ...(cell.verdict !== "same" && { failure: differenceLine(cell, report) }),
  }));
  return [...conditions, ...cells];
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** For content and attributes; what XML 1.0 has no way to write, section 2.2, is left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign]);
}
