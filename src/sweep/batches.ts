/** Packs the trials that a store lacks into batches for an engine. */
import { batchShape } from "../engines/contract.js";
import { trainingOperations } from "../engines/cost.js";
import type { Trial } from "../model/trial.js";
import type { Plan, PlannedCell } from "./plan.js";

export interface PlannedTrial {
  readonly planned: PlannedCell;
  readonly trial: Trial;
}

/** So many that the workers end their last batches together. */
const BATCHES_PER_WORKER = 16;
/** About a second's work, so that progress shows, an interrupt is heeded, and little is lost by a crash. */
const MAX_OPERATIONS_PER_BATCH = 12e9;
const MAX_TRIALS_PER_BATCH = 1024;

/**
 * Batches of same-shaped trials, those with the longest trials first, so that no worker is left
 * with a long one at the end. Cells that differ only in learning rate fill each other's lanes. Few
 * large batches leave the engine more choice of what to train together.
 *
 * @param missing the seeds of a cell that are still to be trained
 * @param lanes how many trials the engine trains at the cost of one
 */
export function* packBatches(
  plan: Plan,
  missing: (cell: PlannedCell) => readonly number[],
  lanes: number,
  workers = 1,
): Generator<readonly PlannedTrial[]> {
  const total = plan.cells
    .map((planned) => missing(planned).length * operationsOf(planned))
    .reduce((sum, operations) => sum + operations, 0);
  const perBatch = Math.min(total / (workers * BATCHES_PER_WORKER), MAX_OPERATIONS_PER_BATCH);
  for (const cells of sameShaped(plan.cells)) {
    const trials = cells.reduce((sum, planned) => sum + missing(planned).length, 0);
    const size = batchSize(trials, perBatch / operationsOf(cells[0]), lanes);
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

function sameShaped(cells: readonly PlannedCell[]): PlannedCell[][] {
  const groups = new Map<string, PlannedCell[]>();
  for (const planned of cells) {
    const shape = batchShape(planned.cell);
    const group = groups.get(shape);
    if (group) group.push(planned);
    else groups.set(shape, [planned]);
  }
  return [...groups.values()].sort((a, b) => operationsOf(b[0]) - operationsOf(a[0]));
}

function operationsOf({ cell }: PlannedCell): number {
  return trainingOperations(cell);
}

/** A multiple of the lanes that divides `trials` into even batches of about `wanted`. */
function batchSize(trials: number, wanted: number, lanes: number): number {
  const batches = Math.max(1, Math.round(trials / Math.min(wanted, MAX_TRIALS_PER_BATCH)));
  return Math.max(1, Math.ceil(trials / batches / lanes)) * lanes;
}
