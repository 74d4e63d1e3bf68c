/** What two records of one trial say against each other. */
import { columnOfNumber, isOfOneThreshold, LATER_NUMBERS } from "../model/outcome.js";
import type { StoredTrial } from "./trial-rows.js";

/**
 * Equal is what a training decides: the key, what came of it, and every number that both have. How long it took and
 * which engine of the same arithmetic trained it may differ; a number that only one has, as an earlier version kept fewer,
 * contradicts nothing, nor do epochs to converge to another threshold. A failed trial says nothing of its training.
 *
 * @returns what differs; none where they are equal
 */
export function contradictionsOf(one: StoredTrial, other: StoredTrial): Contradiction[] {
  const [a, b] = [one.outcome, other.outcome];
  if (a.state === "failed" || b.state === "failed") return [];
  const found: Contradiction[] = [];
  const compare = (what: string, x?: string | number, y?: string | number) => {
    if (x !== y && x !== undefined && y !== undefined) found.push({ what, one: x, other: y });
  };
  compare("key", one.key, other.key);
  compare("state", a.state, b.state);
  if (a.state === "trained" && b.state === "trained") {
    for (const name of NUMBERS) {
      if (isOfOneThreshold(name) && a.thresholdRmse !== b.thresholdRmse) continue;
      compare(columnOfNumber(name), a[name], b[name]);
    }
  }
  return found;
}

/** What differs, as a column of CSV files is called, and what each has there. */
export interface Contradiction {
  readonly what: string;
  readonly one: string | number;
  readonly other: string | number;
}

const NUMBERS = ["finalRmse", "deadNeurons", "deadLayers", ...LATER_NUMBERS] as const;
