/** What decides the numbers of a trial or a cell, as text: its SHA-256 is the key, wherever it is worked out. */
import canonicalize from "canonicalize";
import { keyedAxes } from "./cells.js";
import type { Cell, Trial } from "./trial.js";

/** Canonical JSON (RFC 8785) of a trial and the numeric version of its engine. */
export function trialText(trial: Trial, numerics: string): string {
  return canonicalize({ ...keyedAxes(trial), seed: trial.seed, numerics })!;
}

/** The same for the cell that a trial belongs to: all but the seed. */
export function cellText(cell: Cell, numerics: string): string {
  return canonicalize({ ...keyedAxes(cell), numerics })!;
}
