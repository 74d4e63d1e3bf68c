/** What a run of a plan would do. */
import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { trainingOperations } from "../engines/cost.js";
import type { EngineName } from "../engines/names.js";
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

/** Measured on one core of an AMD EPYC at 2.6 GHz; other machines differ by a factor of two or so. */
const OPERATIONS_PER_SECOND: Record<EngineName, number> = {
  fused: 12e9,
  reference: 0.25e9,
};

/** @param folder the results folder, which need not exist */
export async function previewRun(
  plan: Plan,
  folder: string,
  engine: EngineName,
  workers = availableParallelism(),
): Promise<Preview> {
  const file = join(folder, "trials.db");
  const store = hasContent(file) ? openStoreReadOnly(file) : undefined;
  let left = 0;
  let operations = 0;
  for (const planned of plan.cells) {
    const missing = store ? leftOf(plan, store, planned) : plan.seeds.length;
    left += missing;
    operations += missing * trainingOperations(planned.cell);
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
    estimateSeconds: operations / OPERATIONS_PER_SECOND[engine] / workers,
  };
}

/** A sweep that was killed at once may leave a file with nothing in it. */
function hasContent(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** A cell that still waits for its convergences may need every seed that it has not tried. */
function leftOf(plan: Plan, store: StoreReader, cell: PlannedCell): number {
  const missing = missingSeeds(plan, store, cell).length;
  if (!plan.until || missing === 0) return missing;
  return plan.seeds.length - store.seedsDone(cell.key).length;
}
