import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import type { TrainedBatch } from "#lrn/engines/requests.js";
import { cellOf } from "#lrn/model/cells.js";
import { queueAddress } from "#lrn/queue/address.js";
import { batchKey } from "#lrn/queue/batch.js";
import type { End, JobEvents, JobQueue } from "#lrn/queue/job-queue.js";
import { openQueuePool } from "#lrn/queue/queue-pool.js";

const numerics = "float32/1";
const trial = (seed: number) => ({
  ...cellOf({
    depth: 2,
    width: 2,
    connection: "plain",
    optimizer: "sgd",
    learningRate: 0.1,
    trainingStyle: "batch",
    epochs: 5,
  }),
  seed,
});
const keyOf = (seed: number) => batchKey({ trials: [trial(seed)], threshold: undefined }, numerics);
const resultFor = (seed: number) => ({
  key: keyOf(seed),
  numerics,
  outcomes: [{ state: "diverged" as const }],
  trainMs: [1],
});

const reasonOf = ({ outcomes }: TrainedBatch) => (outcomes[0] as { reason?: string }).reason;

/** A queue in memory whose workers are the test. */
async function fake(
  options: {
    signal?: AbortSignal;
    threads?: number;
    kept?: [string, End][];
    isAnew?: boolean;
  } = {},
) {
  const jobs = new Map<string, "waiting" | "active" | End>(options.kept);
  const added: string[] = [];
  const notes: string[] = [];
  let events!: JobEvents;
  /** What is wrong with it now. */
  const wrong = { refuses: false, isSilent: false };
  const queue: JobQueue = {
    async add(key) {
      if (wrong.refuses) throw new Error("OOM command not allowed");
      if (jobs.has(key)) return;
      added.push(key);
      jobs.set(key, "waiting");
    },
    async look(key) {
      const job = jobs.get(key);
      return job ?? "gone";
    },
    ended: async () => [...jobs].filter(([, job]) => typeof job === "object").map(([key]) => key),
    async remove(key) {
      return jobs.get(key) !== "active" && jobs.delete(key);
    },
    async presence() {
      while (wrong.isSilent) await wait(1);
      return {
        threads: options.threads ?? 0,
        others: [{ engine: "tfjs", numerics: "t/1", protocol: "v1" }],
      };
    },
    async close() {},
  };
  const pool = await openQueuePool({
    address: queueAddress("redis://u:secret@host"),
    trainable: { engine: "fused", numerics },
    open: async (heard) => {
      events = heard;
      return queue;
    },
    isAnew: options.isAnew,
    signal: options.signal,
    onNote: (text) => notes.push(text),
    times: { presence: 5, answer: 20, ended: 8, look: 10, noWorker: 20, patience: 60 },
  });
  onTestFinished(() => pool.close());
  return { pool, jobs, added, notes, events, wrong };
}

