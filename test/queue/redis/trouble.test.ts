import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterAll, describe, expect } from "vitest";
import { loadEngine } from "#lrn/engines/load.js";
import { queueAddress } from "#lrn/queue/address.js";
import { serveQueue } from "#lrn/queue/queue-worker.js";
import { temporaryFolder, unbroken } from "../../cli/lrn.js";
import {
  coordinator,
  endOf,
  endStarted,
  expectWhole,
  FULL,
  halfway,
  process,
  type Run,
  rows,
  type Server,
  startRedis,
  stored,
  until,
  withRedis,
  worker,
} from "./server.js";

afterAll(endStarted);

const LONG = 300_000;

/** A sweep in its middle, and its worker, which is stopped meanwhile so that the sweep does not end. */
async function inTheMiddle(server: Server, during: (run: Run, folder: string) => Promise<unknown>) {
  const folder = await temporaryFolder();
  const run = coordinator(server, folder);
  const own = await worker(server);
  await halfway(folder);
  own.child.kill("SIGSTOP");
  expect(stored(folder)).toBeLessThan(320);
  await during(run, folder);
  own.child.kill("SIGCONT");
  return { run, own, folder };
}

const says = (run: Run, text: string) => until(() => unbroken(run.told()).includes(text));

describe.concurrent("a Redis", () => {
  withRedis.concurrent(
    "that is full for a while: the sweep says so, waits, and ends whole",
    async () => {
      const server = await startRedis();
      const { run, own, folder } = await inTheMiddle(server, async (run) => {
        await server.redis.config("SET", "maxmemory", "1mb");
        await says(run, "Redis refuses what it is asked (OOM");
        await server.redis.config("SET", "maxmemory", "0");
        await says(run, "is over");
      });
      expect(await run.end).toMatchObject({ code: 0 });
      await endOf(own);
      await expectWhole(folder);
    },
    LONG,
  );

  withRedis.concurrent(
    "that stays full: a message, exit code 1, and what is finished is kept",
    async () => {
      const server = await startRedis();
      const { run, own, folder } = await inTheMiddle(server, async (run) => {
        await server.redis.config("SET", "maxmemory", "1mb");
        expect(await run.end).toMatchObject({ code: 1 });
      });
      expect(unbroken(run.told())).toMatch(
        /Redis refuses what it is asked .OOM[^)]*., for 60 s by now; what is finished is kept/,
      );
      expect(stored(folder)).toBeGreaterThan(20);
      await server.redis.config("SET", "maxmemory", "0");
      expect(await coordinator(server, folder).end).toMatchObject({ code: 0 });
      await endOf(own);
      await expectWhole(folder);
    },
    LONG,
  );

  withRedis.concurrent(
    "that is gone for good: a message, exit code 1, and what is finished is kept",
    async () => {
      const [server, folder] = [await startRedis(), await temporaryFolder()];
      const run = coordinator(server, folder);
      const own = await worker(server);
      await halfway(folder);
      await server.kill();
      const { code, stderr } = await run.end;
      expect({ code, stderr: unbroken(stderr) }).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(
          /the connection is lost, for 60 s by now; what is finished is kept/,
        ),
      });
      expect(stored(folder)).toBeGreaterThan(20);
      await server.restart();
      expect(await coordinator(server, folder).end).toMatchObject({ code: 0 });
      await endOf(own);
      await expectWhole(folder);
    },
    LONG,
  );

  withRedis.concurrent(
    "that hangs for a while: the sweep says so, waits, and ends whole",
    async () => {
      const server = await startRedis();
      const { run, own, folder } = await inTheMiddle(server, async (run) => {
        server.child().kill("SIGSTOP");
        await says(run, "Redis does not answer");
        server.child().kill("SIGCONT");
        await says(run, "is over");
      });
      expect(await run.end).toMatchObject({ code: 0 });
      await endOf(own);
      await expectWhole(folder);
    },
    LONG,
  );

  withRedis.concurrent(
    "that holds back writes: sweep, worker and doctor say that it does not answer",
    async () => {
      const [server, folder] = [await startRedis(), await temporaryFolder()];
      await server.redis.call("CLIENT", "PAUSE", 100_000, "WRITE");
      const ends = [
        coordinator(server, join(folder, "out")).end,
        process(["worker", "--queue", server.url]).end,
        process(["doctor", "--queue", server.url]).end,
      ];
      for (const { code, stdout, stderr } of await Promise.all(ends)) {
        expect(code).toBe(1);
        expect(unbroken(stdout + stderr)).toContain("it does not answer");
      }
      await server.kill();
    },
    LONG,
  );

  withRedis.concurrent(
    "that hangs or is gone: a worker told to end does",
    async () => {
      const [hanging, gone] = [await startRedis(), await startRedis()];
      const workers = [await worker(hanging), await worker(gone)];
      hanging.child().kill("SIGSTOP");
      await gone.kill();
      for (const { child, end, told } of workers) {
        child.kill("SIGTERM");
        expect(await end).toMatchObject({ code: 0 });
        expect(told()).toContain("Redis does not answer");
      }
    },
    LONG,
  );
});

