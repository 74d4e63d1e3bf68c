/** A sweep made ready to run: its engine loaded and its trials planned; nothing is written. */
import { type Engine, refuseCells } from "../engines/contract.js";
import { loadEngine } from "../engines/load.js";
import { refuseUnlessWhole } from "../counted.js";
import { UserError } from "../errors.js";
import { type Plan, planSweep, type Shard } from "../sweep/plan.js";
import type { Sweep } from "../sweep/schema.js";
import { shardOf } from "../sweep/shards.js";
import { MAX_WORKERS } from "./limits.js";

export interface PlannedRun {
  readonly sweep: Sweep;
  readonly engine: Engine;
  readonly plan: Plan;
  /** Undefined for one per core. */
  readonly workers: number | undefined;
}

/** How the sweep's engine is to work, and on what. */
export interface EngineUse {
  readonly backend?: string | undefined;
  readonly workers?: number | undefined;
  /** What of the sweep is to be trained; all of it, unless told. */
  readonly shard?: Shard | undefined;
}

/**
 * @param workersName what the number of workers was given as, for messages
 * @throws UserError where the engine cannot be used so, or cannot train a cell
 */
export async function planRun(
  sweep: Sweep,
  { backend, workers: asked, shard }: EngineUse,
  workersName: string,
): Promise<PlannedRun> {
  refuseOddWorkers(asked, workersName);
  const engine = await loadEngine(sweep.engine, backend);
  const workers = workersFor(engine, asked, workersName);
  const whole = planSweep(sweep, engine.numerics);
  const plan = shard ? shardOf(whole, shard) : whole;
  refuseCells(
    engine,
    plan.cells.map(({ cell }) => cell),
  );
  return { sweep, engine, plan, workers };
}

/**
 * @param name what the number was given as, for messages
 * @throws UserError where it is no number of threads
 */
export function refuseOddWorkers(asked: number | undefined, name: string): void {
  if (asked !== undefined) refuseUnlessWhole(name, asked, [1, MAX_WORKERS]);
}

/** @throws UserError where an engine that has threads of its own is to have more */
export function workersFor(
  { ownThreads, backend }: Engine,
  asked: number | undefined,
  name: string,
): number | undefined {
  if (ownThreads && asked !== undefined && asked !== 1) {
    throw new UserError(
      `${name}: must be 1 with backend ${backend?.name}, which has threads of its own, ` +
        `got ${asked}; leave it out`,
    );
  }
  return ownThreads ? 1 : asked;
}
