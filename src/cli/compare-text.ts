/** A comparison for people: a table no wider than the terminal, and what it leaves open. */
import type { ArmComparison } from "../analysis/compare-arms.js";
import { number } from "../counted.js";
import { league } from "../output/formats/comparison-league.js";
import type { ComparisonReport } from "../output/formats/comparison-rows.js";
import {
  captionText,
  chanceText,
  differenceText,
  intervalText,
  meanText,
  sideIntervalText,
} from "../output/formats/comparison-words.js";
import { wrapped } from "../output/wrapped.js";
import { fittedTable } from "./fitted-table.js";

/**
 * A single row as a list of all that is known of it; several as a table, with as much as there is room for.
 *
 * @param columns characters of a line
 * @param simultaneous whether each interval of a difference is one of those that hold together
 */
export function comparisonText(
  report: ComparisonReport,
  columns: number,
  simultaneous: boolean,
): string {
  const about = captionText(report).map((sentence) => wrapped(sentence, columns));
  const { rows } = report;
  const shown =
    rows.length === 1 ? single(rows[0], report, columns) : table(report, columns, simultaneous);
  return [shown, ...about].join("\n");
}

/** As much as there is room for. */
function table(report: ComparisonReport, columns: number, simultaneous: boolean): string {
  const sizes = ["whole", "usual", "narrow"] as const;
  const texts = sizes.map((size) => {
    const { head, lines } = league(report, { simultaneous, size });
    return fittedTable(head, lines, columns);
  });
  return texts.find((text) => widest(text) <= columns) ?? texts[2];
}

function widest(text: string): number {
  return Math.max(...text.split("\n").map(({ length }) => length));
}

function single(row: ArmComparison, { base, measure }: ComparisonReport, columns: number): string {
  const { arm, other, pairs, clusters, baseMore, otherMore } = row;
  const side = (name: string, { mean, interval }: ArmComparison["base"]): [string, string] => [
    name,
    `${meanText(mean, measure)}, 95 % interval ${sideIntervalText(interval, measure)}`,
  ];
  const more = measure.isConvergence ? "converged alone" : "more";
  const entries: [string, string][] = [
    side(base, row.base),
    side(arm, other),
    [
      "difference",
      `${differenceText(row.difference, measure)}, 95 % interval ${intervalText(row.interval, measure)}`,
    ],
    ["pairs", `${number(pairs)}, of ${number(clusters)} starts`],
    [more, `${base} in ${number(baseMore)}, ${arm} in ${number(otherMore)}`],
    ["p", `${chanceText(row.p)} (sign-flip test, ${row.method})`],
    ["verdict", `${arm}: ${row.verdict}`],
  ];
  const room = Math.max(...entries.map(([name]) => name.length)) + 2;
  return entries
    .map(([name, text]) => `${name.padEnd(room)}${wrapped(text, columns, room)}`)
    .join("\n");
}
