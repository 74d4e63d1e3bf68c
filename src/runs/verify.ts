/** Trains what a paper's claims need, and judges them: an account of what holds. */
import type { Account, Claimed } from "../analysis/account.js";
import {
  type Claim,
  type ClaimData,
  isAbout,
  type Measured,
  measuredBy,
} from "../analysis/claims.js";
import { judgeClaims } from "../analysis/judge-claims.js";
import { MEASURES } from "../analysis/measures.js";
import {
  expectedTotal,
  judgeNumbers,
  type PublishedCount,
  type PublishedNumber,
} from "../analysis/published-numbers.js";
import { floatingPointOperations } from "../engines/cost.js";
import { UserError } from "../errors.js";
import type { PartialCell } from "../model/axes.js";
import { cellName, isWhere, sameValue } from "../model/cells.js";
import { parameterCount } from "../model/layout.js";
import type { Cell } from "../model/trial.js";
import { seedCount } from "../sweep/plan.js";
import { type MeasuredFolder, openMeasured } from "./measured-cells.js";
import type { PlannedRun } from "./plan-run.js";
import { prepareFolder } from "./prepare-folder.js";
import { openResults } from "./read-folder.js";
import { runPlanned, type SweepResult } from "./run-sweep.js";
import type { RunControls } from "./trainer.js";

/** @throws UserError where a number or claim is of no cell of the sweep, among what `runPlanned` throws */
export async function trainForClaims(
  claimed: Claimed,
  folder: string,
  run: PlannedRun,
  controls: RunControls,
): Promise<SweepResult> {
  const cells = run.plan.cells.map(({ cell }) => cell);
  for (const { where, from } of claimed.numbers) oneCell(cells, where, `${claimed.name}: ${from}`);
  for (const claim of [...claimed.claims, ...claimed.hypotheses]) {
    refuseOdd(claim, cells, `${claimed.name}: claim ${claim.id}`);
  }
  for (const { id, where } of claimed.plots) {
    if (cells.some((cell) => isAbout({ where }, cell))) continue;
    throw new UserError(`${claimed.name}: plot ${id}: ${NO_CELL}`);
  }
  await prepareFolder(folder, "--out");
  return runPlanned(folder, run, controls);
}

const NO_CELL = "where: must be of cells of the sweep, none is; see the sweep's grid";

/** @throws UserError where no cell is what the claim is about, or is on one side of what it compares */
function refuseOdd(claim: Claim, cells: readonly Cell[], label: string): void {
  const { test } = claim;
  const about = cells.filter((cell) => isAbout(claim, cell));
  if (about.length === 0) throw new UserError(`${label}: ${NO_CELL}`);
  if (!("axis" in test)) return;
  for (const side of ["base", "other"] as const) {
    if (about.some((cell) => sameValue(cell[test.axis], test[side]))) continue;
    const value = `${test.axis} ${JSON.stringify(test[side])}`;
    throw new UserError(`${label}: test.${side}: no such cell has ${value}; see the sweep's grid`);
  }
}

/** What a folder says of printed numbers, claims and hypotheses. */
export type Judged = Omit<Account, "bornDead" | "plots" | "readings">;

/** Judges what a folder has. */
export async function judgeFolder(claimed: Claimed, folder: string): Promise<Judged> {
  const results = await openResults(folder);
  const opened = new Map<string, MeasuredFolder>();
  const nameOf = ({ measure, among = "trained" }: Measured) => `${measure} ${among}`;
  try {
    const tests = [...claimed.claims, ...claimed.hypotheses].flatMap(({ test }) =>
      measuredBy(test),
    );
    const all = [{ measure: "converged" }, ...claimed.numbers.map(measuredFor), ...tests];
    for (const measured of all) {
      const { measure, among = "trained" } = measured;
      if (opened.has(nameOf(measured))) continue;
      const request = { measure: MEASURES.get(measure)!, among };
      opened.set(nameOf(measured), await openMeasured(folder, request));
    }
    const of = (measured: Measured) => opened.get(nameOf(measured))!;
    const { cells, threshold, sweep } = of({ measure: "converged" });
    const seriesOf = (number: PublishedNumber) => {
      const folder = of(measuredFor(number));
      return folder.seriesOf(oneCell(folder.cells, number.where, number.from));
    };
    const counts = claimed.numbers.filter((number) => number.kind === "count");
    const data: ClaimData = {
      cells,
      seriesOf: (cell, measured) => {
        const folder = of(measured);
        return folder.seriesOf(folder.cells[cells.indexOf(cell)]);
      },
      costOf: (cell) => ({
        parameters: parameterCount(cell),
        operations: floatingPointOperations(cell) / cell.epochs,
        milliseconds: results.trainMsOf(cells.indexOf(cell)),
      }),
    };
    return {
      name: claimed.name,
      source: claimed.source,
      seeds: seedCount(sweep.seeds),
      cells: cells.length,
      threshold,
      numbers: judgeNumbers(claimed.numbers, (number) => Array.from(seriesOf(number).values)),
      total: haveOneSize(counts) ? expectedTotal(counts, seriesOf) : undefined,
      claims: judgeClaims(claimed.claims, data),
      hypotheses: judgeClaims(claimed.hypotheses, data),
    };
  } finally {
    for (const folder of opened.values()) folder.close();
    results.close();
  }
}

function measuredFor({ kind, measure }: PublishedNumber): Measured {
  return { measure, among: kind === "mean" ? "converged" : "trained" };
}

/** Whether their sum is of something. */
function haveOneSize(counts: readonly PublishedCount[]): boolean {
  return (
    counts.length > 1 &&
    counts.every(
      ({ trials, measure }) => trials === counts[0].trials && measure === counts[0].measure,
    )
  );
}

/** @throws UserError where not exactly one cell has these values */
function oneCell(cells: readonly Cell[], where: PartialCell, from: string): Cell {
  const found = cells.filter((cell) => isWhere(where, cell));
  if (found.length === 1) return found[0];
  const what = found.length === 0 ? "none is" : `${found.length} are`;
  throw new UserError(
    `${from}: where: must be one cell of the sweep, ${what} ${cellName(where)}; see its grid`,
  );
}
