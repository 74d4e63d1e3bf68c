/** Jobs on Redis, by BullMQ. */
import { setTimeout } from "node:timers/promises";
import {
  fullName,
  type OtherTrainable,
  PREFIX,
  type QueueAddress,
  type Trainable,
  trainableOf,
} from "./address.js";
import { answered } from "./answered.js";
import { MOST_PAYLOAD_BYTES } from "./batch.js";
import { connect, loadQueuePackages } from "./connection.js";
import type { End, JobEvents, JobQueue, Presence } from "./job-queue.js";
import { refusalOf, refused } from "./refusals.js";

/** How often a batch may fail, or lose its worker, before it counts as failed. */
export const ATTEMPTS = 3;

/** Results that nobody takes up, as those of a coordinator that was killed and never came back. */
const KEPT_SECONDS = 24 * 3600;

/** As many as may end between two looks. */
const MOST_ENDED = 1000;

/** After that it is taken for lost. */
const CLOSE_MS = 2000;

/** Each has a result: missed ones are found by looking. */
const EVENTS_KEPT = 100;

/** Which engines and numeric versions sweeps of a name wait for, for workers of others to see. */
export function askedKey(name: string): string {
  return `${PREFIX}:asked:${name}`;
}

/** @throws UserError or StoppedError where Redis cannot be reached or used */
export async function openBullQueue(
  address: QueueAddress,
  trainable: Trainable,
  { onEnd, onLost, onBack }: JobEvents,
): Promise<JobQueue> {
  const { bullmq } = await loadQueuePackages();
  const redis = await connect(address);
  const listening = redis.duplicate();
  listening.on("error", () => {}); // told of by `redis`
  const full = fullName(address.name, trainable);
  const queue = new bullmq.Queue(full, {
    connection: redis,
    prefix: PREFIX,
    streams: { events: { maxLen: EVENTS_KEPT } },
  });
  const events = new bullmq.QueueEvents(full, { connection: listening, prefix: PREFIX });
  queue.on("error", () => {});
  events.on("error", () => {});
  redis.on("close", onLost).on("ready", onBack);
  events.on("completed", ({ jobId, returnvalue }) => onEnd(jobId, { result: returnvalue }));
  events.on("failed", ({ jobId, failedReason }) => onEnd(jobId, { failed: failedReason }));
  const asked = askedKey(address.name);
  const ask = async () => {
    await redis.hset(asked, full, Date.now());
    await redis.expire(asked, KEPT_SECONDS);
  };
  try {
    await answered(Promise.all([queue.waitUntilReady(), events.waitUntilReady(), ask()]));
  } catch (error) {
    listening.disconnect();
    redis.disconnect();
    throw refused(address, refusalOf(address, error as Error));
  }

  return {
    async add(key, payload) {
      await queue.add("batch", payload, {
        jobId: key,
        attempts: ATTEMPTS,
        stackTraceLimit: 0,
        sizeLimit: MOST_PAYLOAD_BYTES,
        removeOnComplete: { age: KEPT_SECONDS },
        removeOnFail: { age: KEPT_SECONDS },
      });
    },
    async look(key) {
      const state = await queue.getJobState(key);
      if (state === "unknown") return "gone";
      if (state === "active") return "active";
      if (state !== "completed" && state !== "failed") return "waiting";
      const job = await queue.getJob(key);
      if (!job) return "gone";
      const end: End =
        state === "failed" ? { failed: job.failedReason } : { result: job.returnvalue };
      return end;
    },
    async ended() {
      const of = (state: string) =>
        redis.zrevrange(`${PREFIX}:${full}:${state}`, 0, MOST_ENDED - 1);
      return (await Promise.all([of("completed"), of("failed")])).flat();
    },
    async remove(key) {
      return (await queue.remove(key)) === 1;
    },
    async presence() {
      await ask();
      return presenceOf(String(await redis.client("LIST")), address, full);
    },
    async close() {
      redis.off("close", onLost).off("ready", onBack);
      // Where Redis does not answer, neither would end before it does.
      const ends = Promise.allSettled([events.close(), queue.close()]);
      await Promise.race([ends, setTimeout(CLOSE_MS, undefined, { ref: false })]);
      listening.disconnect();
      redis.disconnect();
    },
  };
}

/** What a worker's connection is called, in front of the host: how many threads it has. */
export function workerName(threads: number, host: string, pid: number): string {
  return `${threads}@${host.replace(/[^\w.-]/g, "_")}-${pid}`;
}

/** @param clients what Redis lists, a line per connection, of all its databases */
export function presenceOf(
  clients: string,
  { name, url }: Pick<QueueAddress, "name" | "url">,
  full: string,
): Presence {
  const database = ` db=${Number(new URL(url).pathname.slice(1))} `;
  let threads = 0;
  const others = new Map<string, OtherTrainable>();
  for (const client of clients.split("\n")) {
    const [, encoded, count] = / name=lrn:([\w+/=]+):w:(\d+)@/.exec(client) ?? [];
    if (encoded === undefined || !client.includes(database)) continue;
    const queue = Buffer.from(encoded, "base64").toString();
    const other = trainableOf(queue, name);
    if (queue === full) threads += Number(count);
    else if (other) others.set(queue, other);
  }
  return { threads, others: [...others.values()] };
}
