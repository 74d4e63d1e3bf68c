/** Names of trials and cells: what decides their numbers, hashed. */
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Cell, Trial } from "../model/trial.js";

/**
 * SHA-256 over the canonical JSON (RFC 8785) of a trial and the numeric version of its engine, in
 * hexadecimal. Nothing that leaves the numbers as they are is part of it: no convergence
 * threshold, no worker count, no engine name.
 *
 * A later axis must be left out of the JSON where it has today's value, so that old keys stay valid.
 */
export function trialKey(trial: Trial, numerics: string): string {
  return sha256({ ...trial, numerics });
}

/** The same for the cell that a trial belongs to: all but the seed. */
export function cellKey(cell: Cell, numerics: string): string {
  return sha256({ ...cell, numerics });
}

function sha256(value: object): string {
  return createHash("sha256").update(canonicalize(value)!).digest("hex");
}
