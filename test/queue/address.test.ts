import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fullName, queueAddress, shownQueue, trainableOf } from "#lrn/queue/address.js";
import { presenceOf } from "#lrn/queue/bull-queue.js";
import { shownRefused, withoutAddresses, withoutPasswords } from "#lrn/queue/passwords.js";
import { refusalOf, refused } from "#lrn/queue/refusals.js";

describe("an address", () => {
  it.each([
    "redis://host:6379",
    "rediss://user:pa%2Fss@host:6380/3",
    "redis://[::1]:6379",
    "redis://:x@host",
  ])("may be %s", (url) => {
    expect(queueAddress(url)).toEqual({ url, name: "sweep", given: "--queue" });
  });

  it("is normalized, as ioredis takes no blank before it and no TLS from REDISS", () => {
    expect(queueAddress(" REDISS://h:1/2\n").url).toBe("rediss://h:1/2");
    expect(queueAddress("redis://:a b'@h").url).toBe("redis://:a%20b'@h");
  });

  it.each([
    "host:6379",
    "http://host",
    "redis://",
    "redis://host?password=x",
    "redis://host/db",
    "redis://host#x",
    "",
  ])("is not %j", (url) => {
    expect(() => queueAddress(url)).toThrow(/^--queue: must be redis:\/\/host:6379/);
  });

  it("says of a percent sign in a password how it is written", () => {
    expect(() => queueAddress("redis://:100%pw@h")).toThrow(
      '--queue: in a user and password % must be written as %25, got another in "redis://***@h"',
    );
  });

  it.each(["a b", "", "-x", "x".repeat(41), "a:b", "a/b"])("has no name %j", (name) => {
    expect(() => queueAddress("redis://host", name)).toThrow(/^--queue-name: must be/);
  });

  it("is never shown with its password, not where it is wrong either", () => {
    expect(shownQueue(queueAddress("redis://me:secret@host:1/"))).toBe(
      "queue sweep at redis://me:***@host:1",
    );
    expect(shownQueue(queueAddress("redis://secret@host"))).toBe("queue sweep at redis://***@host");
    expect(() => queueAddress("redis://:sec/r@et@host", "x", "LRN_QUEUE")).toThrow(
      /^LRN_QUEUE: .*"redis:\/\/\*\*\*@host"/,
    );
    expect(withoutPasswords("a redis://u:s@h and rediss://:t@h, http://h:1")).toBe(
      "a redis://u:***@h and rediss://:***@h, http://h:1",
    );
  });

  it.each([
    ["me:s'e c@host:6379", "***@host:6379"],
    ["redis:/me:s@host/1", "redis:/***@host/1"],
    ["redis://host:1/2?password=s", "redis://host:1/2***"],
    ["redis://:s", "redis://***"],
    ["redis://me:s", "redis://me***"],
    ["me:s", "me***"],
    ["redis://:a@b@[::1]:70#s", "redis://***@[::1]:70***"],
    ["host:6379", "host:6379"],
    ["redis://host/db", "redis://host/db"],
  ])("refused, %j is shown as %j", (given, shown) => {
    expect(shownRefused(given)).toBe(shown);
  });

  const passwords = fc.string({
    minLength: 5,
    maxLength: 20,
    unit: fc.oneof(
      fc.constantFrom(...`'"\` @:/?#%\\[]*$&é€😀`),
      fc.string({ minLength: 1, maxLength: 1 }),
    ),
  });
  /** In the shapes in which people write it. */
  const shapes = [
    (p: string) => `redis://me:${p}@host:6379/1`,
    (p: string) => `rediss://:${p}@host`,
    (p: string) => `redis://${p.replaceAll(":", "%3A")}@host`, // or it would be a user and a password
    (p: string) => `me:${p}@host:6379`,
    (p: string) => `redis:/me:${p}@host`,
    (p: string) => `redis://host?password=${p}`,
  ];
  /** A word that is in none of our texts, so that finding it means that it was told. */
  const marked = passwords.map((text) => `Q7${text}Z9`);

  it("has its password in no message, whatever it is", () => {
    fc.assert(
      fc.property(
        marked,
        fc.constantFrom(...shapes),
        fc.boolean(),
        (password, shape, isEncoded) => {
          const url = shape(isEncoded ? encodeURIComponent(password) : password);
          const forms = [
            password,
            encodeURIComponent(password),
            JSON.stringify(password).slice(1, -1),
          ];
          let told = withoutAddresses(`Unknown argument: ${url}, got ${JSON.stringify(url)}`, [
            "worker",
            url,
          ]);
          try {
            const address = queueAddress(url);
            const theirs = `in ${forms.join(" and ")}: ${url}, ${address.url}`;
            const error = refused(address, refusalOf(address, new Error(theirs)));
            told += `${shownQueue(address)} ${withoutPasswords(theirs)} ${error.message}`;
          } catch (error) {
            told += (error as Error).message;
          }
          for (const form of forms) expect(told).not.toContain(form);
        },
      ),
    );
  });
});

it("reads from Redis's list of connections who is there", () => {
  const client = (name: string, queue: string, db = 3) =>
    `id=3 addr=127.0.0.1:1 name=lrn:${Buffer.from(queue).toString("base64")}${name} age=1 db=${db} sub=0`;
  const own = fullName("sweep", { engine: "fused", numerics: "float32/1" });
  const tfjs = { engine: "tfjs", numerics: "tfjs/1/4.22.0/wasm" };
  const clients = [
    client(":w:8@here-12", own),
    client(":w:2@there-1", own),
    client(":qe", own),
    client(":w:16@elsewhere-1", own, 0),
    client(":w:16@elsewhere-1", own, 33),
    client(":w:4@there-2", fullName("other", { engine: "fused", numerics: "float32/1" })),
    client(":w:1@there-3", fullName("sweep", tfjs)),
    "id=1 name= age=3",
  ].join("\n");
  const { threads, others } = presenceOf(clients, queueAddress("redis://h/3"), own);
  expect(threads).toBe(10);
  expect(others).toEqual([{ ...tfjs, protocol: "v1" }]);
  expect(trainableOf("sweep/odd", "sweep")).toBeUndefined();
});
