/** Why a Redis cannot be used, in words that say what to do, from what ioredis and Redis say. */
import { StoppedError, UserError } from "../errors.js";
import { PREFIX, type QueueAddress, shownAddress } from "./address.js";
import { withoutPasswords } from "./passwords.js";

export interface Refusal {
  readonly reason: string;
  readonly remedy: string;
  /** Whether the address or its user is wrong, rather than Redis or the way to it. */
  readonly isUsers: boolean;
}

/** @returns what to throw, with the refusal as its cause */
export function refused(address: QueueAddress, refusal: Refusal): UserError | StoppedError {
  const { reason, remedy, isUsers } = refusal;
  const text = `${shownAddress(address)}: ${reason}; ${remedy}`;
  const error = isUsers ? new UserError(`${address.given}: ${text}`) : new StoppedError(text);
  error.cause = refusal;
  return error;
}

/** By the first word of what Redis says. */
const BY_CODE: Readonly<Record<string, (said: string, user: string) => Refusal>> = {
  NOAUTH: () => ({
    reason: "a password is needed",
    remedy:
      "put :PASSWORD@ or USER:PASSWORD@ before the host, in LRN_QUEUE, where no list of processes shows it",
    isUsers: true,
  }),
  WRONGPASS: (_, user) => ({
    reason: `the password of user ${user} is wrong, or there is no such user`,
    remedy: "see to both; a password alone has a colon before it, as redis://:PASSWORD@host",
    isUsers: true,
  }),
  NOPERM: refusedCommand,
  READONLY: () => ({
    reason: "it is a replica, which takes no writes",
    remedy: "give the address of its master",
    isUsers: true,
  }),
  LOADING: () => ({
    reason: "it still loads its data",
    remedy: "try again soon",
    isUsers: false,
  }),
  OOM: () => ({
    reason: "its memory is full (maxmemory), so that it takes no batches",
    remedy: "raise maxmemory, or remove what is not needed",
    isUsers: false,
  }),
  MISCONF: () => ({
    reason: "it cannot write to its disk, and so takes no batches",
    remedy: "free space there, and see its log",
    isUsers: false,
  }),
};

function refusedCommand(said: string, user: string): Refusal {
  const command = /'([\w|-]+)' command/.exec(said)?.[1];
  const [what, right] = command
    ? [`run ${command.toUpperCase().replace("|", " ")}`, `+${command}`]
    : [`use keys that begin with ${PREFIX}:`, `~${PREFIX}:*`];
  return {
    reason: `user ${user} may not ${what}`,
    remedy: `let it: redis-cli ACL SETUSER ${user} '${right}' (docs/queue.md has all that is needed)`,
    isUsers: true,
  };
}

const isOfAcl = (text: string) => /no permissions|can't run this command/.test(text);

export function refusalOf(address: QueueAddress, error: Error): Refusal {
  const { protocol, username, password } = new URL(address.url);
  const { message } = error;
  const [code] = message.split(" ", 1);
  const user = (password && decodeURIComponent(username)) || (username ? "***" : "default");
  const known = isOfAcl(message) ? refusedCommand : Object.hasOwn(BY_CODE, code) && BY_CODE[code];
  if (known) return known(message, user);
  const said = withoutPasswords(
    message || (error as NodeJS.ErrnoException).code || "no reason given",
  );
  const reason = `Redis cannot be reached (${said})`;
  return { reason, remedy: remedyFor(error, protocol === "rediss:"), isUsers: false };
}

function remedyFor({ message, code }: NodeJS.ErrnoException, isTls: boolean): string {
  if (/CERT|SIGNATURE/.test(code ?? "")) {
    return "trust its certificate with NODE_EXTRA_CA_CERTS=certificate.pem, or see to the host's name";
  }
  const isHere = "see that redis-server runs there and can be reached";
  if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH/.test(code ?? "")) return isHere;
  if (isTls) return `${isHere}; where it has no TLS, write redis:// instead of rediss://`;
  if (/RESP/.test(message)) return "see to the port: something else than Redis answers there";
  return `${isHere}; where it wants TLS, write rediss:// instead of redis://`;
}
