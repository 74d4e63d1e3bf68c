/** Names of trials and cells: what decides their numbers, hashed. */
import { createHash } from "node:crypto";
import { cellText, trialText, trialTexts } from "../model/key-text.js";
import type { Cell, Trial } from "../model/trial.js";

/**
 * SHA-256 over a trial and the numeric version of its engine, in hexadecimal. Nothing that leaves the
 * numbers as they are is part of it: no convergence threshold, no worker count, no engine name. A
 * browser hashes the same text with its own means: Node's are faster than a package's.
 */
export function trialKey(trial: Trial, numerics: string): string {
  return sha256(trialText(trial, numerics));
}

/** The same for many trials of a cell. */
export function trialKeys(cell: Cell, numerics: string): (seed: number) => string {
  const textOf = trialTexts(cell, numerics);
  return (seed) => sha256(textOf(seed));
}

/** The same for the cell that a trial belongs to. */
export function cellKey(cell: Cell, numerics: string): string {
  return sha256(cellText(cell, numerics));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
