/** What a run of a plan would do. */
import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { batchShape, type EngineTraits } from "../engines/contract.js";
import { trainingOperations } from "../engines/cost.js";
import { UserError } from "../errors.js";
import { openStoreReadOnly, type StoreReader } from "../store/store.js";
import type { Plan, PlannedCell } from "./plan.js";
import { doneOf } from "./run.js";
import { missingSeeds } from "./seeds.js";

export interface Preview {
  readonly cells: number;
  /** The most that the plan can become, where cells are trained until enough converged. */
  readonly trials: number;
  /** Trials of the plan that the folder's store has. */
  readonly done: number;
  /** Trials still to be trained, at the most. */
  readonly left: number;
  /** Trials in the store that the plan does not ask for. */
  readonly noLongerAskedFor: number;
  readonly workers: number;
  /** Seconds for what is left, from the operations that it takes and the engine's speed on one machine. */
  readonly estimateSeconds: number;
}

/** Output, loss and optimizer are dispatched in about the time of so many hidden layers. */
const LAYERS_BESIDE_DEPTH = 6;

/** @param file the store, which need not exist */
export async function previewRun(
  plan: Plan,
  file: string,
  engine: EngineTraits,
  workers = availableParallelism(),
): Promise<Preview> {
  const store = hasContent(file) ? openStoreReadOnly(file) : undefined;
  let left = 0;
  let seconds = 0;
  const leftByShape = new Map<string, number>();
  const { operationsPerSecond, secondsPerLayer } = engine.speed;
  for (const planned of plan.cells) {
    const missing = store ? leftOf(plan, store, planned) : plan.seeds.length;
    left += missing;
    seconds += (missing * trainingOperations(planned.cell)) / operationsPerSecond;

    const shape = batchShape(planned.cell);
    const before = leftByShape.get(shape) ?? 0;
    leftByShape.set(shape, before + missing);
    const batches = Math.ceil((before + missing) / engine.lanes) - Math.ceil(before / engine.lanes);
    const { depth, epochs } = planned.cell;
    seconds += batches * epochs * (depth + LAYERS_BESIDE_DEPTH) * secondsPerLayer;
  }
  const done = store ? doneOf(plan, store) : 0;
  const noLongerAskedFor = store ? store.count() - done : 0;
  store?.close();
  return {
    cells: plan.cells.length,
    trials: plan.trials,
    done,
    left,
    noLongerAskedFor,
    workers,
    estimateSeconds: seconds / workers,
  };
}

/** A sweep that was killed at once may leave a file with nothing in it. */
function hasContent(file: string): boolean {
  try {
    return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`--out: ${file} cannot be read (${code}); give a folder that can`);
  }
}

/** A cell that still waits for its convergences may need every seed that it has not tried. */
function leftOf(plan: Plan, store: StoreReader, cell: PlannedCell): number {
  const missing = missingSeeds(plan, store, cell).length;
  if (!plan.until || missing === 0) return missing;
  return plan.seeds.length - store.seedsDone(cell.key).length;
}
