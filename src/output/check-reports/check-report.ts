/**
 * What a check has to say, as text cells; every reporter takes its text from here, where what a
 * file says has been made visible.
 */
import type { CellCounts, Provenance } from "../../analysis/baseline.js";
import type { CellComparison, Comparison, Tolerance } from "../../analysis/compare-baseline.js";
import { counted, number } from "../../counted.js";
import { type AxisName, axisOf } from "../../model/axes.js";
import { capitalized, IN_TABLE_ORDER, valueText } from "../../model/cells.js";
import { visible } from "../visible.js";

export interface CheckReport {
  readonly name: string;
  /** The sweep file. */
  readonly file: string;
  readonly engine: { readonly name: string; readonly numerics: string };
  /** Those that were trained now, as ranges from a first to a last one. */
  readonly seeds: readonly (readonly [first: number, last: number])[];
  readonly baseline: { readonly file: string; readonly provenance: Provenance };
  readonly comparison: Comparison;
}

/** The cells that are not as they were. */
export function differingCells({ comparison }: CheckReport): readonly CellComparison[] {
  return comparison.cells.filter(({ verdict }) => verdict !== "same");
}

/** One sentence: `thesis: 3 of 336 cells are not as in configs/baselines/thesis.json` */
export function verdictLine(report: CheckReport): string {
  return visible(verdict(report));
}

function verdict(report: CheckReport): string {
  const { name, baseline, comparison } = report;
  const cells = comparison.cells.length;
  const { file } = baseline;
  const of = (count: number) =>
    `${number(count)} of ${counted(cells, "cell")} ${count === 1 ? "is" : "are"}`;
  if (comparison.passed) return `${name}: ${of(cells)} as in ${file}`;
  const differing = differingCells(report).length;
  if (differing === 0) return `${name}: the conditions are not those of ${file}`;
  return `${name}: ${of(differing)} not as in ${file}`;
}

/** What was compared with what, how, and which conditions changed. */
export function noteLines({ baseline, engine, seeds, comparison }: CheckReport): string[] {
  const { lrn, commit, engine: before, numerics } = baseline.provenance;
  const source =
    commit === null
      ? `lrn ${lrn}`
      : `lrn ${lrn} at commit ${commit.replace(/(?<=^.{12})[0-9a-f]+/, "")}`;
  return [
    visible(
      `Baseline by ${source}, engine ${before} (${numerics}); now engine ${engine.name} (${engine.numerics}).`,
    ),
    toleranceLine(comparison, seeds),
    ...conditionLines(comparison),
  ];
}

function toleranceLine(
  { falseAlarmLevel, notCompared }: Comparison,
  seeds: CheckReport["seeds"],
): string {
  return falseAlarmLevel === null
    ? "Compared exactly; dead neurons and dead layers are sums over the converged trials."
    : `Trained with ${seedsText(seeds)}, which the baseline does not have, so that both are independent. ` +
        "Compared by Fisher's exact test on each cell's converged trials, p adjusted by Holm to a " +
        `total false-alarm level of ${falseAlarmLevel}; not compared: ${notCompared.join(", ")}.`;
}

const MOST_RANGES = 5;

/** `seeds 10 to 19, 25` */
function seedsText(seeds: CheckReport["seeds"]): string {
  if (seeds.length > MOST_RANGES) return `seeds from ${seeds[0][0]} to ${seeds.at(-1)![1]}`;
  const ranges = seeds.map(([first, last]) =>
    first === last ? `${first}` : `${first} to ${last}`,
  );
  return `seed${ranges.length === 1 && !ranges[0].includes(" ") ? "" : "s"} ${ranges.join(", ")}`;
}

/** `Other epochs: 3000 in the baseline, 200 now` */
export function conditionLines({ conditions }: Comparison): string[] {
  return conditions.map(({ field, baseline, now }) =>
    visible(
      `Other ${field}: ${valueOrSeveral(baseline)} in the baseline, ${valueOrSeveral(now)} now`,
    ),
  );
}

function valueOrSeveral(value: unknown): string {
  return value === null ? "several" : JSON.stringify(value);
}

const COUNT_NAMES: Readonly<Record<keyof CellCounts, string>> = {
  trials: "Trials",
  converged: "Converged",
  deadNeurons: "Dead neurons",
  deadLayers: "Dead layers",
};

const COMPARED: Readonly<Record<Tolerance, readonly (keyof CellCounts)[]>> = {
  exact: ["trials", "converged", "deadNeurons", "deadLayers"],
  statistical: ["trials", "converged"],
};

export interface DifferenceTable {
  readonly head: readonly string[];
  readonly alignment: readonly ("l" | "r")[];
  readonly rows: readonly (readonly string[])[];
}

/** A row for each cell that is not as it was. */
export function differenceTable(report: CheckReport): DifferenceTable {
  const { tolerance } = report.comparison;
  const counts = COMPARED[tolerance];
  const isStatistical = tolerance === "statistical";
  const cells = differingCells(report);
  const shown = IN_TABLE_ORDER.filter((name) => cells.some(({ axes }) => name in axes));
  return {
    head: [
      "Cell",
      ...shown.map((name) => capitalized(axisOf(name).label)),
      ...counts.map((count) => COUNT_NAMES[count]),
      ...(isStatistical ? ["p"] : []),
    ],
    alignment: ["l", ...shown.map(alignmentOf), ...counts.map(() => "r" as const), "r"],
    rows: cells.map((cell) => [
      verdictText(cell),
      ...shown.map((name) => valueText(name, cell.axes[name])),
      ...counts.map((count) => change(cell, count)),
      ...(isStatistical ? [cell.p?.toPrecision(2) ?? ""] : []),
    ]),
  };
}

function alignmentOf(name: AxisName): "l" | "r" {
  return axisOf(name).domain.kind.endsWith("number") ? "r" : "l";
}

/** What happened to a cell that is not as it was: `moved: trials 10, converged 3 → 5 (+2)` */
export function differenceLine(cell: CellComparison, { comparison }: CheckReport): string {
  const counts = COMPARED[comparison.tolerance].map(
    (count) => `${COUNT_NAMES[count].toLowerCase()} ${change(cell, count)}`,
  );
  const p = cell.p === null ? [] : [`p ${cell.p.toPrecision(2)}`];
  return `${verdictText(cell)}: ${[...counts, ...p].join(", ")}`;
}

function verdictText({ verdict, now }: CellComparison): string {
  if (verdict !== "failed") return verdict;
  return `${counted(now!.failed, "trial")} failed`;
}

/** `3 → 5 (+2)`; `3` where nothing moved; `– → 5` in a cell that appeared. */
function change({ baseline, now }: CellComparison, count: keyof CellCounts): string {
  const before = baseline?.[count];
  const after = now?.[count];
  if (before === after) return String(after);
  if (before === undefined || after === undefined) return `${before ?? "–"} → ${after ?? "–"}`;
  const difference = after - before;
  return `${before} → ${after} (${difference > 0 ? "+" : "−"}${Math.abs(difference)})`;
}
