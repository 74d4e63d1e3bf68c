/** What a plan still asks for, and about how long that takes: for estimates, never for results. */
import { batchShape, type EngineTraits } from "../engines/contract.js";
import { trainingOperations } from "../engines/cost.js";
import type { Cell } from "../model/trial.js";
import type { StoreReader } from "../store/store.js";
import type { PlannedTrial } from "./batches.js";
import type { Plan, PlannedCell } from "./plan.js";
import { missingSeeds, ownSeeds } from "./seeds.js";

export interface WorkLeft {
  /** Trials still to be trained; the most that it can become, where cells are trained until they have enough. */
  readonly trials: number;
  /** Seconds that one worker takes for them, by the engine's speed on the machine where that was measured. */
  readonly seconds: number;
}

type Costs = Pick<EngineTraits, "lanes" | "speed">;
type SeedStore = Pick<StoreReader, "seedsDone" | "trialsOf">;

/** Output, loss and optimizer are dispatched in about the time of so many hidden layers. */
const LAYERS_BESIDE_DEPTH = 6;

/** @param store undefined where there is none yet */
export function workLeft(
  plan: Plan,
  store: SeedStore | undefined,
  engine: Costs,
  retryFailed = false,
): WorkLeft {
  let trials = 0;
  let seconds = 0;
  const leftByShape = new Map<string, number>();
  for (const planned of plan.cells) {
    const missing = store
      ? leftOf(plan, store, planned, retryFailed)
      : ownSeeds(plan, planned).length;
    trials += missing;
    seconds += arithmeticSeconds(planned.cell, missing, engine);
    const shape = batchShape(planned.cell);
    const before = leftByShape.get(shape) ?? 0;
    leftByShape.set(shape, before + missing);
    const blocks = Math.ceil((before + missing) / engine.lanes) - Math.ceil(before / engine.lanes);
    seconds += blocks * dispatchSeconds(planned.cell, engine);
  }
  return { trials, seconds };
}

/** What is left after a batch, whose trials are all of one shape. */
export function withoutBatch(
  { trials, seconds }: WorkLeft,
  batch: readonly PlannedTrial[],
  engine: Costs,
): WorkLeft {
  const [{ trial }] = batch;
  const blocks = Math.ceil(batch.length / engine.lanes);
  const taken =
    arithmeticSeconds(trial, batch.length, engine) + blocks * dispatchSeconds(trial, engine);
  return { trials: trials - batch.length, seconds: Math.max(0, seconds - taken) };
}

function arithmeticSeconds(cell: Cell, trials: number, { speed }: Costs): number {
  return (trials * trainingOperations(cell)) / speed.operationsPerSecond;
}

function dispatchSeconds({ depth, epochs }: Cell, { speed }: Costs): number {
  return epochs * (depth + LAYERS_BESIDE_DEPTH) * speed.secondsPerLayer;
}

/** A cell that still waits for its convergences may need every seed that it has not tried. */
function leftOf(plan: Plan, store: SeedStore, cell: PlannedCell, retryFailed: boolean): number {
  const missing = missingSeeds(plan, store, cell, retryFailed).length;
  if (!plan.until || missing === 0) return missing;
  return ownSeeds(plan, cell).length - store.seedsDone(cell.key, retryFailed).length;
}
