/** Trains all that a sweep asks for, into a folder that is gone afterwards. */
import { join } from "node:path";
import { countCell, type MeasuredCell } from "../analysis/baseline.js";
import type { Console } from "../cli/command.js";
import { noteGivenUp } from "../cli/given-up.js";
import { showProgress } from "../cli/progress.js";
import type { Engine } from "../engines/contract.js";
import { openPool } from "../engines/pool.js";
import { openStore } from "../store/store.js";
import type { Plan } from "../sweep/plan.js";
import { runPlan } from "../sweep/run.js";
import { countedTrials } from "../sweep/seeds.js";
import { withTemporaryFolder } from "./temporary-folder.js";

export interface Again {
  readonly plan: Plan;
  readonly engine: Engine;
  readonly workers: number | undefined;
  /** The largest RMSE of a converged trial, in original units. */
  readonly threshold: number;
}

/** @returns a cell for each of the plan's, in its order */
export function trainAgain(
  { plan, engine, workers, threshold }: Again,
  console: Console,
): Promise<MeasuredCell[]> {
  return withTemporaryFolder(async (folder) => {
    const pool = openPool(engine.name, workers, {
      backend: engine.backend?.name,
      ...noteGivenUp(console),
    });
    const store = openStore(join(folder, "trials.db"));
    const progress = showProgress(plan.trials, 0, console.quiet);
    try {
      await runPlan(plan, store, pool, { engine, onProgress: progress.add });
      return plan.cells.map(({ cell, key }) =>
        countCell(cell, countedTrials(plan, store.trialsOf(key)), threshold),
      );
    } finally {
      progress.stop();
      await pool.close();
      store.close();
    }
  });
}