withRedis.concurrent(
  "a store that cannot be written: the sweep ends, and its next run takes what workers have finished meanwhile",
  async () => {
    const [server, folder] = [await startRedis(), await temporaryFolder()];
    const run = coordinator(server, folder);
    await until(async () => (await server.redis.llen(`${FULL}:wait`)) > 60);
    const store = new DatabaseSync(join(folder, "trials.db"));
    store.exec("BEGIN IMMEDIATE"); // so that nobody else can write
    const own = await worker(server);
    const { code, stderr } = await run.end;
    expect(code).toBe(1);
    expect(unbroken(stderr)).toMatch(/trials.db.*(locked|writes)/);
    store.exec("ROLLBACK");
    store.close();
    expect(stored(folder)).toBe(0);
    expect(await server.redis.llen(`${FULL}:wait`)).toBe(0);
    expect(await server.redis.zcard(`${FULL}:completed`)).toBeGreaterThan(0);
    expect(await coordinator(server, folder).end).toMatchObject({ code: 0 });
    expect(await endOf(own)).toBe(320);
    await expectWhole(folder);
  },
  LONG,
);

withRedis.concurrent(
  "a sweep asks for some batches ahead, however many it has, and takes them back when it is interrupted",
  async () => {
    const [server, folder] = [await startRedis(), await temporaryFolder()];
    const run = coordinator(server, folder, "--seeds", "2000");
    const waiting = () => server.redis.llen(`${FULL}:wait`);
    await until(async () => (await waiting()) >= 64);
    await wait(1000);
    expect(await waiting()).toBe(64);
    run.child.kill("SIGINT");
    expect(await run.end).toMatchObject({ code: 130 });
    expect(await waiting()).toBe(0);
  },
  LONG,
);

describe.concurrent("a worker that refuses batches", () => {
  withRedis.concurrent(
    "leaves them to others, says why, and gives up",
    async () => {
      const [server, folder] = [await startRedis(), await temporaryFolder()];
      const run = coordinator(server, folder);
      const notes: string[] = [];
      const slow = { operationsPerSecond: 1, secondsPerLayer: 0 };
      const refusing = serveQueue(queueAddress(server.url), {
        engine: { ...(await loadEngine("fused")), speed: slow, lanes: 0 },
        workers: 1,
        signal: new AbortController().signal,
        onNote: (text) => notes.push(text),
        onReady: () => {},
        onBatch: () => {},
      });
      await expect(refusing).rejects.toThrow(
        /^3 batches one after the other were refused, the last because of this: batch .* s of work/,
      );
      expect(notes[0]).toMatch(/^A batch is refused, and left to other workers: batch /);
      const right = await worker(server);
      expect(await run.end).toMatchObject({ code: 0 });
      expect(await endOf(right)).toBe(320);
      await expectWhole(folder);
    },
    LONG,
  );

  withRedis.concurrent(
    "that all refuse: its trials have failed, and the others are trained",
    async () => {
      const [server, folder] = [await startRedis(), await temporaryFolder()];
      const run = coordinator(server, folder);
      await until(async () => (await server.redis.llen(`${FULL}:wait`)) >= 64);
      const [poison] = await server.redis.lrange(`${FULL}:wait`, -1, -1);
      await server.redis.hset(`${FULL}:${poison}`, "data", "{}");
      const own = await worker(server);
      const { code, stderr } = await run.end;
      expect(code).toBe(1);
      expect(unbroken(stderr)).toMatch(
        /its batch was refused by the workers: batch .*protocol: .*must be 1/,
      );
      const failed = rows(folder).filter((row) => (row as { state: string }).state === "failed");
      expect(failed.length).toBeGreaterThan(0);
      const again = coordinator(server, folder, "--retry-failed");
      expect(await again.end).toMatchObject({ code: 0 });
      expect(await endOf(own)).toBe(320);
      await expectWhole(folder);
    },
    LONG,
  );
});