describe("the pool of a queue", () => {
  it("gives each batch its result once, however often it comes", async () => {
    const { pool, events, added } = await fake();
    const first = pool.train([trial(1)]);
    await wait(3);
    events.onEnd(keyOf(1), { result: resultFor(1) });
    events.onEnd(keyOf(1), { result: resultFor(1) });
    events.onEnd("another's", { result: null });
    expect(await first).toEqual({
      numerics,
      outcomes: [{ state: "diverged" }],
      trainMs: [1],
      key: keyOf(1),
      written: expect.any(Function),
    });
    await wait(20);
    expect(added).toEqual([keyOf(1)]);
  });

  it("keeps a result in the queue until it is written down, and then no longer", async () => {
    const { pool, jobs } = await fake({ kept: [[keyOf(1), { result: resultFor(1) }]] });
    const { written } = await pool.train([trial(1)]);
    await wait(20);
    expect(jobs.size).toBe(1);
    written!();
    expect(jobs.size).toBe(0);
  });

  it("trains again what an earlier run has left as failed, or left at all where all is to be new", async () => {
    const kept = (): [string, End][] => [
      [keyOf(1), { failed: "of old" }],
      [keyOf(2), { result: resultFor(2) }],
    ];
    for (const isAnew of [false, true]) {
      const { pool, jobs, added } = await fake({ kept: kept(), isAnew });
      const results = [pool.train([trial(1)]), pool.train([trial(2)])];
      await wait(30);
      expect(added).toEqual(isAnew ? [keyOf(1), keyOf(2)] : [keyOf(1)]);
      for (const seed of [1, 2]) jobs.set(keyOf(seed), { result: resultFor(seed) });
      expect(await Promise.all(results)).toMatchObject([{ numerics }, { numerics }]);
    }
  });

  it("finds a result of which it did not hear, and one that an earlier run left", async () => {
    const { pool, jobs, added } = await fake({ kept: [[keyOf(1), { result: resultFor(1) }]] });
    expect(await pool.train([trial(1)])).toMatchObject({ numerics });
    expect(added).toEqual([]);
    const second = pool.train([trial(2)]);
    jobs.set(keyOf(2), { result: resultFor(2) });
    expect(await second).toMatchObject({ numerics });
  });

  it("asks again for what the queue has lost", async () => {
    const { pool, jobs, added } = await fake();
    const first = pool.train([trial(1)]);
    await wait(3);
    jobs.clear();
    while (added.length < 2) await wait(2);
    jobs.set(keyOf(1), { result: resultFor(1) });
    await first;
  });

  it("refuses a wrong result three times at most", async () => {
    const { pool, events, added, notes } = await fake();
    const first = pool.train([trial(1)]);
    await wait(3);
    for (let time = 1; time <= 3; time++) {
      events.onEnd(keyOf(1), { result: { ...resultFor(1), trainMs: [] } });
      await wait(3);
      expect(added).toHaveLength(Math.min(3, time + 1));
    }
    expect(reasonOf(await first)).toMatch(
      /^its results were refused 3 times: .*trainMs: must be 1/,
    );
    expect(notes.filter((note) => note.includes("was refused"))).toHaveLength(3);
  });

  it("says of a failed batch why, without passwords", async () => {
    const { pool, events } = await fake();
    const ends = [1, 2].map((seed) => pool.train([trial(seed)]).then(reasonOf));
    events.onEnd(keyOf(1), { failed: "no redis://u:secret@host" });
    events.onEnd(keyOf(2), { failed: "job stalled more than allowable limit" });
    expect(await Promise.all(ends)).toEqual([
      "its batch failed 3 times in the queue: no redis://u:***@host",
      "its batch failed 3 times in the queue: the workers that had it died or hung",
    ]);
  });

  it("takes back, when interrupted, what no worker has begun, and waits for the rest", async () => {
    const controller = new AbortController();
    const { pool, jobs, events } = await fake({ signal: controller.signal });
    const begun = pool.train([trial(1)]);
    const waiting = pool.train([trial(2)]).catch(({ name }) => name);
    await wait(3);
    jobs.set(keyOf(1), "active");
    controller.abort();
    expect(await waiting).toBe("TakenBackError");
    expect([...jobs.keys()]).toEqual([keyOf(1)]);
    events.onEnd(keyOf(1), { result: resultFor(1) });
    expect(await begun).toMatchObject({ numerics });
    await expect(pool.train([trial(3)])).rejects.toThrow();
  });

  it("ends with a message where the connection stays lost, and not where it comes back", async () => {
    const { pool, events, notes, wrong } = await fake();
    const first = pool.train([trial(1)]).catch((error) => error);
    wrong.isSilent = true;
    events.onLost();
    wrong.isSilent = false;
    events.onBack();
    await wait(80);
    wrong.isSilent = true;
    events.onLost();
    expect(await first).toMatchObject({ name: "StoppedError" });
    expect((await first).message).toMatch(
      /^queue sweep at redis:\/\/u:\*\*\*@host: the connection is lost/,
    );
    await expect(pool.train([trial(2)])).rejects.toThrow("the connection is lost");
    const said = notes.filter((note) => note.includes("rouble"));
    expect(said.map((note) => note.includes("the connection is lost"))).toEqual([
      true,
      false,
      true,
    ]);
    await pool.shared!.room();
    wrong.isSilent = false;
  });

  it("asks again for what is refused, and ends with a message where that goes on for long", async () => {
    const { pool, jobs, added, notes, wrong } = await fake();
    wrong.refuses = true;
    const first = pool.train([trial(1)]);
    while (notes.length < 1) await wait(2);
    expect(notes[0]).toMatch(
      /^Trouble with queue.*: Redis refuses what it is asked \(OOM command not allowed\)/,
    );
    wrong.refuses = false;
    while (added.length < 1) await wait(2);
    await wait(80);
    expect(notes[1]).toMatch(/^The trouble with queue .* is over/);
    jobs.set(keyOf(1), { result: resultFor(1) });
    expect(await first).toMatchObject({ numerics });

    wrong.refuses = true;
    const second = pool.train([trial(2)]).catch((error) => error);
    expect(await second).toMatchObject({ name: "StoppedError" });
    expect((await second).message).toMatch(
      /Redis refuses what it is asked \(OOM.*what is finished is kept/,
    );
  });

  it("ends with a message where Redis does not answer any more, and not where it was only slow", async () => {
    const { pool, notes, wrong } = await fake();
    const first = pool.train([trial(1)]).catch((error) => error);
    wrong.isSilent = true;
    while (notes.length < 1) await wait(2);
    wrong.isSilent = false;
    while (notes.length < 2) await wait(2);
    wrong.isSilent = true;
    expect(await first).toMatchObject({ name: "StoppedError" });
    expect((await first).message).toContain("Redis does not answer");
    expect(notes.filter((note) => note.includes("rouble"))).toHaveLength(3);
    wrong.isSilent = false;
  });

  it("says nothing of Redis once it is closed", async () => {
    const { pool, notes, wrong } = await fake();
    wrong.isSilent = true;
    await wait(10);
    await pool.close();
    await wait(40);
    wrong.isSilent = false;
    await wait(10);
    expect(notes).toEqual([]);
  });

  it("that is interrupted does not wait for a Redis that is lost afterwards", async () => {
    const controller = new AbortController();
    const { pool, jobs, events, wrong } = await fake({ signal: controller.signal });
    const begun = pool.train([trial(1)]).catch(({ name }) => name);
    await wait(3);
    jobs.set(keyOf(1), "active");
    controller.abort();
    await wait(15);
    wrong.isSilent = true;
    events.onLost();
    expect(await begun).toBe("TakenBackError");
    wrong.isSilent = false;
  });

  it("that is left rejects all, and takes back only what no worker has begun", async () => {
    const { pool, jobs, events } = await fake();
    const all = [1, 2, 3].map((seed) => pool.train([trial(seed)]).catch(({ name }) => name));
    await wait(3);
    jobs.set(keyOf(1), "active").set(keyOf(2), { result: resultFor(2) });
    await pool.shared!.leave();
    events.onEnd(keyOf(1), { result: resultFor(1) });
    expect(await Promise.all(all)).toEqual(Array(3).fill("TakenBackError"));
    expect([...jobs.keys()]).toEqual([keyOf(1), keyOf(2)]);
    await pool.shared!.room();
    await expect(pool.train([trial(4)])).rejects.toThrow();
  });

  it("says once that there is no worker, who is there instead, and what to do", async () => {
    const { pool, notes } = await fake();
    void pool.train([trial(1)]).catch(() => {});
    while (notes.length < 1) await wait(5);
    await wait(30);
    expect(notes).toEqual([
      "No worker for engine fused, numeric version float32/1 is at queue sweep at redis://u:***@host, but workers " +
        "with engine tfjs, numeric version t/1 (v1). Start some, here or elsewhere: LRN_QUEUE=redis://u:***@host " +
        "lrn worker --queue-name sweep --engine fused",
    ]);
  });

  it("has room for batches ahead of the workers, and no more", async () => {
    const { pool, events } = await fake({ threads: 3 });
    expect(pool.workers).toBe(3);
    const hasRoom = async () =>
      (await Promise.race([pool.shared!.room().then(() => true), wait(2)])) === true;
    for (let seed = 0; seed < 70; seed++) {
      expect(await hasRoom()).toBe(true);
      void pool.train([trial(seed)]).catch(() => {});
    }
    expect(await hasRoom()).toBe(false);
    const next = pool.shared!.room();
    events.onEnd(keyOf(0), { result: resultFor(0) });
    await next;
  });
});
