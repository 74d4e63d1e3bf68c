/** What two records of one trial say against each other. */
import { columnOfNumber, LATER_NUMBERS, type LaterNumber, type Outcome } from "../model/outcome.js";
import type { StoredTrial } from "./trial-rows.js";

/**
 * Equal is what a training decides: the key, what came of it, and every number that both have. How long it took and
 * which engine of the same arithmetic trained it may differ; a number that only one has, as an earlier version kept fewer,
 * contradicts nothing, nor do epochs to converge to another threshold. A failed trial says nothing of its training.
 *
 * @returns `final_rmse 0.0123 and 0.0124`, for each thing that differs
 */
export function contradictionsOf(one: StoredTrial, other: StoredTrial): string[] {
  const [a, b] = [one.outcome, other.outcome];
  if (a.state === "failed" || b.state === "failed") return [];
  const found: string[] = [];
  const compare = (what: string, x: unknown, y: unknown) => {
    if (x !== y && x !== undefined && y !== undefined) found.push(`${what} ${x} and ${y}`);
  };
  compare("key", one.key, other.key);
  compare("state", a.state, b.state);
  if (a.state === "trained" && b.state === "trained") {
    for (const name of NUMBERS) {
      if (name === "epochsToConverge" && a.thresholdRmse !== b.thresholdRmse) continue;
      compare(columnOfNumber(name as LaterNumber), a[name], b[name]);
    }
  }
  return found;
}

type Trained = Extract<Outcome, { state: "trained" }>;

const NUMBERS: readonly (keyof Trained)[] = [
  ...(["finalRmse", "deadNeurons", "deadLayers"] as const),
  ...LATER_NUMBERS,
];
