import { expect, it } from "vitest";
import { queueAddress } from "#lrn/queue/address.js";
import { refusalOf, refused } from "#lrn/queue/refusals.js";

const address = queueAddress("redis://me:secret99@host", undefined, "LRN_QUEUE");

it.each([
  ["NOAUTH HELLO must be called with …", /^LRN_QUEUE: .*: a password is needed; /, "UserError"],
  ["WRONGPASS invalid username-password pair", /password of user me is wrong/, "UserError"],
  [
    "NOPERM this user has no permissions to run the 'client|list' command",
    /me may not run CLIENT LIST; let it: redis-cli ACL SETUSER me '\+client\|list'/,
    "UserError",
  ],
  [
    "ERR ACL failure in script: User me has no permissions to run the 'xadd' command",
    /may not run XADD; .*'\+xadd'/,
    "UserError",
  ],
  [
    "NOPERM this user has no permissions to access one of the keys used as arguments",
    /may not use keys that begin with lrn:; .*'~lrn:\*'/,
    "UserError",
  ],
  [
    "READONLY You can't write against a read only replica.",
    /is a replica, .* its master/,
    "UserError",
  ],
  [
    "OOM command not allowed when used memory > 'maxmemory'.",
    /memory is full .* raise maxmemory/,
    "StoppedError",
  ],
  [
    "MISCONF Errors writing to the AOF file: No space left",
    /cannot write to its disk/,
    "StoppedError",
  ],
  ["write ECONNRESET", /reached \(write ECONNRESET\); .*wants TLS, write rediss:/, "StoppedError"],
  ["constructor of nothing", /reached \(constructor of nothing\)/, "StoppedError"],
])("%s", (said, told, name) => {
  const error = refused(address, refusalOf(address, new Error(said)));
  expect(error.message).toMatch(told);
  expect(error.message).toContain("redis://me:***@host: ");
  expect(error.name).toBe(name);
});

it("where TLS is asked for says how to do without, and whom to trust", () => {
  const tls = queueAddress("rediss://host");
  expect(refusalOf(tls, new Error("it does not answer")).remedy).toContain("redis:// instead of");
  const error = Object.assign(new Error("self-signed"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
  expect(refusalOf(tls, error).remedy).toContain("NODE_EXTRA_CA_CERTS");
});
