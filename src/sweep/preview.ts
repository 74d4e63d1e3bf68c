/** What a run of a plan would do. */
import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { EngineTraits } from "../engines/contract.js";
import { UserError } from "../errors.js";
import { openStoreReadOnly } from "../store/store.js";
import type { Plan } from "./plan.js";
import { doneOf } from "./run.js";
import { workLeft } from "./work-left.js";

export interface Preview {
  /** That the shard has trials of, where the plan is one's; so are all numbers but one. */
  readonly cells: number;
  /** The most that the plan can become, where cells are trained until they have enough. */
  readonly trials: number;
  /** Trials of the plan that the folder's store has. */
  readonly done: number;
  /** Trials still to be trained, at the most. */
  readonly left: number;
  /** Trials in the store that the whole plan does not ask for. */
  readonly noLongerAskedFor: number;
  readonly workers: number;
  /** Seconds for what is left, from the operations that it takes and the engine's speed on one machine. */
  readonly estimateSeconds: number;
}

/** @param file the store, which need not exist */
export async function previewRun(
  plan: Plan,
  file: string,
  engine: EngineTraits,
  workers = availableParallelism(),
): Promise<Preview> {
  const store = hasContent(file) ? openStoreReadOnly(file) : undefined;
  const { trials: left, seconds } = workLeft(plan, store, engine);
  const done = store ? doneOf(plan, store) : 0;
  const { shard, ...whole } = plan;
  const noLongerAskedFor = store ? store.count() - doneOf(whole, store) : 0;
  store?.close();
  return {
    cells: shard?.cells ?? plan.cells.length,
    trials: shard?.trials ?? plan.trials,
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
