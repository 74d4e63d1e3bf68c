/** A comparison as lines of text: the best first, the base in its place among them. */
import type { ArmComparison, Side } from "../../analysis/compare-arms.js";
import { number } from "../../counted.js";
import type { ComparisonReport } from "./comparison-rows.js";
import {
  axisText,
  chanceText,
  differenceText,
  intervalText,
  meanText,
  rowName,
  sideIntervalText,
} from "./comparison-words.js";

export interface League {
  readonly head: readonly string[];
  readonly lines: readonly (readonly string[])[];
}

export interface LeagueChoices {
  /** Whether each interval of a difference is one of those that hold together. */
  readonly simultaneous: boolean;
  /** All that is known; or what is looked at first; or that with what is long in two lines. */
  readonly size: "whole" | "usual" | "narrow";
}

interface LeagueColumn {
  readonly name: string;
  /** Of the base's line, which has no difference from itself. */
  base?(row: ArmComparison): string;
  of(row: ArmComparison): string;
  readonly whole?: boolean;
}

export function league(report: ComparisonReport, choices: LeagueChoices): League {
  const { base, rows } = report;
  const groups = groupsOf(rows);
  const inPlace = groups.every(hasOneBase) && groups.some(({ length }) => length > 1);
  const columns = columnsOf(report, inPlace, choices).filter(
    ({ whole }) => choices.size === "whole" || !whole,
  );
  const baseLine = ([first]: readonly ArmComparison[]) => [
    rowName({ ...first, arm: base }, report, " (base)"),
    ...columns.map((column) => column.base?.(first) ?? ""),
  ];
  const lines = groups.flatMap((group) => {
    const own = group.map((row) => [
      rowName(row, report),
      ...columns.map((column) => column.of(row)),
    ]);
    if (!inPlace) return own;
    const at = group.findIndex((row) => isBehindBase(row, report));
    return own.toSpliced(at < 0 ? own.length : at, 0, baseLine(group));
  });
  const broken = ([name, ...others]: readonly string[]) => [
    name,
    ...others.map((text) => text.replace(/(?<= to) |(?<=^cannot) /, "\n")),
  ];
  return {
    head: [axisText(report), ...columns.map(({ name }) => name)],
    lines: choices.size === "narrow" ? lines.map(broken) : lines,
  };
}

/** Not broken between lines. */
const PERCENT = "95\u00a0%";

function columnsOf(
  { base, measure }: ComparisonReport,
  inPlace: boolean,
  { simultaneous, size }: LeagueChoices,
): LeagueColumn[] {
  const isNarrow = size === "narrow";
  const rate = measure.kind === "rate" ? "rate" : "mean";
  const [mean, between] = [
    ({ mean }: Side) => meanText(mean, measure),
    (side: Side) => sideIntervalText(side.interval, measure),
  ];
  const ofBase: LeagueColumn[] = [
    { name: `${rate} of ${isNarrow ? "base" : base}`, of: (row) => mean(row.base) },
    { name: PERCENT, of: (row) => between(row.base), whole: true },
  ];
  return [
    { name: "pairs", of: ({ pairs }) => number(pairs), whole: true },
    { name: rate, of: (row) => mean(row.other), base: (row) => mean(row.base) },
    {
      name: PERCENT,
      of: (row) => between(row.other),
      base: (row) => between(row.base),
      whole: true,
    },
    ...(inPlace ? [] : ofBase),
    { name: "difference", of: (row) => differenceText(row.difference, measure) },
    {
      name: `${simultaneous ? (isNarrow ? "joint " : "simultaneous ") : ""}${PERCENT} interval`,
      of: (row) => intervalText(simultaneous ? row.simultaneous : row.interval, measure),
    },
    { name: "only base", of: ({ baseMore }) => number(baseMore), whole: true },
    { name: "only other", of: ({ otherMore }) => number(otherMore), whole: true },
    { name: "p", of: ({ p }) => chanceText(p), whole: true },
    { name: "p (Holm)", of: ({ adjusted }) => chanceText(adjusted) },
    { name: "verdict", of: ({ verdict }) => verdict },
  ];
}

/** Rows of the same pairs' axes stand together. */
function groupsOf(rows: readonly ArmComparison[]): ArmComparison[][] {
  const groups: ArmComparison[][] = [];
  for (const row of rows) {
    const group = groups.at(-1);
    if (group && JSON.stringify(group[0].axes) === JSON.stringify(row.axes)) group.push(row);
    else groups.push([row]);
  }
  return groups;
}

/** Not so where arms were paired with other trials of the base each. */
function hasOneBase(group: readonly ArmComparison[]): boolean {
  const [first] = group;
  return group.every(({ base, pairs }) => base.mean === first.base.mean && pairs === first.pairs);
}

function isBehindBase({ difference }: ArmComparison, { measure }: ComparisonReport): boolean {
  return measure.isConvergence ? difference < 0 : difference > 0;
}
