/** Redis and BullMQ, which are no part of lrn's own packages: loaded where there is a queue. */
import type { Redis } from "ioredis";
import { StoppedError, UserError } from "../errors.js";
import { type QueueAddress, shownQueue, withoutPasswords } from "./address.js";

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
 * @throws UserError where the packages are not installed
 * @throws StoppedError where it cannot be connected to at first
 */
export async function connect(
  address: QueueAddress,
  isWanted: () => boolean = () => true,
): Promise<Redis> {
  const { Redis } = await loadQueuePackages();
  const redis = new Redis(address.url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    maxRetriesPerRequest: null, // as BullMQ's workers must have it
    retryStrategy: (times) => (isWanted() ? Math.min(100 * times, LONGEST_WAIT_MS) : null),
  });
  let reason: Error | undefined;
  redis.on("error", (error) => {
    reason = error;
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("it does not answer")), CONNECT_MS);
  });
  try {
    await Promise.race([redis.connect().then(() => redis.ping()), late]);
    return redis;
  } catch (error) {
    redis.disconnect();
    throw cannotReach(address, reason ?? (error as Error));
  } finally {
    clearTimeout(timer);
  }
}

function cannotReach(address: QueueAddress, { message, ...error }: Error): StoppedError {
  const reason = withoutPasswords(
    message || (error as { code?: string }).code || "no reason given",
  );
  return new StoppedError(
    `${shownQueue(address)}: Redis cannot be reached (${reason}); see that it runs there and takes this user and ` +
      "password: lrn doctor --queue looks closer",
  );
}
