/** lrn as a library, for another program or a notebook. docs/library.md is a page of examples. */

// Verdicts: bounds, cells, tables, baselines, intervals and tests.
export { applicableBounds, type Bound, type Newborn } from "./analysis/applicable-bounds.js";
export type { ArmVerdict } from "./analysis/arm-verdicts.js";
export { type Baseline, countCell, type MeasuredCell, makeBaseline } from "./analysis/baseline.js";
export { type CellSummary, summarizeCell } from "./analysis/cell-summaries.js";
export {
  clusteredDifferenceInterval,
  clusteredMeanInterval,
  clusteredRateInterval,
} from "./analysis/clustered-means.js";
export type { Cluster, Series } from "./analysis/clusters.js";
export {
  type ArmComparison,
  type ArmsCompared,
  type ArmsRequest,
  compareArms,
} from "./analysis/compare-arms.js";
export {
  type Comparison,
  compareWithBaseline,
  type Measured,
  type Tolerance,
} from "./analysis/compare-baseline.js";
export { confidenceSequence } from "./analysis/confidence-sequence.js";
export { type ConvergenceTable, convergenceTables } from "./analysis/convergence-tables.js";
export {
  binomialUpperTail,
  fisherExactTest,
  type TwoByTwoTable,
} from "./analysis/exact-tests.js";
export { holmAdjusted } from "./analysis/holm.js";
export { type Interval, wilsonInterval } from "./analysis/intervals.js";
export { type Arm, armsOfAxis, matchGrids, matchOnOthers } from "./analysis/matched-arms.js";
export { CONVERGED, MEASURES, type Measure } from "./analysis/measures.js";
export { intervalUntil } from "./analysis/sampling-until.js";
export { signFlipTest } from "./analysis/sign-flip-test.js";
// Training: engines, and threads of them that fill a store.
export type { Batch, Engine, EngineBackend } from "./engines/contract.js";
export { loadEngine } from "./engines/load.js";
export { BACKENDS, type Backend, ENGINE_NAMES, type EngineName } from "./engines/names.js";
export { openPool, type Pool } from "./engines/pool.js";
// What is thrown: the caller's mistakes, and what kept work from going on.
export { StoppedError, UserError } from "./errors.js";
// Run a sweep into a folder, read the folder, make a figure.
export {
  type FigureContent,
  type FigureOptions,
  makeFigure,
} from "./figures/make-figure.js";
export { whyMeaningless } from "./model/cell-rules.js";
// The model: what is trained, from what, and what came of it.
export { cellOf, type NamedAxes } from "./model/cells.js";
export { type Dataset, makeDataset } from "./model/dataset.js";
export { type DeadNeurons, findDeadNeurons } from "./model/dead-neurons.js";
export { findDeadOnDomain } from "./model/dead-on-domain.js";
export { initialParameters } from "./model/initialization.js";
export { type Layout, type LinearLayout, parameterLayout } from "./model/layout.js";
export {
  hasConverged,
  type Outcome,
  outcomeOf,
  rmsePerEpoch,
  type Training,
  unstandardized,
} from "./model/outcome.js";
export * from "./model/trial.js";
export { type BornDead, countBornDead } from "./runs/born-dead.js";
export {
  type FolderResults,
  type FolderTrial,
  readResults,
  runSweep,
  type SweepOptions,
} from "./runs/library.js";
export { type MeasuredFolder, openMeasured } from "./runs/measured-cells.js";
export { type MergeOptions, type MergeResult, mergeFolders } from "./runs/merge-folders.js";
export type { SweepChoices, SweepResult } from "./runs/run-sweep.js";
export type { Progress, RunControls } from "./runs/trainer.js";
export { openStore, type Store, type StoredTrial } from "./store/store.js";
// Sweeps: read, checked, planned.
export { type Override, parseOverride } from "./sweep/overrides.js";
export { type Plan, type PlannedCell, planSweep, type Shard } from "./sweep/plan.js";
export { type GivenFile, readDataset } from "./sweep/read-dataset.js";
export { checkedSweep, readSweep, type SweepFile } from "./sweep/read-sweep.js";
export { type RunOptions, runPlan } from "./sweep/run.js";
export { type Sweep, sweepJsonSchema } from "./sweep/schema.js";
export { cellKey, trialKey } from "./sweep/trial-key.js";
export { FIGURES, type Figure } from "./thesis/figures.js";
export type { PublishedResults } from "./thesis/published.js";
export { publishedResults } from "./thesis/published-results.js";
