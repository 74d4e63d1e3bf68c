/** Checks a sweep against a baseline: trains it again, in a folder that is gone afterwards. */
import {
  type Baseline,
  countCell,
  MAX_BASELINE_CELLS,
  type MeasuredCell,
  makeBaseline,
  seedsOf,
} from "../analysis/baseline.js";
import { compareWithBaseline, type Tolerance } from "../analysis/compare-baseline.js";
import { number } from "../counted.js";
import type { Engine } from "../engines/contract.js";
import { UserError } from "../errors.js";
import { packageVersion } from "../files/package.js";
import type { CheckReport } from "../output/check-reports/check-report.js";
import { sourceCommit } from "../store/provenance.js";
import { refuseWithoutPoints } from "../sweep/file-datasets.js";
import { countedTrials, freeSeeds, rangesOf } from "../sweep/seeds.js";
import { readBaseline, updateBaseline } from "./baseline-file.js";
import { refuseNoBaseline } from "./baseline-target.js";
import type { PlannedRun } from "./plan-run.js";
import { withTemporaryFolder } from "./temporary-folder.js";
import { openTrainer, type RunControls } from "./trainer.js";

export interface CheckedSweep extends PlannedRun {
  /** The path of the sweep file. */
  readonly file: string;
}

/**
 * Exactly, with the sweep's own seeds; statistically, with as many that the baseline does not have, so
 * that the two are independent.
 *
 * @param baselineFile what to compare with
 * @param tolerance what may differ; exact where the engine gives the same bits, unless told
 * @throws UserError where there is no such baseline, before anything is trained
 */
export async function checkSweep(
  run: CheckedSweep,
  baselineFile: string,
  tolerance: Tolerance | undefined,
  controls: RunControls,
): Promise<CheckReport> {
  refuseTooMany(run.plan.cells.length);
  const baseline = await readBaseline(baselineFile);
  const { sweep, engine, file } = run;
  const { name, numerics } = engine;
  const compared = tolerance ?? toleranceFor(engine, baseline);
  const asked = run.plan.seeds;
  const seeds = compared === "exact" ? asked : freeSeeds(asked, seedsOf(baseline));
  const cells = await trainAgain({ ...run, plan: { ...run.plan, seeds } }, controls);
  const comparison = compareWithBaseline(baseline, { ...sweep, numerics, cells }, compared);
  return {
    name: sweep.name,
    file,
    engine: { name, numerics },
    seeds: rangesOf(seeds),
    baseline: { file: baselineFile, provenance: baseline.provenance },
    comparison,
  };
}

/** What became of a baseline's file; with failed trials it stays as it is. */
export interface BaselineUpdate {
  readonly cells: number;
  readonly failed: number;
  readonly changed: boolean;
}

/**
 * Trains the sweep and writes what it gives as its baseline.
 *
 * @throws UserError where the file is there and no baseline, before anything is trained
 */
export async function writeBaseline(
  run: PlannedRun,
  baselineFile: string,
  controls: RunControls,
): Promise<BaselineUpdate> {
  refuseTooMany(run.plan.cells.length);
  await refuseNoBaseline(baselineFile);
  const { sweep, engine } = run;
  const cells = await trainAgain(run, controls);
  const failed = cells.reduce((total, cell) => total + cell.failed, 0);
  if (failed > 0) return { cells: cells.length, failed, changed: false };
  const provenance = {
    lrn: packageVersion(),
    engine: engine.name,
    numerics: engine.numerics,
    commit: await sourceCommit(),
  };
  const changed = await updateBaseline(baselineFile, makeBaseline(sweep, provenance, cells));
  return { cells: cells.length, failed, changed };
}

/** @returns a cell for each of the plan's, in its order */
function trainAgain(
  { plan, engine, workers, sweep }: PlannedRun,
  controls: RunControls,
): Promise<MeasuredCell[]> {
  refuseWithoutPoints(sweep);
  return withTemporaryFolder(async (folder) => {
    const trainer = await openTrainer(folder, { ...controls, engine, workers });
    try {
      await trainer.train(plan);
      return plan.cells.map(({ cell, key }) =>
        countCell(cell, countedTrials(plan, trainer.store.trialsOf(key)), sweep.convergence.rmse),
      );
    } finally {
      await trainer.close();
    }
  });
}

/** @throws UserError where a baseline of so many cells would be too large to be read again */
function refuseTooMany(cells: number): void {
  if (cells <= MAX_BASELINE_CELLS) return;
  throw new UserError(
    `grid: must ask for at most ${number(MAX_BASELINE_CELLS)} cells to be checked, ` +
      `got ${number(cells)}; check parts of the sweep with --set`,
  );
}

/** Exact where the same arithmetic made both, and gives the same bits every time. */
function toleranceFor(engine: Engine, { provenance }: Baseline): Tolerance {
  return engine.bitStable && engine.numerics === provenance.numerics ? "exact" : "statistical";
}
