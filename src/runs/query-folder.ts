/** Opens a results folder for SQL. */
import { resultViews } from "../analysis/result-views.js";
import type { Asked, AskedCell } from "../store/asked.js";
import { openQueries, type Queries } from "../store/query.js";
import { openStoreReadOnly } from "../store/store.js";
import { askedTrials, type Plan } from "../sweep/plan.js";
import { countedTrials } from "../sweep/seeds.js";
import { findResults, planOf } from "./read-folder.js";

/**
 * Its views `trials` and `cells` have what its CSV files have, `all_trials` and `all_cells` everything in its
 * store.
 *
 * @throws UserError where the folder does not have what a sweep writes first, or it cannot be read
 */
export async function openFolderQueries(folder: string): Promise<Queries> {
  const { sweep, store } = await findResults(folder);
  const plan = await planOf(sweep, folder);
  const views = resultViews(sweep.convergence.rmse, askedTrials(plan));
  return openQueries(store, views, plan.until ? askedUntil(plan, store) : askedOf(plan));
}

function askedOf({ cells, seeds }: Plan): Asked {
  const seedsEnd = seeds.reduce((end, seed) => Math.max(end, seed + 1), 0);
  return {
    cells: cells.map((planned) => ({ ...planned, seedsEnd })),
    seeds: seedsEnd === seeds.length ? undefined : seeds,
  };
}

/** The trials of a cell that count are those of its first seeds. */
function askedUntil(plan: Plan, file: string): Asked {
  const store = openStoreReadOnly(file);
  try {
    const cells = plan.cells.map((planned): AskedCell => {
      const counted = countedTrials(plan, store.outcomesOf(planned.key, []));
      return { ...planned, seedsEnd: counted.length };
    });
    return { cells };
  } finally {
    store.close();
  }
}
