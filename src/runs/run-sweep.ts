/** Runs a sweep into a folder: trains what the folder lacks, and writes its files. */
import type { ConvergenceTable } from "../analysis/convergence-tables.js";
import { packageVersion } from "../files/package.js";
import { beginManifest, endManifest, type Manifest, readManifest } from "../store/manifest.js";
import { fileDatasetsOf, refuseWithoutPoints } from "../sweep/file-datasets.js";
import { filesOf } from "./folder-files.js";
import { otherThresholdNote } from "./other-threshold.js";
import type { PlannedRun } from "./plan-run.js";
import { noteOnReplaced } from "./replaced-sweep.js";
import { openTrainer, type RunControls, type Trainer } from "./trainer.js";
import type { Counts } from "./update-files.js";
import {
  clearStore,
  pathFrom,
  refuseUnwritableResults,
  removeUnfinished,
  writeJson,
  writeSweep,
} from "./write-files.js";

export interface SweepChoices {
  /** Remove the folder's trials first. */
  readonly fresh?: boolean | undefined;
  /** Train again what failed. */
  readonly retryFailed?: boolean | undefined;
  /** Write the tables, however many they are. */
  readonly allTables?: boolean | undefined;
}

export interface SweepResult {
  /** Trials that were trained now, and those of the sweep that were there before. */
  readonly trained: number;
  readonly before: number;
  /** Of the sweep's trials, as the folder now has them. */
  readonly counts: Counts;
  readonly tables: readonly ConvergenceTable[];
  /** Whether each table is a file: they are not where they are too many. */
  readonly tablesWritten: boolean;
  /** A line for each cell and reason that trials failed for. */
  readonly failures: readonly string[];
  /** Whether it ended before its time; the same sweep then goes on where this one stopped. */
  readonly interrupted: boolean;
  readonly seconds: number;
}

/**
 * Only what the folder lacks is trained; a trial counts as done once its row is committed.
 *
 * @param folder made ready by `prepareFolder`
 * @throws UserError where one of its files cannot be read or written, another process holds it, or a data
 *   file is gone and there is something to train on it
 * @throws StoppedError where no worker can load the engine
 */
export async function runPlanned(
  folder: string,
  run: PlannedRun,
  { fresh = false, ...options }: SweepChoices & RunControls,
): Promise<SweepResult> {
  await refuseUnwritableResults(folder);
  if (fresh) refuseWithoutPoints(run.sweep);
  let before: Manifest | undefined;
  const trainer = await openTrainer(folder, {
    ...options,
    engine: run.engine,
    workers: run.workers,
    isAnew: fresh || options.retryFailed === true,
    async prepare() {
      before = await readManifest(filesOf(folder).manifest);
      await removeUnfinished(folder);
      if (fresh) await clearStore(folder);
    },
  });
  try {
    return await trainAndWrite(folder, run, trainer, before, options);
  } finally {
    await trainer.close();
  }
}

/** @param before the folder's manifest as it was */
async function trainAndWrite(
  folder: string,
  { sweep, engine, plan }: PlannedRun,
  trainer: Trainer,
  before: Manifest | undefined,
  {
    retryFailed = false,
    allTables = false,
    signal,
    onNote,
  }: Omit<SweepChoices, "fresh"> & RunControls,
): Promise<SweepResult> {
  // Workers take as long to start as all else together, so they start first, or not at all.
  const lacking = await trainer.start(plan, retryFailed);
  if (lacking) refuseWithoutPoints(sweep);
  const start = performance.now();
  const writing = import("./update-files.js"); // loaded while the workers start and train
  const files = filesOf(folder);
  let manifest = before;
  // A run that trains nothing leaves the word on where the numbers come from as it is.
  if (lacking || !manifest) {
    manifest = await beginManifest(manifest, {
      name: sweep.name,
      lrn: packageVersion(),
      engine: {
        name: engine.name,
        numerics: engine.numerics,
        ...(engine.backend && { backend: engine.backend }),
      },
      workers: trainer.workers,
      threshold: sweep.convergence.rmse,
      ...(plan.shard && { shard: { index: plan.shard.index, count: plan.shard.count } }),
      datasets: Object.fromEntries(
        fileDatasetsOf(sweep).map(({ sha256, file }) => [sha256, pathFrom(folder, file)]),
      ),
    });
    await writeJson(files.manifest, manifest);
  }
  const note = await noteOnReplaced(folder, { sweep, plan, engine }, trainer.store);
  if (note !== undefined) onNote?.(note);
  await writeSweep(folder, sweep);

  const trained = await trainer.train(plan, retryFailed);

  const { updateFiles } = await writing;
  const asked = { plan, threshold: sweep.convergence.rmse, allTables };
  const { written, ofOtherThreshold, ...results } = await updateFiles(
    folder,
    asked,
    trainer.store,
    manifest.written,
  );
  if (ofOtherThreshold > 0) onNote?.(otherThresholdNote(ofOtherThreshold, asked.threshold));
  if (written !== manifest.written) {
    await writeJson(files.manifest, endManifest(manifest, { counts: results.counts, written }));
  }
  const seconds = (performance.now() - start) / 1000;
  return { ...trained, ...results, interrupted: signal?.aborted ?? false, seconds };
}
