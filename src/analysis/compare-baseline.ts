/** Compares what a sweep gives now with its baseline. */
import { AXIS_NAMES, type AxisName, type PartialCell } from "../model/axes.js";
import { axesIn, compareCells, identityOf, pick, sameValue } from "../model/cells.js";
import {
  type Baseline,
  type CellCounts,
  type Conditions,
  countsOf,
  type MeasuredCell,
  sharedAxes,
  sharedIn,
} from "./baseline.js";
import { countDifferences, FALSE_ALARM_LEVEL } from "./count-differences.js";

/**
 * `exact`: every count must be the baseline's. `statistical`: in each cell the counts of converged
 * and of other trials must pass Fisher's exact test, all cells together at FALSE_ALARM_LEVEL. That is
 * right for independent counts alone: of seeds that the baseline does not have, because trials of one
 * seed start from the same parameters, and a baseline does not say which of its seeds converged.
 */
export type Tolerance = "exact" | "statistical";

/** `failed`: an engine error kept trials of the cell from ending, so its counts say nothing. */
export type Verdict = "same" | "moved" | "appeared" | "vanished" | "failed";

export interface CellComparison {
  readonly verdict: Verdict;
  /** Those that tell the cell from others. */
  readonly axes: PartialCell;
  /** Null where the cell appeared. */
  readonly baseline: CellCounts | null;
  /** Null where the cell vanished. */
  readonly now: (CellCounts & { readonly failed: number }) | null;
  /** Of Fisher's test, adjusted by Holm for the number of cells; null where none was made. */
  readonly p: number | null;
}

export interface ConditionChange {
  readonly field: keyof Conditions | AxisName | "numerics";
  /** Null for an axis that cells differ in. */
  readonly baseline: unknown;
  readonly now: unknown;
}

export interface Comparison {
  readonly tolerance: Tolerance;
  /** What both have but this tolerance does not look at. */
  readonly notCompared: readonly string[];
  /** Null where the tolerance is exact. */
  readonly falseAlarmLevel: number | null;
  readonly conditions: readonly ConditionChange[];
  /** Every cell of either, in the order of the tables. */
  readonly cells: readonly CellComparison[];
  readonly passed: boolean;
}

/** What a sweep gave now. */
export interface Measured extends Conditions {
  readonly numerics: string;
  readonly cells: readonly MeasuredCell[];
}

export function compareWithBaseline(
  baseline: Baseline,
  measured: Measured,
  tolerance: Tolerance,
): Comparison {
  const pairs = pairCells(baseline, measured);
  const cells = tolerance === "exact" ? pairs.map(judgeExactly) : judgeByTests(pairs);
  const conditions = changedConditions(baseline, measured, tolerance);
  const isExact = tolerance === "exact";
  return {
    tolerance,
    notCompared: isExact ? [] : ["dead neurons", "dead layers", "numerics"],
    falseAlarmLevel: isExact ? null : FALSE_ALARM_LEVEL,
    conditions,
    cells,
    passed: conditions.length === 0 && cells.every(({ verdict }) => verdict === "same"),
  };
}

type Pair = Pick<CellComparison, "axes" | "baseline" | "now">;

function pairCells(baseline: Baseline, measured: Measured): Pair[] {
  const before = sharedIn(baseline);
  const now = sharedAxes(measured.cells);
  const apart = AXIS_NAMES.filter((name) => !(name in before && name in now));
  const pairs = new Map<string, Pair>();
  for (const cell of baseline.cells) {
    const axes = pick({ ...before, ...axesIn(cell) }, apart);
    pairs.set(identityOf(axes), { axes, baseline: countsOf(cell), now: null });
  }
  for (const cell of measured.cells) {
    const axes = pick(cell, apart);
    const identity = identityOf(axes);
    const known = pairs.get(identity)?.baseline ?? null;
    const counts = { ...countsOf(cell), failed: cell.failed };
    pairs.set(identity, { axes, baseline: known, now: counts });
  }
  return [...pairs.values()].sort((a, b) => compareCells(a.axes, b.axes));
}

/** The verdict that needs no counts compared, if there is one. */
function plainVerdict({ baseline, now }: Pair): Verdict | undefined {
  if (!now) return "vanished";
  if (now.failed > 0) return "failed";
  return baseline ? undefined : "appeared";
}

const COUNTS = ["trials", "converged", "deadNeurons", "deadLayers"] as const;

function judgeExactly(pair: Pair): CellComparison {
  const isSame = () => COUNTS.every((count) => pair.baseline![count] === pair.now![count]);
  return { ...pair, verdict: plainVerdict(pair) ?? (isSame() ? "same" : "moved"), p: null };
}

function judgeByTests(pairs: readonly Pair[]): CellComparison[] {
  const tested = pairs.filter((pair) => plainVerdict(pair) === undefined);
  const adjusted = countDifferences(tested.map(({ baseline, now }) => [baseline!, now!]));
  const pOf = new Map(tested.map((pair, i) => [pair, adjusted[i]]));
  return pairs.map((pair) => {
    const p = pOf.get(pair) ?? null;
    const tests = p !== null && p <= FALSE_ALARM_LEVEL ? "moved" : "same";
    return { ...pair, verdict: plainVerdict(pair) ?? tests, p };
  });
}

/** Other seeds, or another arithmetic, are other draws of the same chance: a statistical comparison is of such. */
function changedConditions(
  baseline: Baseline,
  measured: Measured,
  tolerance: Tolerance,
): ConditionChange[] {
  const before = sharedIn(baseline);
  const now = sharedAxes(measured.cells);
  const all = [
    ...AXIS_NAMES.filter((name) => name in before || name in now).map((name) => ({
      field: name,
      baseline: before[name] ?? null,
      now: now[name] ?? null,
    })),
    { field: "convergence" as const, baseline: baseline.convergence, now: measured.convergence },
  ];
  const exact = [
    { field: "seeds" as const, baseline: baseline.seeds, now: measured.seeds },
    { field: "numerics" as const, baseline: baseline.provenance.numerics, now: measured.numerics },
  ];
  return [...all, ...(tolerance === "exact" ? exact : [])].filter(
    (condition) => !sameValue(condition.baseline, condition.now),
  );
}
