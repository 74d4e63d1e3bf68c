import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { temporaryFolder, withoutTimes } from "../../cli/lrn.js";
import {
  coordinator,
  endOf,
  endStarted,
  localRun,
  rows,
  startRedis,
  withRedis,
  worker,
} from "./server.js";

afterAll(endStarted);

const text = (folder: string, file: string) => readFile(join(folder, file), "utf8");

withRedis(
  "a sweep on two workers ends as one on threads: files, tables, trials",
  async () => {
    const [server, folder] = [await startRedis(), await temporaryFolder()];
    const run = coordinator(server, folder); // first, so that it has to wait for workers
    const workers = [await worker(server), await worker(server)];
    expect(await run.end).toMatchObject({ code: 0 });
    const trained = await Promise.all(workers.map(endOf));
    expect(trained[0] + trained[1]).toBe(320);
    expect(Math.min(...trained)).toBeGreaterThan(0);

    const local = await localRun();
    expect(rows(folder)).toEqual(local.rows);
    expect(withoutTimes(await text(folder, "trials.csv"))).toEqual(
      withoutTimes(await text(local.folder, "trials.csv")),
    );
    const files = async (of: string) => (await readdir(of, { recursive: true })).sort();
    expect(await files(folder)).toEqual(await files(local.folder));
    expect(await server.redis.keys(`lrn:sweep/*:${"?".repeat(64)}`)).toEqual([]);
  },
  120_000,
);
