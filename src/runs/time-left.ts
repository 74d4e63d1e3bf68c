/** About how long what is left takes: the plan's cost model, corrected by what was measured. */
import type { WorkLeft } from "../sweep/work-left.js";

/** The model counts for as much as a measurement of so many seconds. */
const TRUSTED_SECONDS = 2;

/**
 * @param workersNow says how many threads share the work; they may come and go
 * @param now a clock, in milliseconds
 * @returns to be called as `runPlan` tells of its progress; gives seconds
 */
export function timeLeft(workersNow: () => number, now = () => performance.now()) {
  const start = now();
  let worked = 0;
  let before = 0;
  return (trials: number, { seconds }: WorkLeft): number => {
    const workers = Math.max(1, workersNow());
    if (trials > 0) worked += (before - seconds) / workers;
    before = seconds;
    const elapsed = worked > 0 ? (now() - start) / 1000 : 0;
    return ((seconds / workers) * (TRUSTED_SECONDS + elapsed)) / (TRUSTED_SECONDS + worked);
  };
}
