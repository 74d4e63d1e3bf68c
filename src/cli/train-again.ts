/** Trains all that a sweep asks for, into a folder that is gone afterwards. */
import { join } from "node:path";
import { countCell, type MeasuredCell } from "../analysis/baseline.js";
import type { Engine } from "../engines/contract.js";
import { openPool } from "../engines/pool.js";
import { openStore } from "../store/store.js";
import { planSweep } from "../sweep/plan.js";
import { runPlan } from "../sweep/run.js";
import type { Sweep } from "../sweep/schema.js";
import { countedTrials } from "../sweep/seeds.js";
import { showProgress } from "./progress.js";
import { withTemporaryFolder } from "./temporary-folder.js";

/** @returns a cell for each of the sweep's, in its order */
export function trainAgain(
  sweep: Sweep,
  engine: Engine,
  workers: number | undefined,
  quiet: boolean,
): Promise<MeasuredCell[]> {
  const plan = planSweep(sweep, engine.numerics);
  return withTemporaryFolder(async (folder) => {
    const pool = openPool(sweep.engine, workers);
    const store = openStore(join(folder, "trials.db"));
    const progress = showProgress(plan.trials, 0, quiet);
    try {
      await runPlan(plan, store, pool, { engine, onProgress: progress.add });
      return plan.cells.map(({ cell, key }) =>
        countCell(cell, countedTrials(plan, store.trialsOf(key)), sweep.convergence.rmse),
      );
    } finally {
      progress.stop();
      store.close();
      await pool.close();
    }
  });
}
