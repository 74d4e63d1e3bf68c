/** What a results folder's sweep asks for, and one number of each of its trials. */
import { type NumberField, openStoreReadOnly, type TrialNumber } from "../store/store.js";
import type { Plan, PlannedCell } from "../sweep/plan.js";
import type { Sweep } from "../sweep/schema.js";
import { countedTrials } from "../sweep/seeds.js";
import { findResults, planOf } from "./read-folder.js";

export interface AskedNumbers {
  readonly sweep: Sweep;
  readonly plan: Plan;
  /** Of the trials that the sweep asks for, by ascending seed: of a cell that a converged one ended, to that one. */
  numbersOf(cell: PlannedCell, field: NumberField): TrialNumber[];
  close(): void;
}

/** @throws UserError where the folder does not have what a sweep writes first, or it cannot be read */
export async function openNumbers(folder: string): Promise<AskedNumbers> {
  const { sweep, store: file } = await findResults(folder);
  const plan = await planOf(sweep, folder);
  const store = openStoreReadOnly(file);
  const asked = new Set(plan.seeds);
  const counted = (key: string) =>
    plan.until ? new Set(countedTrials(plan, store.trialsOf(key)).map(({ seed }) => seed)) : asked;
  return {
    sweep,
    plan,
    numbersOf({ key }, field) {
      const counts = counted(key);
      return store.numbersOf(key, field).filter(({ seed }) => counts.has(seed));
    },
    close: () => store.close(),
  };
}
