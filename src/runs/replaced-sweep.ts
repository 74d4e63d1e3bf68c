/** What a folder showed of an earlier sweep, and will not show any more once another has written its files. */
import { existsSync } from "node:fs";
import { counted } from "../counted.js";
import { UserError } from "../errors.js";
import { sameValue } from "../model/cells.js";
import { visible } from "../output/visible.js";
import type { StoreReader } from "../store/store.js";
import { planSweep } from "../sweep/plan.js";
import { readResolvedSweep } from "../sweep/read-sweep.js";
import type { Sweep } from "../sweep/schema.js";
import { countedTrials } from "../sweep/seeds.js";
import { filesOf } from "./folder-files.js";
import type { PlannedRun } from "./plan-run.js";
import { numericsOf } from "./read-folder.js";

type Run = Pick<PlannedRun, "sweep" | "plan"> & {
  readonly engine: Pick<PlannedRun["engine"], "numerics">;
};

/**
 * To be asked for before the run writes its `sweep.json`.
 *
 * @returns in two sentences, what becomes of the trials that will not be shown any more; undefined where there
 * are none
 */
export async function noteOnReplaced(
  folder: string,
  run: Run,
  store: Pick<StoreReader, "trialsOf">,
): Promise<string | undefined> {
  const hidden = await countHidden(folder, run, store).catch((error) => {
    // An earlier sweep that cannot be read shows nothing that could be missed.
    if (error instanceof UserError) return 0;
    throw error;
  });
  if (hidden === 0) return undefined;
  return (
    `${visible(folder)} keeps ${counted(hidden, "trial")} of an earlier sweep that this one does not ask for. Its ` +
    "tables, trials.csv, cells.csv and sweep.json will show this sweep only, until the earlier one is run again."
  );
}

async function countHidden(
  folder: string,
  { sweep, plan, engine }: Run,
  store: Pick<StoreReader, "trialsOf">,
): Promise<number> {
  const file = filesOf(folder).sweep;
  if (!existsSync(file)) return 0;
  const earlier = await readResolvedSweep(file);
  const numerics = await numericsOf(earlier.engine, folder);
  if (numerics === engine.numerics && asksForAllOf(earlier, sweep)) return 0;
  const asked = new Set(plan.cells.map(({ key }) => key));
  const before = planSweep(earlier, numerics);
  return before.cells.reduce((total, { key }) => {
    const stored = store.trialsOf(key);
    const still = new Set(asked.has(key) ? countedTrials(plan, stored) : []);
    return total + countedTrials(before, stored).filter((trial) => !still.has(trial)).length;
  }, 0);
}

/** Of the same sweep, or of one with more seeds, known without planning the earlier one. */
function asksForAllOf(earlier: Sweep, sweep: Sweep): boolean {
  const [then, now] = [earlier.seeds, sweep.seeds];
  const hasSeeds =
    typeof then === "number" && typeof now === "number" ? then <= now : sameValue(then, now);
  const rest = ({ grid, dataset, epochs, convergence }: Sweep) => [
    grid,
    dataset,
    epochs,
    convergence,
  ];
  return hasSeeds && sameValue(rest(earlier), rest(sweep));
}
