/** Redis and BullMQ, which are no part of lrn's own packages: loaded where there is a queue. */
import { setTimeout as wait } from "node:timers/promises";
import type { Redis } from "ioredis";
import { UserError } from "../errors.js";
import type { QueueAddress } from "./address.js";
import { answered } from "./answered.js";
import { refusalOf, refused } from "./refusals.js";
import { tryRights } from "./rights.js";

export const INSTALL = "npm install bullmq@6 ioredis@6";

export interface QueuePackages {
  readonly bullmq: typeof import("bullmq");
  readonly Redis: typeof import("ioredis").Redis;
}

/** @throws UserError where they are not installed */
export async function loadQueuePackages(): Promise<QueuePackages> {
  try {
    const [bullmq, { Redis }] = await Promise.all([import("bullmq"), import("ioredis")]);
    return { bullmq, Redis };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new UserError(
      "--queue: needs the packages bullmq and ioredis, which lrn does without otherwise and which are not there; " +
        `install them where lrn is installed: ${INSTALL}`,
    );
  }
}

const CONNECT_MS = 5000;
const LONGEST_WAIT_MS = 2000;

/**
 * Connects, and from then on again and again where the connection is lost; commands wait meanwhile.
 *
 * @param isWanted once false, a lost connection stays lost; also those that BullMQ makes as copies of this one
 * @throws UserError where the packages are not installed, or the address or its user will not do
 * @throws StoppedError where it cannot be connected to at first
 */
export async function connect(
  address: QueueAddress,
  isWanted: () => boolean = () => true,
): Promise<Redis> {
  const redis = await reach(address, isWanted);
  try {
    await answered(tryRights(redis));
    return redis;
  } catch (error) {
    redis.disconnect();
    throw refused(address, refusalOf(address, error as Error));
  }
}

/** As `connect`, whatever its user may do there. */
export async function reach(
  address: QueueAddress,
  isWanted: () => boolean = () => true,
): Promise<Redis> {
  const { Redis } = await loadQueuePackages();
  const redis = new Redis(address.url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    enableReadyCheck: false, // prints where INFO is not allowed
    maxRetriesPerRequest: null, // as BullMQ's workers must have it
    retryStrategy: (times) => (isWanted() ? Math.min(100 * times, LONGEST_WAIT_MS) : null),
  });
  let reason: Error | undefined;
  redis.on("error", (error) => {
    reason ??= error;
  });
  try {
    await answered(redis.connect().then(() => loaded(redis)));
  } catch (error) {
    redis.disconnect();
    throw refused(address, refusalOf(address, reason ?? (error as Error)));
  }
  try {
    await useDatabase(redis, address);
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  redis.options.enableReadyCheck = true; // for when it comes back
  return redis;
}

async function loaded(redis: Redis): Promise<void> {
  for (;;) {
    try {
      await redis.ping();
      return;
    } catch (error) {
      const { message } = error as Error;
      if (message.startsWith("MISCONF")) return; // it still reads
      if (!message.startsWith("LOADING")) throw error;
      await wait(100);
    }
  }
}

/** ioredis goes on in database 0 where there is none of that number. */
async function useDatabase(redis: Redis, address: QueueAddress): Promise<void> {
  const { pathname } = new URL(address.url);
  const number = pathname.slice(1);
  if (Number(number) === 0) return;
  try {
    await answered(redis.call("SELECT", number));
  } catch (error) {
    const { message } = error as Error;
    if (!/out of range|invalid DB index|cluster mode/.test(message)) {
      throw refused(address, refusalOf(address, error as Error));
    }
    const count = await settingOf(redis, "databases");
    throw refused(address, {
      reason: `there is no database ${number}`,
      remedy: count
        ? `Redis has ${count}, from 0 to ${Number(count) - 1}`
        : `give a lower number, or none for database 0 (${message})`,
      isUsers: true,
    });
  }
}

/** @returns undefined where Redis does not say, as many do that are rented */
export async function settingOf(redis: Redis, name: string): Promise<string | undefined> {
  try {
    const said: unknown = await redis.config("GET", name);
    return Array.isArray(said) ? said[1] : (said as Record<string, string>)[name];
  } catch {
    return undefined;
  }
}
