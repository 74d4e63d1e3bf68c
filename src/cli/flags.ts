/** Reads the values of flags. */
import { UserError } from "../errors.js";

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
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) {
    return value;
  }
  const most = max.toLocaleString("en-US", { useGrouping: "min2" });
  throw new UserError(
    `${flag}: must be a whole number from ${min} to ${most}, got ${JSON.stringify(text)}`,
  );
}
