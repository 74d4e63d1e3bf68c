/** Trains what a paper's claims need, and judges them: an account of what holds. */
import type { Account, Claimed } from "../analysis/account.js";
import { isAbout, type Measured } from "../analysis/claims.js";
import { judgeClaims } from "../analysis/judge-claims.js";
import { MEASURES } from "../analysis/measures.js";
import {
  expectedTotal,
  judgeNumbers,
  type PublishedCount,
  type PublishedNumber,
} from "../analysis/published-numbers.js";
import { UserError } from "../errors.js";
import type { AxisName, PartialCell } from "../model/axes.js";
import { cellName, sameValue } from "../model/cells.js";
import type { Cell } from "../model/trial.js";
import { seedCount } from "../sweep/plan.js";
import { type MeasuredFolder, openMeasured } from "./measured-cells.js";
import type { PlannedRun } from "./plan-run.js";
import { prepareFolder } from "./prepare-folder.js";
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
  for (const claim of claimed.claims) {
    const { id, test } = claim;
    const about = cells.filter((cell) => isAbout(claim, cell));
    const refuse = (field: string, rule: string) => {
      throw new UserError(`${claimed.name}: claim ${id}: ${field}: ${rule}; see the sweep's grid`);
    };
    if (about.length === 0) refuse("where", "must be of cells of the sweep, none is");
    if (test.kind !== "more" && test.kind !== "fewer") continue;
    for (const side of ["base", "other"] as const) {
      if (about.some((cell) => sameValue(cell[test.axis], test[side]))) continue;
      refuse(`test.${side}`, `no such cell has ${test.axis} ${JSON.stringify(test[side])}`);
    }
  }
  await prepareFolder(folder, "--out");
  return runPlanned(folder, run, controls);
}

/** Judges what a folder has. */
export async function accountOf(claimed: Claimed, folder: string): Promise<Account> {
  const opened = new Map<string, MeasuredFolder>();
  const measuredBy = async ({ measure, among = "trained" }: Measured) => {
    const name = `${measure} ${among}`;
    const known =
      opened.get(name) ?? (await openMeasured(folder, { measure: MEASURES.get(measure)!, among }));
    opened.set(name, known);
    return known;
  };
  try {
    const all: Measured[] = [
      { measure: "converged" },
      ...claimed.numbers.map(measuredFor),
      ...claimed.claims.map(({ test }) => test),
    ];
    for (const measured of all) await measuredBy(measured);
    const of = (measured: Measured) =>
      opened.get(`${measured.measure} ${measured.among ?? "trained"}`)!;
    const { cells, threshold, sweep } = of({ measure: "converged" });
    const seriesOf = (number: PublishedNumber) => {
      const folder = of(measuredFor(number));
      return folder.seriesOf(oneCell(folder.cells, number.where, number.from));
    };
    const counts = claimed.numbers.filter((number) => number.kind === "count");
    const data = {
      cells,
      seriesOf: (cell: Cell, measured: Measured) => {
        const folder = of(measured);
        return folder.seriesOf(folder.cells[cells.indexOf(cell)]);
      },
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
    };
  } finally {
    for (const folder of opened.values()) folder.close();
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
  const names = Object.keys(where) as AxisName[];
  const found = cells.filter((cell) => names.every((name) => sameValue(where[name], cell[name])));
  if (found.length === 1) return found[0];
  const what = found.length === 0 ? "none is" : `${found.length} are`;
  throw new UserError(
    `${from}: where: must be one cell of the sweep, ${what} ${cellName(where)}; see its grid`,
  );
}
