/** What another program can use: the model, the engines, sweeps and their results. */
export { type Baseline, countCell, type MeasuredCell, makeBaseline } from "./analysis/baseline.js";
export { type CellSummary, summarizeCell } from "./analysis/cells.js";
export {
  type Comparison,
  compareWithBaseline,
  type Measured,
  type Tolerance,
} from "./analysis/compare-baseline.js";
export { type ConvergenceTable, convergenceTables } from "./analysis/convergence-tables.js";
export {
  binomialUpperTail,
  fisherExactTest,
  type TwoByTwoTable,
} from "./analysis/exact-tests.js";
export { holmAdjusted } from "./analysis/holm.js";
export { type Interval, wilsonInterval } from "./analysis/intervals.js";
export type { Batch, Engine, EngineBackend } from "./engines/contract.js";
export { loadEngine } from "./engines/load.js";
export { BACKENDS, type Backend, ENGINE_NAMES, type EngineName } from "./engines/names.js";
export { openPool, type Pool } from "./engines/pool.js";
export { StoppedError, UserError } from "./errors.js";
export { type Dataset, makeDataset } from "./model/dataset.js";
export { type DeadNeurons, findDeadNeurons } from "./model/dead-neurons.js";
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
export { openStore, type Store, type StoredTrial } from "./store/store.js";
export { type Plan, type PlannedCell, planSweep } from "./sweep/plan.js";
export { type Override, parseOverride, readSweep } from "./sweep/read-sweep.js";
export { type RunOptions, runPlan } from "./sweep/run.js";
export { type Sweep, sweepJsonSchema } from "./sweep/schema.js";
export { cellKey, trialKey } from "./sweep/trial-key.js";
export type { PublishedResults } from "./thesis/published.js";
export { publishedResults } from "./thesis/published-results.js";
