/** Where a queue is, and what it is called. */
import { UserError } from "../errors.js";
import { keepSecret, shownRefused, shownUrl } from "./passwords.js";

export interface QueueAddress {
  /** Of Redis, normalized; may have a password, so that it is never shown as it is. */
  readonly url: string;
  /** Sets the sweeps apart that share a Redis. */
  readonly name: string;
  /** What the address was read from, a flag or a variable, for messages. */
  readonly given: string;
}

/** What trains, and how: only workers that are alike in this see a batch. */
export interface Trainable {
  readonly engine: string;
  readonly numerics: string;
}

/** Raise it where a batch or a result gets another form, so that versions of lrn do not meet. */
export const PROTOCOL = 1;

export const DEFAULT_QUEUE_NAME = "sweep";

/** Of all keys in Redis. */
export const PREFIX = "lrn";

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/;

/**
 * @param given what the address was read from, for messages
 * @throws UserError where one of the two is none; its message has no password
 */
export function queueAddress(
  url: string,
  name = DEFAULT_QUEUE_NAME,
  given = "--queue",
): QueueAddress {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isRedis = parsed?.protocol === "redis:" || parsed?.protocol === "rediss:";
  const isWhole = isRedis && parsed.hostname !== "" && /^(\/\d*)?$/.test(parsed.pathname);
  if (!isWhole || parsed.search !== "" || parsed.hash !== "") {
    throw new UserError(
      `${given}: must be redis://host:6379 or rediss:// (TLS), perhaps with user:password@ before the host (/ ? # % in ` +
        "them as %2F %3F %23 %25) and /database behind it, " +
        `got ${JSON.stringify(shownRefused(url))}`,
    );
  }
  if (!isDecodable(parsed)) {
    throw new UserError(
      `${given}: in a user and password % must be written as %25, got another in ${JSON.stringify(shownRefused(url))}`,
    );
  }
  if (!NAME.test(name)) {
    throw new UserError(
      "--queue-name: must be 1 to 40 letters, digits, dots, dashes and underscores, a letter or digit first, " +
        `got ${JSON.stringify(name)}`,
    );
  }
  keepSecret(url.trim());
  return { url: parsed.href, name, given };
}

function isDecodable({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

/** `redis://user:***@host:6379` */
export function shownAddress({ url }: QueueAddress): string {
  return shownUrl(new URL(url));
}

/** `queue sweep at redis://host:6379` */
export function shownQueue(address: QueueAddress): string {
  return `queue ${address.name} at ${shownAddress(address)}`;
}

/** `engine fused, numeric version float32/1` */
export function shownTrainable({ engine, numerics }: Trainable): string {
  return `engine ${engine}, numeric version ${numerics}`;
}

/** What trains at another queue of the same name. */
export interface OtherTrainable extends Trainable {
  /** As `v1`. */
  readonly protocol: string;
}

/** `engine fused, numeric version float32/1 (v1)` */
export function shownOther({ protocol, ...trainable }: OtherTrainable): string {
  return `${shownTrainable(trainable)} (${protocol})`;
}

/** What BullMQ's queue is called: workers of another engine, numeric version or protocol have other queues. */
export function fullName(name: string, { engine, numerics }: Trainable): string {
  return [name, `v${PROTOCOL}`, engine, numerics].join("/");
}

/** @returns undefined where it is no queue of that name */
export function trainableOf(full: string, name: string): OtherTrainable | undefined {
  const [own, protocol, engine, ...numerics] = full.split("/");
  return own === name && numerics.length > 0
    ? { protocol, engine, numerics: numerics.join("/") }
    : undefined;
}
