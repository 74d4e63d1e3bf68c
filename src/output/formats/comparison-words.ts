/** What people read of a comparison. */
import type { ArmComparison } from "../../analysis/compare-arms.js";
import type { Interval } from "../../analysis/intervals.js";
import type { Measure } from "../../analysis/measures.js";
import { counted, number } from "../../counted.js";
import type { AxisName } from "../../model/axes.js";
import { phrases } from "../../model/cells.js";
import type { ComparisonReport } from "./comparison-rows.js";

/**
 * What a row is about: its arm, where there are several, and what its pairs have in common.
 *
 * @param mark what stands behind the arm
 */
export function rowName(
  { arm, axes }: Pick<ArmComparison, "arm" | "axes">,
  { rows }: Pick<ComparisonReport, "rows">,
  mark = "",
): string {
  const where = phrases(axes, Object.keys(axes) as AxisName[]);
  const isNamed = where === "" || mark !== "" || rows.some((row) => row.arm !== arm);
  return [...(isNamed ? [`${arm}${mark}`] : []), ...(where === "" ? [] : [where])].join(", ");
}

/** A mean, or a difference of means with its sign, as people read it. */
export function meanText(value: number, { kind }: Measure): string {
  return MEAN_TEXTS[kind](value);
}

const MEAN_TEXTS: Readonly<Record<Measure["kind"], (value: number) => string>> = {
  rate: (value) => value.toFixed(3),
  count: (value) => value.toFixed(2),
  error: (value) => value.toPrecision(3),
};

export function differenceText(value: number, measure: Measure): string {
  const text = meanText(value, measure);
  return Number(text) > 0 ? `+${text}` : text.replace(/^-(?=[0.]*$)/, "");
}

/** `-0.10 to +0.02` */
export function intervalText(interval: Interval | null, measure: Measure): string {
  if (!interval) return "unknown";
  return `${differenceText(interval.low, measure)} to ${differenceText(interval.high, measure)}`;
}

/** `0.069 to 0.083` */
export function sideIntervalText(interval: Interval | null, measure: Measure): string {
  if (!interval) return "unknown";
  return `${meanText(interval.low, measure)} to ${meanText(interval.high, measure)}`;
}

export function chanceText(p: number): string {
  return p < 0.0001 ? "<0.0001" : p.toFixed(4);
}

/** `convergence (RMSE at most 0.07)` */
export function measureText({ measure, among, threshold }: ComparisonReport): string {
  if (measure.isConvergence) return `converged: RMSE at most ${threshold}`;
  const which =
    among === "trained"
      ? "pairs of which both were trained to their end"
      : `pairs of which both converged, RMSE at most ${threshold}`;
  return `${measure.name}, over ${which}`;
}

/** What rows without a verdict could not have found, a sentence for each number of pairs. */
export function unnoticedTexts({ rows, measure }: ComparisonReport): string[] {
  const sentences = rows.flatMap(({ pairs, clusters, unnoticed }) => {
    if (unnoticed === null) return [];
    const what = pairs === clusters ? "pair" : "start";
    if (unnoticed >= clusters) {
      return [`${counted(clusters, what)} would not have shown any difference, however large`];
    }
    if (measure.isConvergence && pairs === clusters) {
      return [
        `0 of ${number(pairs)} against ${number(unnoticed)} of ${number(pairs)} would not have been found either`,
      ];
    }
    return [
      `of ${counted(clusters, what)}, ${number(unnoticed)} that differ, all in favour of one side, would not have been found either`,
    ];
  });
  return [...new Set(sentences)];
}

/** `learning rate` */
export function axisText({ axis }: Pick<ComparisonReport, "axis">): string {
  return axis.replaceAll("-", " ");
}

/** What was compared, how, and what it leaves open: a sentence or so each. */
export function captionText(report: ComparisonReport): string[] {
  const { axis, base, rows, notes } = report;
  const what = axis === "grid" ? "Grids" : `Values of ${axisText(report)}`;
  const sentences = [
    `${what} held against ${base}, in pairs of the same seed${pairsText(rows)}; ${measureText(report)}.`,
    ...openTexts(report),
    ...notes.map((note) => `Note: ${note}.`),
  ];
  return sentences;
}

/** So many rows without a verdict are told of one by one. */
const MOST_TOLD = 4;

/** What differences remain possible where none was found, and what could not have been. */
function openTexts(report: ComparisonReport): string[] {
  const open = report.rows.filter(({ unnoticed }) => unnoticed !== null);
  if (open.length === 0) return [];
  const possible =
    open.length > MOST_TOLD
      ? ["any difference within a row's simultaneous interval remains possible"]
      : open.map((row) => {
          const name = report.rows.length > 1 ? `for ${rowName(row, report)} ` : "";
          return `${name}a true difference of ${intervalText(row.simultaneous, report.measure)} remains possible`;
        });
  return [`Cannot tell: ${[...possible, ...unnoticedTexts(report)].join("; ")}.`];
}

/** `, 14 to 140 in a row` */
function pairsText(rows: readonly ArmComparison[]): string {
  const pairs = rows.map((row) => row.pairs);
  const [fewest, most] = [Math.min(...pairs), Math.max(...pairs)];
  return fewest === most
    ? `, ${number(most)} in each row`
    : `, ${number(fewest)} to ${number(most)} in a row`;
}
