/** Numbers in sentences, and what is no number that it should be. */
import { UserError } from "./errors.js";

/** A whole number as `1,240`. `toLocaleString` would do, but it takes 20 ms when it is first asked. */
export function number(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A bound in a rule: 10,000 but 1000, and fractions as they are. */
export function bound(value: number): string {
  return Math.abs(value) < 10_000 ? String(value) : number(value);
}

/** `1 trial`, `1,240 trials` */
export function counted(count: number, what: string): string {
  return `${number(count)} ${what}${count === 1 ? "" : "s"}`;
}

/** `1 is`, `1,240 are` */
export function agreeing(count: number, [one, several]: readonly [string, string]): string {
  return `${number(count)} ${count === 1 ? one : several}`;
}

/** `a, b and c` */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/**
 * @param given what the value was read from, for the message
 * @throws UserError where a value is no whole number from `min` to `max`
 */
export function refuseUnlessWhole(
  name: string,
  value: unknown,
  [min, max]: readonly [number, number],
  given = value,
): asserts value is number {
  const number = Number.isInteger(value) ? (value as number) : Number.NaN;
  if (number >= min && number <= max) return;
  const shown = typeof given === "string" ? JSON.stringify(given) : String(given);
  throw new UserError(`${name}: must be a whole number from ${min} to ${bound(max)}, got ${shown}`);
}
