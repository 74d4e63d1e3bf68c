/** Compares what a sweep gives now with its baseline. */
import { isDeepStrictEqual } from "node:util";
import {
  type Baseline,
  type CellAxes,
  type CellCounts,
  type Conditions,
  compareAxes,
  type MeasuredCell,
} from "./baseline.js";
import { fisherExactTest } from "./exact-tests.js";
import { holmAdjusted } from "./holm.js";

/**
 * `exact`: every count must be the baseline's. `statistical`: in each cell the counts of converged
 * and of other trials must pass Fisher's exact test, all cells together at FALSE_ALARM_LEVEL.
 */
export type Tolerance = "exact" | "statistical";

/** The most likely that a statistical comparison finds any cell moved where none has. */
export const FALSE_ALARM_LEVEL = 0.05;

/** `failed`: an engine error kept trials of the cell from ending, so its counts say nothing. */
export type Verdict = "same" | "moved" | "appeared" | "vanished" | "failed";

export interface CellComparison {
  readonly verdict: Verdict;
  readonly axes: CellAxes;
  /** Null where the cell appeared. */
  readonly baseline: CellCounts | null;
  /** Null where the cell vanished. */
  readonly now: (CellCounts & { readonly failed: number }) | null;
  /** Of Fisher's test, adjusted by Holm for the number of cells; null where none was made. */
  readonly p: number | null;
}

export interface ConditionChange {
  readonly field: keyof Conditions | "numerics";
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
  /** Every cell of either, in the order of `compareAxes`. */
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
    notCompared: isExact ? [] : ["dead neurons", "dead layers", "seeds", "numerics"],
    falseAlarmLevel: isExact ? null : FALSE_ALARM_LEVEL,
    conditions,
    cells,
    passed: conditions.length === 0 && cells.every(({ verdict }) => verdict === "same"),
  };
}

type Pair = Pick<CellComparison, "axes" | "baseline" | "now">;

function pairCells(baseline: Baseline, measured: Measured): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const cell of baseline.cells) {
    const { axes, counts } = split(cell);
    pairs.set(axesName(axes), { axes, baseline: counts, now: null });
  }
  for (const cell of measured.cells) {
    const { axes, counts } = split(cell);
    const before = pairs.get(axesName(axes))?.baseline ?? null;
    pairs.set(axesName(axes), { axes, baseline: before, now: { ...counts, failed: cell.failed } });
  }
  return [...pairs.values()].sort((a, b) => compareAxes(a.axes, b.axes));
}

function split(cell: CellAxes & CellCounts): { axes: CellAxes; counts: CellCounts } {
  const { depth, width, connection, optimizer, learningRate, trainingStyle } = cell;
  const { trials, converged, deadNeurons, deadLayers } = cell;
  return {
    axes: { depth, width, connection, optimizer, learningRate, trainingStyle },
    counts: { trials, converged, deadNeurons, deadLayers },
  };
}

/** `depth 10, width 2, plain, adam, learning rate 0.01, batch` */
export function axesName(axes: CellAxes): string {
  const { depth, width, connection, optimizer, learningRate, trainingStyle } = axes;
  return `depth ${depth}, width ${width}, ${connection}, ${optimizer}, learning rate ${learningRate}, ${trainingStyle}`;
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
  const row = ({ trials, converged }: CellCounts) => [converged, trials - converged] as const;
  const adjusted = holmAdjusted(
    tested.map(({ baseline, now }) => fisherExactTest([row(baseline!), row(now!)])),
  );
  const pOf = new Map(tested.map((pair, i) => [pair, adjusted[i]]));
  return pairs.map((pair) => {
    const p = pOf.get(pair) ?? null;
    const tests = p !== null && p <= FALSE_ALARM_LEVEL ? "moved" : "same";
    return { ...pair, verdict: plainVerdict(pair) ?? tests, p };
  });
}

/** Other seeds, or another arithmetic, are other draws of the same chance: a statistical comparison allows them. */
function changedConditions(
  baseline: Baseline,
  measured: Measured,
  tolerance: Tolerance,
): ConditionChange[] {
  const all: ConditionChange[] = [
    { field: "dataset", baseline: baseline.dataset, now: measured.dataset },
    { field: "epochs", baseline: baseline.epochs, now: measured.epochs },
    { field: "convergence", baseline: baseline.convergence, now: measured.convergence },
  ];
  const exact: ConditionChange[] = [
    { field: "seeds", baseline: baseline.seeds, now: measured.seeds },
    { field: "numerics", baseline: baseline.provenance.numerics, now: measured.numerics },
  ];
  return [...all, ...(tolerance === "exact" ? exact : [])].filter(
    ({ baseline: before, now }) => !isDeepStrictEqual(before, now),
  );
}
