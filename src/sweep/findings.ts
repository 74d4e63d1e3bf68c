/** What a stored trial says otherwise than its training, once it is trained again. */
import { columnOfNumber, LATER_NUMBERS, type LaterNumber, type Outcome } from "../model/outcome.js";
import type { Cell } from "../model/trial.js";
import type { StoredTrial } from "../store/store.js";

/** Something that is not as it was written. */
export interface Finding {
  /** Where there is one: the cell as the store has it. */
  readonly cell?: Cell;
  readonly seed?: number;
  /** The store's column, or what else is wrong. */
  readonly what: string;
  readonly stored: string;
  /** What it ought to be; empty where that cannot be said. */
  readonly again: string;
}

/** The columns in which a stored trial and the same trained again differ; one that is not stored has none. */
export function differences(
  cell: Cell,
  stored: StoredTrial | undefined,
  again: StoredTrial,
): readonly Finding[] {
  const before = stored ? columnsOf(stored) : {};
  const lacks = stored ? numbersLackedBy(stored).map(columnOfNumber) : [];
  return Object.entries(columnsOf(again))
    .filter(([column, value]) => !lacks.includes(column) && before[column] !== value)
    .map(([column, value]) => ({
      cell,
      seed: again.seed,
      what: column,
      stored: String(before[column] ?? ""),
      again: String(value ?? ""),
    }));
}

/** Those that the version of the store that kept the trial, one before the seventh, had no columns for. */
export function numbersLackedBy({ outcome }: StoredTrial): readonly LaterNumber[] {
  if (outcome.state !== "trained") return [];
  if (outcome.thresholdRmse !== undefined) return [];
  if (outcome.collapsed === undefined) return LATER_NUMBERS;
  return [
    ...(outcome.firstLayerRmse === undefined ? ["firstLayerRmse" as const] : []),
    "epochsToConverge",
  ];
}

/** What is decided by the training: neither its time nor which engine did it. */
function columnsOf({ key, outcome }: StoredTrial): Record<string, string | number | undefined> {
  const reason = outcome.state === "failed" ? `: ${outcome.reason}` : "";
  return { key, state: `${outcome.state}${reason}`, ...numbersOf(outcome) };
}

function numbersOf(outcome: Outcome) {
  if (outcome.state !== "trained") return {};
  const { finalRmse, deadNeurons, deadLayers } = outcome;
  return {
    final_rmse: finalRmse,
    dead_neurons: deadNeurons,
    dead_layers: deadLayers,
    ...Object.fromEntries(LATER_NUMBERS.map((name) => [columnOfNumber(name), outcome[name]])),
  };
}

/** @param threshold that no training of the store is known to have had */
export function wrongThreshold(
  cell: Cell,
  seed: number,
  threshold: number | undefined,
  known: readonly (number | undefined)[],
): Finding {
  const again = known.filter((each) => each !== undefined).join(" or ");
  return { cell, seed, what: "threshold_rmse", stored: String(threshold ?? ""), again };
}
