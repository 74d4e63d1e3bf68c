import { Queue, QueueEvents, Worker } from "bullmq";
import { afterAll, describe, expect } from "vitest";
import { loadEngine } from "#lrn/engines/load.js";
import { openPool } from "#lrn/engines/pool.js";
import { batchOf } from "#lrn/queue/batch.js";
import { resultOf } from "#lrn/queue/result.js";
import { temporaryFolder, unbroken } from "../../cli/lrn.js";
import {
  coordinator,
  endOf,
  endStarted,
  expectWhole,
  FULL,
  halfway,
  rows,
  startRedis,
  stored,
  until,
  withRedis,
  worker,
} from "./server.js";

afterAll(endStarted);

const NAME = FULL.replace("lrn:", "");
const LONG = 300_000;

async function expectDone(run: ReturnType<typeof coordinator>) {
  const { code, stderr } = await run.end;
  expect(code, stderr).toBe(0);
}

describe("a worker", () => {
  withRedis(
    "killed in the middle of a batch: it is run elsewhere",
    async () => {
      const [server, folder] = [await startRedis(), await temporaryFolder()];
      const run = coordinator(server, folder);
      const first = await worker(server);
      await halfway(folder);
      first.child.kill("SIGKILL");
      await first.end;
      expect(stored(folder)).toBeLessThan(320);
      expect(await server.redis.llen(`${FULL}:active`)).toBeGreaterThan(0);
      const second = await worker(server);
      await expectDone(run);
      await endOf(second);
      await expectWhole(folder);
    },
    LONG,
  );

  withRedis(
    "that hangs: its batch is run elsewhere, and what it sends later is nothing",
    async () => {
      const [server, folder] = [await startRedis(), await temporaryFolder()];
      const run = coordinator(server, folder);
      const first = await worker(server);
      await halfway(folder);
      first.child.kill("SIGSTOP");
      expect(await server.redis.llen(`${FULL}:active`)).toBeGreaterThan(0);
      const second = await worker(server);
      await expectDone(run);
      first.child.kill("SIGCONT");
      await Promise.all([endOf(first), endOf(second)]);
      await expectWhole(folder);
    },
    LONG,
  );

  withRedis(
    "told to end finishes what it has begun",
    async () => {
      const [server, folder] = [await startRedis(), await temporaryFolder()];
      const run = coordinator(server, folder);
      const first = await worker(server);
      await halfway(folder);
      const trained = await endOf(first);
      expect(await server.redis.llen(`${FULL}:active`)).toBe(0);
      const second = await worker(server);
      await expectDone(run);
      expect(trained + (await endOf(second))).toBe(320);
      await expectWhole(folder);
    },
    LONG,
  );

  withRedis(
    "of another engine leaves the batches, and says so; the sweep says who is missing",
    async () => {
      const [server, folder] = [await startRedis(), await temporaryFolder()];
      const run = coordinator(server, folder);
      await until(async () => (await server.redis.llen(`${FULL}:wait`)) > 0);
      const other = await worker(server, "--engine", "reference");
      await until(() => unbroken(run.told()).includes("but workers with engine reference"));
      await until(() =>
        unbroken(other.told()).includes("for engine fused, numeric version float32/1 (v1) wait"),
      );
      expect(stored(folder)).toBe(0);
      const right = await worker(server);
      await expectDone(run);
      expect([await endOf(other), await endOf(right)]).toEqual([0, 320]);
      await expectWhole(folder);
    },
    LONG,
  );
});

describe("the sweep", () => {
  withRedis(
    "killed and started again takes up what waits; nothing is trained twice",
    async () => {
      const [server, folder] = [await startRedis(), await temporaryFolder()];
      const first = coordinator(server, folder);
      const own = await worker(server);
      await halfway(folder);
      first.child.kill("SIGKILL");
      await first.end;
      const before = stored(folder);
      await until(async () => (await server.redis.zcard(`${FULL}:completed`)) > 5);
      expect(before).toBeLessThan(320);
      await expectDone(coordinator(server, folder));
      expect(await endOf(own)).toBe(320);
      await expectWhole(folder);
    },
    LONG,
  );

  withRedis(
    "interrupted takes back what nobody has begun, and goes on later",
    async () => {
      const [server, folder] = [await startRedis(), await temporaryFolder()];
      const first = coordinator(server, folder);
      const own = await worker(server);
      await halfway(folder);
      first.child.kill("SIGINT");
      expect(await first.end).toMatchObject({ code: 130 });
      expect(stored(folder)).toBeLessThan(320);
      const states = ["wait", "active", "paused"].map((state) =>
        server.redis.llen(`${FULL}:${state}`),
      );
      expect(await Promise.all(states)).toEqual([0, 0, 0]);
      await expectDone(coordinator(server, folder));
      expect(await endOf(own)).toBe(320);
      await expectWhole(folder);
    },
    LONG,
  );
});

