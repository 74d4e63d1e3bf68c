/** What a run of a plan would do. */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { trainingOperations } from "../engines/cost.js";
import type { EngineName } from "../engines/names.js";
import { openStoreReadOnly } from "../store/store.js";
import type { Plan } from "./plan.js";
import { missingSeeds } from "./run.js";

export interface Preview {
  readonly cells: number;
  readonly trials: number;
  /** Trials of the plan that the folder's store has. */
  readonly done: number;
  readonly left: number;
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
  const store = existsSync(file) ? openStoreReadOnly(file) : undefined;
  let left = 0;
  let operations = 0;
  for (const planned of plan.cells) {
    const missing = store ? missingSeeds(plan, store, planned).length : plan.seeds.length;
    left += missing;
    operations += missing * trainingOperations(planned.cell);
  }
  store?.close();
  return {
    cells: plan.cells.length,
    trials: plan.trials,
    done: plan.trials - left,
    left,
    workers,
    estimateSeconds: operations / OPERATIONS_PER_SECOND[engine] / workers,
  };
}
