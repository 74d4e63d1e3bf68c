/** Reads the values of flags. */
import type { Among } from "../analysis/measures.js";
import { refuseUnlessWhole } from "../counted.js";

export const AMONG = ["trained", "converged"] as const satisfies readonly Among[];

/** Text stays text where it is no number, so that a message can show what was given. */
export function numberOrText(value: string): number | string {
  return value.trim() === "" || Number.isNaN(Number(value)) ? value : Number(value);
}

/**
 * @returns undefined where the flag is absent
 * @throws UserError where it is no whole number from `min` to `max`
 */
export function wholeNumberFlag(
  flag: string,
  text: string | undefined,
  min: number,
  max: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = numberOrText(text);
  refuseUnlessWhole(flag, value, [min, max], text);
  return value;
}