describe("Redis", () => {
  withRedis.each([
    ["with its data", ["--save", "", "--appendonly", "yes", "--appendfsync", "always"]],
    ["without its data", ["--save", ""]],
  ])(
    "killed and started again %s: the sweep goes on",
    async (_, options) => {
      const [server, folder] = [await startRedis(options), await temporaryFolder()];
      const run = coordinator(server, folder);
      const own = await worker(server);
      await halfway(folder);
      await server.kill();
      await until(() => unbroken(run.told()).includes("is lost"));
      await server.restart();
      expect(await run.end).toMatchObject({ code: 0, stderr: expect.stringContaining("is over") });
      await endOf(own);
      await expectWhole(folder);
    },
    LONG,
  );
});

describe("a batch", () => {
  const pool = openPool("fused", 1);
  afterAll(() => pool.close());

  withRedis(
    "that fails three times is failed trials; the others are trained",
    async () => {
      const [server, folder] = [await startRedis(), await temporaryFolder()];
      const engine = await loadEngine("fused");
      let poison: string | undefined;
      let runs = 0;
      const own = new Worker(
        NAME,
        async ({ id, data }) => {
          poison ??= id;
          if (id === poison && ++runs) throw new Error("out of order");
          const batch = batchOf(data, id!, engine);
          return resultOf(batch, await pool.train(batch.trials, batch.threshold));
        },
        { connection: { url: server.url } as never, prefix: "lrn", name: "1@test" },
      );
      const run = coordinator(server, folder);
      const { code, stderr } = await run.end;
      await own.close();
      expect({ code, runs }).toEqual({ code: 1, runs: 3 });
      expect(unbroken(stderr)).toContain("its batch failed 3 times in the queue: out of order");
      const failed = rows(folder).filter((row) => (row as { state: string }).state === "failed");
      expect(rows(folder)).toHaveLength(320);
      expect(failed.length).toBeGreaterThan(0);

      const right = await worker(server);
      expect(await coordinator(server, folder, "--retry-failed").end).toMatchObject({ code: 0 });
      expect(await endOf(right)).toBe(failed.length);
      await expectWhole(folder);
    },
    LONG,
  );

  withRedis(
    "whose results are forged or come twice: they are refused, and another worker trains it",
    async () => {
      const [server, folder] = [await startRedis(), await temporaryFolder()];
      const engine = await loadEngine("fused");
      let forged = 0;
      const forger = new Worker(
        NAME,
        async ({ id, data }) => {
          const batch = batchOf(data, id!, engine);
          const result = resultOf(batch, await pool.train(batch.trials, batch.threshold));
          const [first, ...others] = result.outcomes;
          if (++forged === 1)
            return { ...result, outcomes: [{ ...first, deadNeurons: 1000 }, ...others] };
          if (forged === 2) return { ...result, key: id!.replace(/^./g, "x") };
          return { ...result, outcomes: others };
        },
        { connection: { url: server.url } as never, prefix: "lrn", name: "1@forger" },
      );
      const run = coordinator(server, folder);
      await until(() => (run.told().match(/was refused/g) ?? []).length >= 2);
      await forger.close();
      const right = await worker(server);
      // What is said of a finished job is said again.
      const events = new QueueEvents(NAME, {
        connection: { url: server.url } as never,
        prefix: "lrn",
      });
      const queue = new Queue(NAME, { connection: { url: server.url } as never, prefix: "lrn" });
      events.on("completed", ({ jobId, returnvalue }) => {
        if (repeated.has(jobId)) return;
        repeated.add(jobId);
        server.redis.xadd(
          `${FULL}:events`,
          "*",
          ...["event", "completed", "jobId", jobId],
          "returnvalue",
          JSON.stringify(returnvalue),
        );
      });
      const repeated = new Set<string>();
      await expectDone(run);
      expect(repeated.size).toBeGreaterThan(20);
      await Promise.all([events.close(), queue.close()]);
      await endOf(right);
      await expectWhole(folder);
    },
    LONG,
  );
});
