/** Holds two results folders against each other, cell by cell, over the seeds that both have. */
import { identityOf } from "../model/cells.js";
import type { Cell } from "../model/trial.js";
import { FALSE_ALARM_LEVEL } from "./count-differences.js";
import { fisherExactTest } from "./exact-tests.js";
import { type FolderCell, type FolderPair, type FolderTotals, totalsOf } from "./folder-cells.js";
import { holmAdjusted } from "./holm.js";
import { signFlipTest } from "./sign-flip-test.js";

/**
 * `same`: all numbers of the shared seeds are. `contradiction`: a trial has other numbers than the same trial of the
 * other folder. `moved`: a test finds it. `cannot tell`: numbers differ, or no seed is in both, and no test finds a
 * difference.
 */
export type FolderVerdict =
  | "same"
  | "contradiction"
  | "moved"
  | "cannot tell"
  | "appeared"
  | "vanished";

export interface FolderCounts {
  readonly trials: number;
  readonly converged: number;
  /** Of the trials that were trained to their end. */
  readonly deadNeurons: number;
}

export interface FolderCellComparison {
  readonly cell: Cell;
  readonly verdict: FolderVerdict;
  /** How many seeds both have; where they have none in common, all of each are counted. */
  readonly shared: number;
  /** Null where the folder has no trial of the cell. */
  readonly before: FolderCounts | null;
  readonly after: FolderCounts | null;
  /** Shared seeds whose trial has other numbers. */
  readonly differing: readonly number[];
  /** Of the tests of converged trials and of dead neurons the smaller p, adjusted by Holm for all tests; null without any. */
  readonly p: number | null;
}

export interface FoldersCompared {
  /** Those of the first folder in its order, then those that appeared. */
  readonly cells: readonly FolderCellComparison[];
  /** Null where no cell has a seed in both. */
  readonly totals: FolderTotals | null;
}

/** @param threshold the largest RMSE of a converged trial, in original units */
export function compareFolders(
  before: readonly FolderCell[],
  after: readonly FolderCell[],
  threshold: number,
): FoldersCompared {
  const found = new Map(after.map((of) => [identityOf(of.cell), of]));
  const known = new Set(before.map(({ cell }) => identityOf(cell)));
  const pairs = [
    ...before.map((of) => [of, found.get(identityOf(of.cell))] as const),
    ...after
      .filter(({ cell }) => !known.has(identityOf(cell)))
      .map((of) => [undefined, of] as const),
  ].filter((pair) => pair.some((of) => of && of.seeds.length > 0));
  const compared = pairs.map((pair) => comparedCell(pair, threshold));
  const tests = compared.flatMap(({ tests }, i) => tests.map((p) => ({ i, p })));
  const smallest = new Map<number, number>();
  holmAdjusted(tests.map(({ p }) => p)).forEach((p, test) => {
    const { i } = tests[test];
    smallest.set(i, Math.min(p, smallest.get(i) ?? 1));
  });
  const cells = compared.map(({ tests: _, verdict, ...rest }, i): FolderCellComparison => {
    const p = smallest.get(i) ?? null;
    const tested = p !== null && p <= FALSE_ALARM_LEVEL ? "moved" : "cannot tell";
    return { ...rest, verdict: verdict ?? tested, p };
  });
  return { cells, totals: totalsOf(pairs, threshold) };
}

function comparedCell([before, after]: FolderPair, threshold: number) {
  const cell = (before ?? after)!.cell;
  const [a, b] = [before, after].map((of) => (of && of.seeds.length > 0 ? of : undefined));
  const nothing = { cell, shared: 0, differing: [], tests: [] };
  const all = (of: FolderCell) => countsOf(of, [...of.seeds.keys()], threshold);
  if (!a || !b) {
    const verdict = a ? ("vanished" as const) : ("appeared" as const);
    return { ...nothing, verdict, before: a ? all(a) : null, after: b ? all(b) : null };
  }
  const [ofA, ofB] = sharedPlaces(a.seeds, b.seeds);
  if (ofA.length === 0) {
    const [one, other] = [all(a), all(b)];
    const row = ({ converged, trials }: FolderCounts) => [converged, trials - converged] as const;
    const tests = [fisherExactTest([row(one), row(other)])];
    return { ...nothing, verdict: undefined, before: one, after: other, tests };
  }
  const differing = ofA.flatMap((i, k) =>
    Object.is(a.finalRmse[i], b.finalRmse[ofB[k]]) &&
    Object.is(a.deadNeurons[i], b.deadNeurons[ofB[k]])
      ? []
      : [a.seeds[i]],
  );
  const isSameTrial = a.key === b.key && a.isBitStable && b.isBitStable;
  const verdict =
    differing.length === 0
      ? ("same" as const)
      : isSameTrial
        ? ("contradiction" as const)
        : undefined;
  return {
    cell,
    verdict,
    shared: ofA.length,
    before: countsOf(a, ofA, threshold),
    after: countsOf(b, ofB, threshold),
    differing,
    tests: verdict ? [] : pairedTests([a, ofA], [b, ofB], threshold),
  };
}

type Places = readonly [of: FolderCell, places: readonly number[]];

function pairedTests([a, ofA]: Places, [b, ofB]: Places, threshold: number): number[] {
  const has = (rmse: number) => (rmse <= threshold ? 1 : 0);
  const converged = ofA.map((i, k) => has(b.finalRmse[ofB[k]]) - has(a.finalRmse[i]));
  const dead = ofA.map((i, k) => b.deadNeurons[ofB[k]] - a.deadNeurons[i]);
  return [converged, dead.filter((difference) => !Number.isNaN(difference))].map(
    (differences) => signFlipTest(differences).p,
  );
}

function countsOf(of: FolderCell, places: readonly number[], threshold: number): FolderCounts {
  return {
    trials: places.length,
    converged: places.filter((i) => of.finalRmse[i] <= threshold).length,
    deadNeurons: places.reduce((sum, i) => sum + (of.deadNeurons[i] || 0), 0),
  };
}

/** Where in each the seeds stand that both have. */
function sharedPlaces(a: Float64Array, b: Float64Array): [number[], number[]] {
  const places = new Map(Array.from(b, (seed, i) => [seed, i]));
  const ofA = [...a.keys()].filter((i) => places.has(a[i]));
  return [ofA, ofA.map((i) => places.get(a[i])!)];
}
