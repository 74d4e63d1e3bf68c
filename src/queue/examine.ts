/** Looks at a Redis for what would lose the jobs of a queue, or keep them from being put there. */
import { createRequire } from "node:module";
import type { Redis } from "ioredis";
import { type QueueAddress, shownAddress } from "./address.js";
import { answered } from "./answered.js";
import { INSTALL, loadQueuePackages, reach, settingOf } from "./connection.js";
import { type Refusal, refusalOf } from "./refusals.js";
import { tryRights } from "./rights.js";

/** Of the doctor: a part that is as it should be, or why it is not and what to do about it. */
export type QueueFinding = { readonly part: string } & (
  | { readonly present: true; readonly detail: string }
  | { readonly present: false; readonly reason: string; readonly remedy: string }
);

/** What BullMQ asks for; below, it warns. */
const OLDEST_REDIS = "6.2.0";

/** From which part of its memory on a Redis is as good as full. */
const FULL = 0.9;

/** Nobody needs them who has no queue. */
export async function examinePackages(): Promise<QueueFinding> {
  const part = "packages of queues";
  try {
    await loadQueuePackages();
  } catch {
    const reason = "bullmq and ioredis, which only --queue needs, are not installed";
    return { part, present: false, reason, remedy: INSTALL };
  }
  const require = createRequire(import.meta.url);
  const versions = ["bullmq", "ioredis"].map(
    (name) => `${name} ${require(`${name}/package.json`).version}`,
  );
  return { part, present: true, detail: versions.join(", ") };
}

/** Each thing is looked at where those before it let it be. */
export async function examineQueue(address: QueueAddress): Promise<QueueFinding[]> {
  const url = shownAddress(address);
  const absent = (part: string, { reason, remedy }: Pick<Refusal, "reason" | "remedy">) =>
    ({ part, present: false, reason, remedy }) as const;
  let redis: Redis;
  const start = performance.now();
  try {
    redis = await reach(address);
  } catch (error) {
    const { reason, remedy } = (error as Error).cause as Refusal;
    return [absent("Redis", { reason: `${url}: ${reason}`, remedy })];
  }
  const took = (performance.now() - start).toFixed(0);
  const found: QueueFinding[] = [
    { part: "Redis", present: true, detail: `${url}, connected to in ${took} ms` },
  ];
  try {
    const part = "Redis takes jobs";
    try {
      await answered(tryRights(redis));
      found.push({ part, present: true, detail: "tried: reads, writes, scripts" });
    } catch (error) {
      found.push(absent(part, refusalOf(address, error as Error)));
    }
    return [...found, ...(await answered(settingFindings(redis)))];
  } catch (error) {
    const refusal = refusalOf(address, error as Error);
    const isSaid = found.some((each) => !each.present && each.reason === refusal.reason);
    return isSaid ? found : [...found, absent("Redis's settings", refusal)];
  } finally {
    redis.disconnect();
  }
}

async function settingFindings(redis: Redis): Promise<QueueFinding[]> {
  const info = String(await redis.info());
  const of = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, "m").exec(info)?.[1];
  return [
    versionFinding(of("redis_version") ?? "unknown"),
    ...(of("role") === "slave"
      ? [replicaFinding(`${of("master_host")}:${of("master_port")}`)]
      : []),
    persistenceFinding(of, await settingOf(redis, "save")),
    memoryFinding(of),
  ];
}

function versionFinding(version: string): QueueFinding {
  const part = "Redis's version";
  const present = version.localeCompare(OLDEST_REDIS, "en", { numeric: true }) >= 0;
  if (present) return { part, present, detail: version };
  return {
    part,
    present,
    reason: `${version} is too old`,
    remedy: `install ${OLDEST_REDIS} or later`,
  };
}

function replicaFinding(master: string): QueueFinding {
  return {
    part: "Redis is no replica",
    present: false,
    reason: `it copies ${master}, and keeps nothing that is written to itself`,
    remedy: `give ${master} as the address`,
  };
}

type Info = (name: string) => string | undefined;

/** Without its data a sweep goes on too: batches that were lost are asked for, and trained, again. */
function persistenceFinding(of: Info, saves: string | undefined): QueueFinding {
  const part = "Redis keeps jobs on disk";
  for (const name of ["aof_last_write_status", "rdb_last_bgsave_status"]) {
    const status = of(name);
    if (status === undefined || status === "ok") continue;
    const reason = `its last write there failed (${name}:${status}), and then it takes no jobs`;
    return { part, present: false, reason, remedy: "free space there, and see its log" };
  }
  if (of("aof_enabled") === "1") {
    return { part, present: true, detail: "every change (appendonly yes)" };
  }
  if (saves) return { part, present: true, detail: `now and then (save ${saves})` };
  const reason =
    saves === undefined
      ? "it appends nothing, and does not say when it saves"
      : "what is in the queue is gone when it restarts, and is trained again";
  return { part, present: false, reason, remedy: "redis-cli CONFIG SET appendonly yes" };
}

function memoryFinding(of: Info): QueueFinding {
  const part = "Redis evicts no jobs";
  const [policy, most] = [of("maxmemory_policy") ?? "unknown", Number(of("maxmemory") ?? 0)];
  const limit = of("maxmemory_human");
  if (policy !== "noeviction") {
    const now = most === 0 ? "which is not set now" : `${limit} now`;
    return {
      part,
      present: false,
      reason: `maxmemory-policy ${policy}: with maxmemory, ${now}, it throws jobs away`,
      remedy: "redis-cli CONFIG SET maxmemory-policy noeviction",
    };
  }
  if (most === 0) return { part, present: true, detail: `maxmemory-policy ${policy}` };
  const used = Number(of("used_memory"));
  const left = (Math.max(0, most - used) / 2 ** 20).toFixed(1);
  const memory = `${of("used_memory_human")} of ${limit} are used, ${left}M left`;
  if (used < FULL * most) {
    return { part, present: true, detail: `noeviction; ${memory}, and when full it takes no jobs` };
  }
  return {
    part: "Redis has room for jobs",
    present: false,
    reason: `${memory}; when full it takes no jobs`,
    remedy: "raise it (redis-cli CONFIG SET maxmemory …), or remove what is not needed",
  };
}
