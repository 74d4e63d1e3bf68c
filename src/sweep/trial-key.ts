/** Names of trials and cells: what decides their numbers, hashed. */
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { keyedAxes } from "../model/cells.js";
import type { Cell, Trial } from "../model/trial.js";

/**
 * SHA-256 over the canonical JSON (RFC 8785) of a trial and the numeric version of its engine, in
 * hexadecimal. Nothing that leaves the numbers as they are is part of it: no convergence
 * threshold, no worker count, no engine name.
 */
export function trialKey(trial: Trial, numerics: string): string {
  return sha256({ ...keyedAxes(trial), seed: trial.seed, numerics });
}

/** The same for the cell that a trial belongs to: all but the seed. */
export function cellKey(cell: Cell, numerics: string): string {
  return sha256({ ...keyedAxes(cell), numerics });
}

function sha256(value: object): string {
  return createHash("sha256").update(canonicalize(value)!).digest("hex");
}
