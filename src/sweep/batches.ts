/** Packs the trials that a store lacks into batches for an engine. */
import { batchShape } from "../engines/contract.js";
import { trainingOperations } from "../engines/cost.js";
import type { Trial } from "../model/trial.js";
import type { Plan, PlannedCell } from "./plan.js";

export interface PlannedTrial {
  readonly planned: PlannedCell;
  readonly trial: Trial;
}

/** Small enough that the last batches end together, large enough that handing them out costs little. */
const OPERATIONS_PER_BATCH = 200_000_000;
const MAX_TRIALS_PER_BATCH = 1024;

/**
 * Batches of same-shaped trials, those with the longest trials first, so that no worker is left
 * with a long one at the end. Cells that differ only in learning rate fill each other's lanes.
 *
 * @param missing the seeds of a cell that are still to be trained
 * @param lanes how many trials the engine trains at the cost of one
 */
export function* packBatches(
  plan: Plan,
  missing: (cell: PlannedCell) => readonly number[],
  lanes: number,
): Generator<readonly PlannedTrial[]> {
  for (const cells of sameShaped(plan.cells)) {
    const size = batchSize(operationsOf(cells[0]), lanes);
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

/** A multiple of the lanes. */
function batchSize(operations: number, lanes: number): number {
  const trials = Math.min(OPERATIONS_PER_BATCH / operations, MAX_TRIALS_PER_BATCH);
  return Math.max(1, Math.floor(trials / lanes)) * lanes;
}
