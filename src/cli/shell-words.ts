/** Command lines that a reader may copy. */
import { jsonOrText } from "../sweep/overrides.js";

/** As a shell takes it, with blanks in JSON where lines may break. */
export function quoted(text: string): string {
  if (/^[\w.,:/=+@%-]+$/.test(text)) return text;
  const value = jsonOrText(text);
  const spaced =
    typeof value === "object" ? JSON.stringify(value, null, 1).replace(/\n */g, " ") : text;
  return `'${spaced.replaceAll("'", "'\\''")}'`;
}

/** `--depth 10`, of those flags that are given. */
export function flagWords(
  flags: readonly string[],
  given: Readonly<Record<string, unknown>>,
): string[] {
  return flags.flatMap((flag) => {
    const value = given[flag];
    return typeof value === "string" ? [`--${flag} ${quoted(value)}`] : [];
  });
}
