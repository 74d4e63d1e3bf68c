/** Numbers in sentences. */

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
