/** Whether a user of Redis may do what a queue needs, found out by doing it. */
import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { PREFIX } from "./address.js";

/** One of every kind that BullMQ keeps. */
const WRITES = [
  ["SET", "lrn", "PX", "1000"], // goes by itself, should DEL not be allowed
  ["HSET", "by", "lrn"],
  ["LPUSH", "lrn"],
  ["ZADD", "0", "lrn"],
  ["XADD", "*", "by", "lrn"],
] as const;

/** Leaves nothing behind. @throws Error of Redis at the first thing that the user may not do, or Redis not now */
export async function tryRights(redis: Redis): Promise<void> {
  await redis.info("server");
  await redis.client("LIST");
  await redis.client("SETNAME", PREFIX);
  const key = `${PREFIX}:tried:${randomUUID()}`;
  for (const [command, ...values] of WRITES) {
    await redis.call(command, key, ...values);
    await redis.del(key);
  }
  await redis.eval("return redis.call('EXISTS', KEYS[1])", 1, key);
  await redis.xread("COUNT", 1, "STREAMS", key, "0");
  await redis.bzpopmin(key, 0.001);
}
