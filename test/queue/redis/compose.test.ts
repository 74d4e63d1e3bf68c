/** What docs/examples/compose.yml runs in containers, run beside each other here. */
import { readdir } from "node:fs/promises";
import { afterAll, describe, expect } from "vitest";
import { temporaryFolder } from "../../cli/lrn.js";
import { yaml } from "../../example-files.js";
import {
  endOf,
  endStarted,
  freePort,
  localRun,
  process,
  rows,
  SWEEP,
  shell,
  until,
  withRedis,
} from "./server.js";

afterAll(endStarted);

const compose = yaml("compose.yml");
const PASSWORD = "Composed7391";

describe.skipIf(compose === undefined)("read by Python's YAML", () => {
  withRedis(
    "docker compose: a sweep on two workers, behind a password",
    async () => {
      const { redis, worker, sweep } = compose.services;
      const [port, folder, out] = [
        await freePort(),
        await temporaryFolder(),
        await temporaryFolder(),
      ];
      /** As compose does. */
      const filled = (text: string) =>
        text.replaceAll("$$", "$").replaceAll(/\$\{REDIS_PASSWORD\}/g, PASSWORD);

      const [program, ...args] = redis.command.map(filled);
      const here = `redis-server - --port ${port} --bind 127.0.0.1 --dir ${folder}`;
      shell(program, [args[0], args[1].replace("redis-server -", here)], {
        REDIS_PASSWORD: PASSWORD,
      });
      const [, check] = redis.healthcheck.test.map(filled);
      const asked = check.replace("redis-cli", `redis-cli -p ${port}`);
      await until(
        async () => (await shell("sh", ["-c", asked], { REDIS_PASSWORD: PASSWORD })) === 0,
      );

      const env = {
        LRN_QUEUE: filled(worker.environment.LRN_QUEUE).replace("redis:6379", `127.0.0.1:${port}`),
      };
      expect(sweep.environment).toEqual(worker.environment);
      expect(worker.command).toEqual(["lrn", "worker"]);
      const workers = [1, 2].map(() => process(["worker", "--workers", "1"], env));
      const [lrn, command, file, ...flags] = sweep.command;
      expect([lrn, command, file, flags.at(-2)]).toEqual([
        "lrn",
        "sweep",
        "configs/thesis.json",
        "--out",
      ]);
      expect(flags.at(-1)).toBe("/results/thesis");
      expect(sweep.volumes).toEqual(["./results:/results"]);
      // Another sweep, of the size of a test.
      expect(await process([...SWEEP, "--out", out], env).end).toMatchObject({ code: 0 });
      const trained = await Promise.all(workers.map(endOf));
      expect(trained[0] + trained[1]).toBe(320);
      expect(rows(out)).toEqual((await localRun()).rows);
      expect(await readdir(folder)).toContain("appendonlydir");
      // It is no child of this process, but of the shell.
      const ended = asked.replace(/ ping.*/, " shutdown nosave");
      expect(await shell("sh", ["-c", ended], { REDIS_PASSWORD: PASSWORD })).toBe(0);
    },
    120_000,
  );
});
