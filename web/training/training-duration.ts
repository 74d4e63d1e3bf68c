/** How long a training takes, about. */
import { counted } from "../../src/counted.js";
import { trainingOperations } from "../../src/engines/cost.js";
import type { Cell } from "../../src/model/trial.js";

/** The engine trains four networks at once, of which the page wants one. */
const SECONDS_PER_OPERATION = 4 / 12e9;

export function secondsOf(cell: Cell): number {
  return trainingOperations(cell) * SECONDS_PER_OPERATION;
}

/** `8 seconds`, `3 minutes`, `2 hours` */
export function durationText(seconds: number): string {
  if (seconds < 90) return counted(Math.round(seconds), "second");
  const minutes = seconds / 60;
  return minutes < 90
    ? counted(Math.round(minutes), "minute")
    : counted(Math.round(minutes / 60), "hour");
}
