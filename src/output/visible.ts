/** Text that is shown as it is, and steers neither a terminal nor a CI server that reads the log. */

/**
 * C0 and C1 controls, DEL, Unicode's line and paragraph separators, what turns the direction of
 * writing, half a surrogate pair, and the beginning of a workflow command in its older form, which
 * GitHub's runner finds anywhere in a line.
 */
const STEERING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}|(?<=##)\[/gu;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Each of those signs as JSON writes it, `\u001b` or `\n`, so that the text is one line. */
export function visible(text: string): string {
  return text.replace(
    STEERING,
    (sign) => SHORT[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** As `visible`, of a text whose own line breaks are to stay. */
export function visibleLines(text: string): string {
  return text.split("\n").map(visible).join("\n");
}
