/** A Redis server of a test's own, and the commands that use it, as processes. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { DatabaseSync } from "@photostructure/sqlite";
import { Redis } from "ioredis";
import { expect, it } from "vitest";
import { type Finished, lrn, temporaryFolder } from "../../cli/lrn.js";

const HAS_REDIS = spawnSync("redis-server", ["--version"]).status === 0;

/** Tests that a machine without redis-server skips by name. */
export const withRedis = it.skipIf(!HAS_REDIS);

const started = new Set<ChildProcess>();

/** Ends what tests have started: each file of tests has it as its `afterAll`, as files share this module. */
export function endStarted(): void {
  for (const child of started) child.kill("SIGKILL");
  started.clear();
}

export interface Server {
  readonly url: string;
  readonly port: number;
  readonly redis: Redis;
  child(): ChildProcess;
  /** Ends it as a machine does that loses its power. */
  kill(): Promise<void>;
  /** Starts it again, on the same port, with what it had kept. */
  restart(): Promise<void>;
}

/** @param options of redis-server, instead of keeping nothing */
export async function startRedis(options = ["--save", ""]): Promise<Server> {
  const [port, folder] = [await freePort(), await temporaryFolder()];
  const tls = options.includes("--tls-port");
  const own = ["--port", tls ? "0" : String(port)];
  const all = options.map((option, i) => (options[i - 1] === "--tls-port" ? String(port) : option));
  let child!: ChildProcess;
  const start = async () => {
    child = spawn("redis-server", [...own, "--bind", "127.0.0.1", "--dir", folder, ...all], {
      stdio: "ignore", // a full pipe would stop it
    });
    started.add(child);
    await until(() => answers(port));
  };
  await start();
  const redis = new Redis(port, { lazyConnect: true, retryStrategy: () => 100 });
  redis.on("error", () => {});
  return {
    ...{ url: `redis://127.0.0.1:${port}`, port, redis, child: () => child },
    async kill() {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await gone;
    },
    restart: start,
  };
}

/** A program that ends with the tests at the latest. @returns its exit code */
export function shell(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number | null> {
  const child = spawn(program, args, {
    env: { ...globalThis.process.env, ...env },
    stdio: "ignore",
  });
  started.add(child);
  return new Promise((resolve) => child.once("exit", resolve));
}

/** Whether something listens there. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** Waits for what is to become true. @throws Error where it does not for a long time */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  seconds = 120,
): Promise<void> {
  const end = performance.now() + 1000 * seconds;
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error(`waited ${seconds} s in vain for ${isTrue}`);
    await wait(50);
  }
}

/** 320 trials in 67 batches, each of them long enough to be interrupted. */
export const SWEEP = ["sweep", "configs/smoke.json", "--set", "epochs=6000"];

/** `lrn` as a process that ends with the tests. */
export function process(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const run = lrn(args, { env: { ...globalThis.process.env, NO_COLOR: "1", ...env } });
  started.add(run.child);
  let told = "";
  run.child.stderr.on("data", (text) => {
    told += text;
  });
  return { end: run as Promise<Finished>, child: run.child, told: () => told };
}

export type Run = ReturnType<typeof process>;

export function coordinator({ url }: Pick<Server, "url">, out: string, ...more: string[]) {
  return process([...SWEEP, "--queue", url, "--out", out, ...more]);
}

/** A worker that has joined its queue. */
export async function worker({ url }: Pick<Server, "url">, ...more: string[]) {
  const run = process(["worker", "--queue", url, "--workers", "1", ...more]);
  await until(() => run.told().includes("Training for"));
  return run;
}

/** How many trials a worker says at its end that it has trained, once it is told to end. */
export async function endOf(run: Run): Promise<number> {
  run.child.kill("SIGTERM");
  const { code, stderr } = await run.end;
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringMatching(/and ended/) });
  return Number(/Trained ([\d,]+) trials? in .*, and ended/.exec(stderr)![1].replaceAll(",", ""));
}

/** All rows but for the times, which no two runs share. */
export function rows(folder: string): unknown[] {
  const db = new DatabaseSync(join(folder, "trials.db"), { readOnly: true });
  try {
    return db
      .prepare("SELECT * FROM trials ORDER BY key")
      .all()
      .map((row) => ({ ...(row as object), train_ms: 0 }));
  } finally {
    db.close();
  }
}

/** How many trials are stored; 0 while there is no store. */
export function stored(folder: string): number {
  try {
    return rows(folder).length;
  } catch {
    return 0;
  }
}

/** Some of the trials are there, and some are not. */
export const halfway = (folder: string) => until(() => stored(folder) > 20);

export async function expectWhole(folder: string): Promise<void> {
  expect(rows(folder)).toEqual((await localRun()).rows);
}

let local: Promise<{ folder: string; rows: unknown[] }> | undefined;

/** What the sweep gives without a queue. */
export function localRun() {
  local ??= (async () => {
    const folder = await temporaryFolder();
    const { code, stderr } = await process([...SWEEP, "--out", folder]).end;
    expect({ code, stderr }).toMatchObject({ code: 0 });
    return { folder, rows: rows(folder) };
  })();
  return local;
}

export const FULL = "lrn:sweep/v1/fused/float32/1";
