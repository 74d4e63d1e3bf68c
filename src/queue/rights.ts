/** Whether a user of Redis may do what a queue needs, found out by doing it. */
import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { PREFIX } from "./address.js";

/** Of every kind that BullMQ keeps. */
const WRITE = `
  local key = KEYS[1]
  local function try(...) redis.call('DEL', key) redis.call(...) end
  try('HSET', key, 'by', 'lrn')
  try('LPUSH', key, 'lrn')
  try('ZADD', key, 0, 'lrn')
  try('XADD', key, '*', 'by', 'lrn')
  redis.call('DEL', key)`;

/** Leaves nothing behind. @throws Error of Redis at the first thing that the user may not do, or Redis not now */
export async function tryRights(redis: Redis): Promise<void> {
  await redis.info("server");
  await redis.client("LIST");
  await redis.client("SETNAME", PREFIX);
  const key = `${PREFIX}:tried:${randomUUID()}`;
  await redis.set(key, "", "PX", 1000); // should it not be removed
  await redis.eval(WRITE, 1, key);
  await redis.xread("COUNT", 1, "STREAMS", key, "0");
  await redis.bzpopmin(key, 0.001);
}
