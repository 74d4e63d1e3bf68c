import { describe, expect, it } from "vitest";
import {
  fullName,
  queueAddress,
  shownQueue,
  trainableOf,
  withoutPasswords,
} from "#lrn/queue/address.js";
import { presenceOf } from "#lrn/queue/bull-queue.js";

describe("an address", () => {
  it.each([
    "redis://host:6379",
    "rediss://user:pa%2Fss@host:6380/3",
    "redis://[::1]:6379",
    "redis://:x@host",
  ])("may be %s", (url) => {
    expect(queueAddress(url)).toEqual({ url, name: "sweep" });
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

  it.each(["a b", "", "-x", "x".repeat(41), "a:b", "a/b"])("has no name %j", (name) => {
    expect(() => queueAddress("redis://host", name)).toThrow(/^--queue-name: must be/);
  });

  it("is never shown with its password, not where it is wrong either", () => {
    expect(shownQueue(queueAddress("redis://me:secret@host:1"))).toBe(
      "queue sweep at redis://me:***@host:1",
    );
    expect(() => queueAddress("redis://:sec/r@et@host", "x", "LRN_QUEUE")).toThrow(
      /^LRN_QUEUE: .*"redis:\/\/:\*\*\*@host"/,
    );
    expect(withoutPasswords("a redis://u:s@h and rediss://:t@h, http://h:1")).toBe(
      "a redis://u:***@h and rediss://:***@h, http://h:1",
    );
  });
});

it("reads from Redis's list of connections who is there", () => {
  const client = (name: string, queue: string) =>
    `id=3 addr=127.0.0.1:1 name=lrn:${Buffer.from(queue).toString("base64")}${name} age=1`;
  const own = fullName("sweep", { engine: "fused", numerics: "float32/1" });
  const tfjs = { engine: "tfjs", numerics: "tfjs/1/4.22.0/wasm" };
  const clients = [
    client(":w:8@here-12", own),
    client(":w:2@there-1", own),
    client(":qe", own),
    client(":w:4@there-2", fullName("other", { engine: "fused", numerics: "float32/1" })),
    client(":w:1@there-3", fullName("sweep", tfjs)),
    "id=1 name= age=3",
  ].join("\n");
  const { threads, others } = presenceOf(clients, "sweep", own);
  expect(threads).toBe(10);
  expect(others).toEqual([{ ...tfjs, protocol: "v1" }]);
  expect(trainableOf("sweep/odd", "sweep")).toBeUndefined();
});
