/** Looks at a Redis for what would lose the jobs of a queue. */
import { type QueueAddress, withoutPasswords } from "./address.js";
import { connect, INSTALL, loadQueuePackages } from "./connection.js";

/** Of the doctor: a part that is as it should be, or why it is not and what to do about it. */
export type QueueFinding = { readonly part: string } & (
  | { readonly present: true; readonly detail: string }
  | { readonly present: false; readonly reason: string; readonly remedy: string }
);

/** What BullMQ asks for; below, it warns. */
const OLDEST_REDIS = "6.2.0";

/** Each thing is looked at where those before it let it be. */
export async function examineQueue(address: QueueAddress): Promise<QueueFinding[]> {
  const packages = "packages of queues";
  try {
    await loadQueuePackages();
  } catch {
    const reason = "bullmq and ioredis are not installed";
    return [{ part: packages, present: false, reason, remedy: INSTALL }];
  }
  const found: QueueFinding[] = [{ part: packages, present: true, detail: "bullmq and ioredis" }];
  const url = withoutPasswords(address.url);
  let redis: Awaited<ReturnType<typeof connect>>;
  const start = performance.now();
  try {
    redis = await connect(address);
  } catch (error) {
    const [, reason] = /\((.*)\)/s.exec((error as Error).message) ?? ["", (error as Error).message];
    const remedy = "start redis-server there, or see to the address, its user and password";
    return [...found, { part: "Redis", present: false, reason: `${url}: ${reason}`, remedy }];
  }
  try {
    const info = String(await redis.info());
    const of = (name: string) => new RegExp(`^${name}:(.*?)\r?$`, "m").exec(info)?.[1];
    const took = (performance.now() - start).toFixed(0);
    found.push({ part: "Redis", present: true, detail: `${url}, connected to in ${took} ms` });
    found.push(versionFinding(of("redis_version") ?? "unknown"));
    found.push(persistenceFinding(of("aof_enabled") === "1", await settingOf(redis, "save")));
    found.push(evictionFinding(of("maxmemory_policy") ?? "unknown", of("maxmemory_human") ?? "0B"));
    return found;
  } finally {
    redis.disconnect();
  }
}

type Client = Awaited<ReturnType<typeof connect>>;

/** @returns undefined where Redis does not say, as many do that are rented */
async function settingOf(redis: Client, name: string): Promise<string | undefined> {
  try {
    const [, value] = (await redis.config("GET", name)) as string[];
    return value;
  } catch {
    return undefined;
  }
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

/** Without its data a sweep goes on too: batches that were lost are asked for, and trained, again. */
function persistenceFinding(appends: boolean, saves: string | undefined): QueueFinding {
  const part = "Redis keeps jobs on disk";
  if (appends) return { part, present: true, detail: "every change (appendonly yes)" };
  if (saves) return { part, present: true, detail: `now and then (save ${saves})` };
  const reason =
    saves === undefined
      ? "it appends nothing, and does not say when it saves"
      : "what is in the queue is gone when it restarts, and is trained again";
  return { part, present: false, reason, remedy: "redis-cli CONFIG SET appendonly yes" };
}

function evictionFinding(policy: string, memory: string): QueueFinding {
  const part = "Redis evicts no jobs";
  if (policy === "noeviction") return { part, present: true, detail: `maxmemory-policy ${policy}` };
  return {
    part,
    present: false,
    reason: `maxmemory-policy ${policy}: with maxmemory, ${memory === "0B" ? "which is not set now" : `${memory} now`}, it throws jobs away`,
    remedy: "redis-cli CONFIG SET maxmemory-policy noeviction",
  };
}
