/** What is shown of an address, and how the passwords of this process stay out of everybody's texts. */

/** In the place of a password, and of what may be one. */
const HIDDEN = "***";

/** Shorter ones are found in too many words, and are no secrets. */
const SHORTEST_SECRET = 4;

/** As they may stand in a text. */
const secrets = new Set<string>();

/** `rediss://user:***@host:6380/3`; a name alone is hidden too, for it may be a password in the wrong place. */
export function shownUrl({ protocol, username, password, host, pathname }: URL): string {
  const user = password === "" ? username && `${HIDDEN}@` : `${username}:${HIDDEN}@`;
  return `${protocol}//${user}${host}${pathname === "/" ? "" : pathname}`;
}

/** Of what is no address: its scheme and what stands behind the last `@`, as far as a host, port and path go. */
export function shownRefused(text: string): string {
  const [scheme] = /^\s*(?:\w+:\/\/|rediss?:\/*)/i.exec(text) ?? [""];
  const rest = text.slice(scheme.length);
  const at = rest.lastIndexOf("@");
  const place = rest.slice(at + 1);
  const [safe] = /^(?:\[[\da-f:.]*\]|[\w.-]*)(?::\d{1,5}(?![^/?#]))?(?:\/[\w.-]*)?/i.exec(place)!;
  return `${scheme}${at < 0 ? "" : `${HIDDEN}@`}${safe}${safe === place ? "" : HIDDEN}`;
}

/** From now on `withoutPasswords` hides it, in whatever form. @param url whole and rightly encoded */
export function keepSecret(url: string): void {
  const { username, password } = new URL(url);
  const encoded = password || username;
  const decoded = decodeURIComponent(encoded);
  const [, given = ""] = /^[^/]*\/\/(?:[^:@]*:)?(.*)@/s.exec(url) ?? [];
  for (const form of [given, encoded, decoded, encodeURIComponent(decoded)]) {
    if (form.length >= SHORTEST_SECRET) secrets.add(form).add(inJson(form));
  }
}

/**
 * For what others say, as ioredis, BullMQ and workers: their text with `***` in the place of every password that this
 * process was given, and of what looks like one.
 */
export function withoutPasswords(text: string): string {
  let shown = text;
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    shown = shown.replaceAll(secret, HIDDEN);
  }
  return shown.replace(/(\/\/[^\s/:@"']*:)[^\s"']*@/g, `$1${HIDDEN}@`);
}

/** For messages about a command line, which tell words whole where they are wrong: without the passwords in those words. */
export function withoutAddresses(text: string, argv: readonly string[]): string {
  let shown = text;
  for (const word of argv) {
    const value = word.replace(/^--[\w.-]+=/, "");
    if (!isLikeAddress(value)) continue;
    for (const form of [value, inJson(value)]) shown = shown.replaceAll(form, shownRefused(value));
  }
  return shown;
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function isLikeAddress(word: string): boolean {
  const isPathOfWindows = /^[a-z]:[\\/]/i.test(word);
  return /^\s*rediss?:|:\/\/.*@/is.test(word) || (!isPathOfWindows && /^[^/\\]*:.*@/s.test(word));
}
