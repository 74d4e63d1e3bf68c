/** Text for a terminal. */

/** C0 and C1 controls, DEL, and what turns the direction of writing (Unicode's bidirectional controls). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Control characters as JSON writes them, `\u001b`, so that they steer no terminal. */
export function visible(text: string): string {
  return text.replace(CONTROL, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
