/** Numbers in sentences. */

/** `1,240` */
export function number(value: number): string {
  return value.toLocaleString("en-US");
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
