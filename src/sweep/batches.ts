/** Packs the trials that a store lacks into batches for an engine. */
import { batchShape, type EngineTraits } from "../engines/contract.js";
import { trainingOperations } from "../engines/cost.js";
import { grouped } from "../model/grouped.js";
import type { Trial } from "../model/trial.js";
import type { Plan, PlannedCell } from "./plan.js";
import { ownSeeds } from "./seeds.js";

export interface PlannedTrial {
  readonly planned: PlannedCell;
  readonly trial: Trial;
}

/** So many that the workers end their last batches together. */
const BATCHES_PER_WORKER = 16;
/** So that progress shows, an interrupt is heeded, and little is lost by a crash. */
const MOST_SECONDS = 1;
/** The most that many lanes may take together: they cost as much as one for small networks alone. */
export const STACK_SECONDS = 300;
/** The lanes of a processor's instructions, which cost as much as one for networks of any size. */
export const TRAINED_AS_ONE = 8;

/**
 * Batches of same-shaped trials, those with the longest trials first, so that no worker is left
 * with a long one at the end. Cells that differ only in learning rate fill each other's lanes. Few
 * large batches leave the engine more choice of what to train together.
 *
 * @param missing the seeds of a cell that are still to be trained
 */
export function* packBatches(
  plan: Plan,
  missing: (cell: PlannedCell) => readonly number[],
  { lanes, mostTrials, speed }: Pick<EngineTraits, "lanes" | "mostTrials" | "speed">,
  workers = 1,
): Generator<readonly PlannedTrial[]> {
  const total = plan.cells
    .map((planned) => missing(planned).length * operationsOf(planned))
    .reduce((sum, operations) => sum + operations, 0);
  const most = MOST_SECONDS * speed.operationsPerSecond;
  const perBatch = Math.min(total / (workers * BATCHES_PER_WORKER), most);
  for (const cells of sameShaped(plan.cells)) {
    const trials = cells.reduce((sum, planned) => sum + missing(planned).length, 0);
    const wanted = Math.min(perBatch / operationsOf(cells[0]), mostTrials);
    const inTime = Math.floor((STACK_SECONDS * speed.operationsPerSecond) / operationsOf(cells[0]));
    const size = batchSize(trials, wanted, Math.min(lanes, Math.max(inTime, TRAINED_AS_ONE)));
    let batch: PlannedTrial[] = [];
    for (const planned of cells) {
      for (const seed of missing(planned)) {
        batch.push({ planned, trial: { ...planned.cell, seed } });
        if (batch.length === size) {
          yield batch;
          batch = [];
        }
      }
    }
    if (batch.length > 0) yield batch;
  }
}

/**
 * As `packBatches`, in batches that an interrupted run's successor packs again: over all that the plan asks for,
 * without what is not missing. Where cells are trained until they have enough, only what is missing is known.
 */
export function* packSameBatches(
  plan: Plan,
  missing: (cell: PlannedCell) => readonly number[],
  engine: Pick<EngineTraits, "lanes" | "mostTrials" | "speed">,
  workers: number,
): Generator<readonly PlannedTrial[]> {
  if (plan.until) return yield* packBatches(plan, missing, engine, workers);
  let of: PlannedCell | undefined;
  let missed: ReadonlySet<number> = new Set();
  for (const batch of packBatches(plan, (cell) => ownSeeds(plan, cell), engine, workers)) {
    const left = batch.filter(({ planned, trial }) => {
      if (planned !== of) missed = new Set(missing(planned)); // cell by cell: a plan may have millions
      of = planned;
      return missed.has(trial.seed);
    });
    if (left.length > 0) yield left;
  }
}

function sameShaped(cells: readonly PlannedCell[]): PlannedCell[][] {
  const groups = grouped(cells, ({ cell }) => batchShape(cell));
  return [...groups.values()].sort((a, b) => operationsOf(b[0]) - operationsOf(a[0]));
}

function operationsOf({ cell }: PlannedCell): number {
  return trainingOperations(cell);
}

/** A multiple of the lanes that divides `trials` into even batches of about `wanted`. */
function batchSize(trials: number, wanted: number, lanes: number): number {
  const batches = Math.max(1, Math.round(trials / wanted));
  return Math.max(1, Math.ceil(trials / batches / lanes)) * lanes;
}
