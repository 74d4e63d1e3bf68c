import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { temporaryFolder, unbroken } from "../../cli/lrn.js";
import {
  coordinator,
  endOf,
  endStarted,
  localRun,
  process,
  rows,
  SWEEP,
  startRedis,
  until,
  withRedis,
  worker,
} from "./server.js";

afterAll(endStarted);

const LONG = 120_000;
const SECRET = "kept-to-itself-7391";

withRedis(
  "a password is in no output, file, process title or key",
  async () => {
    const server = await startRedis([
      ...["--save", "", "--user", "default", "off"],
      ...["--user", "me", "on", `>${SECRET}`, "~*", "&*", "+@all"],
    ]);
    const url = `redis://me:${SECRET}@127.0.0.1:${server.port}`;
    const folder = await temporaryFolder();
    const run = coordinator({ url }, folder);
    await until(() => unbroken(run.told()).includes("No worker"));
    const byVariable = process(["worker", "--workers", "1"], { LRN_QUEUE: url });
    await until(() => byVariable.told().includes("Training for"));
    const byFlag = await worker({ url });
    for (const { child } of [run, byFlag, byVariable]) {
      expect(readFileSync(`/proc/${child.pid}/cmdline`, "utf8")).not.toContain(SECRET);
    }
    const { code, stdout, stderr } = await run.end;
    expect({ code, stderr: unbroken(stderr) }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("me:***@"),
    });
    expect(stdout + stderr).not.toContain(SECRET);
    for (const each of [byFlag, byVariable]) {
      await endOf(each);
      expect(each.told()).not.toContain(SECRET);
    }
    for (const file of await readdir(folder, { recursive: true })) {
      const path = join(folder, file);
      if ((await stat(path)).isFile()) expect((await readFile(path)).includes(SECRET)).toBe(false);
    }
    expect(rows(folder)).toEqual((await localRun()).rows);

    const wrong = url.replace(SECRET, `${SECRET}-not`);
    for (const args of [
      [...SWEEP, "--out", await temporaryFolder(), "--queue", wrong],
      ["worker", "--queue", wrong],
      ["worker", "--queue", `${wrong}/x`],
      ["worker", "--queue", wrong, "--queue", wrong],
      ["worker", wrong],
      ["doctor", "--queue", wrong],
    ]) {
      const { code, stdout, stderr } = await process(args).end;
      expect(code).toBeGreaterThan(0);
      expect(stdout + stderr).not.toContain(SECRET);
      expect(stdout + stderr).not.toMatch(/\n\s+at /);
    }
  },
  LONG,
);

withRedis(
  "TLS, with a certificate of one's own",
  async () => {
    const folder = await temporaryFolder();
    const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
    const { status } = spawnSync("openssl", [
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"],
      ...[
        "-addext",
        "subjectAltName=DNS:localhost,IP:127.0.0.1",
        "-keyout",
        key,
        "-out",
        certificate,
      ],
    ]);
    expect(status).toBe(0);
    const tls = ["--tls-auth-clients", "no", "--tls-key-file", key, "--tls-cert-file", certificate];
    const server = await startRedis(["--save", "", "--tls-port", "0", ...tls]);
    const url = server.url.replace("redis:", "rediss:");
    const env = { NODE_EXTRA_CA_CERTS: certificate, LRN_QUEUE: url };
    const out = await temporaryFolder();
    const run = process([...SWEEP, "--out", out], env);
    const own = process(["worker", "--workers", "1"], env);
    expect(await run.end).toMatchObject({ code: 0 });
    await endOf(own);
    expect(rows(out)).toEqual((await localRun()).rows);
    const { code, stderr } = await process(["worker"], { LRN_QUEUE: url }).end;
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/self.signed/),
    });
  },
  LONG,
);

withRedis(
  "a data file's numbers reach the workers, which have no such file",
  async () => {
    const [server, folder] = [await startRedis(), await temporaryFolder()];
    const lines = Array.from({ length: 30 }, (_, i) => `${i / 7},${Math.sin(i / 7)}`);
    await writeFile(join(folder, "d.csv"), `x,y\n${lines.join("\n")}\n`);
    const dataset = { file: "d.csv", inputs: ["x"], targets: ["y"], testSamples: 5 };
    const grid = {
      ...{ depth: [2], width: [2], connection: ["plain"], optimizer: ["adam"] },
      ...{ learningRate: [0.01], trainingStyle: ["batch"] },
    };
    const file = join(folder, "sweep.json");
    await writeFile(file, JSON.stringify({ name: "own", seeds: 9, dataset, grid }));
    const own = await worker(server);
    const sweep = (out: string, ...more: string[]) =>
      process(["sweep", file, "--out", join(folder, out), ...more]).end;
    expect(await sweep("queue", "--queue", server.url)).toMatchObject({ code: 0 });
    expect(await endOf(own)).toBe(9);
    expect(await sweep("local")).toMatchObject({ code: 0 });
    expect(rows(join(folder, "queue"))).toEqual(rows(join(folder, "local")));
  },
  LONG,
);

withRedis(
  "two sweeps share a Redis by their queues' names",
  async () => {
    const server = await startRedis();
    const folders = [await temporaryFolder(), await temporaryFolder()];
    const runs = folders.map((folder, i) => coordinator(server, folder, "--queue-name", `q${i}`));
    const workers = [
      await worker(server, "--queue-name", "q0"),
      await worker(server, "--queue-name", "q1"),
    ];
    for (const run of runs) expect(await run.end).toMatchObject({ code: 0 });
    expect(await Promise.all(workers.map(endOf))).toEqual([320, 320]);
    for (const folder of folders) expect(rows(folder)).toEqual((await localRun()).rows);
  },
  LONG,
);

withRedis(
  "the doctor says what of a Redis would lose jobs",
  async () => {
    const careless = await startRedis([
      "--save",
      "",
      "--maxmemory",
      "50mb",
      "--maxmemory-policy",
      "allkeys-lru",
    ]);
    const bad = await process(["doctor", "--queue", careless.url]).end;
    expect(bad.code).toBe(1);
    expect(unbroken(bad.stdout)).toMatch(
      /absent Redis keeps jobs on disk what is in the queue is gone/,
    );
    expect(unbroken(bad.stdout)).toMatch(
      /absent Redis evicts no jobs maxmemory-policy allkeys-lru: with maxmemory, 50.00M now/,
    );
    const careful = await startRedis(["--appendonly", "yes"]);
    const good = await process(["doctor", "--queue", careful.url]).end;
    expect(good).toMatchObject({ code: 0 });
    expect(unbroken(good.stdout)).toMatch(
      /present Redis's version \d+\.\d+\.\d+ present Redis keeps jobs on disk every change/,
    );
    await careful.kill();
    const gone = await process(["doctor", "--queue", careful.url]).end;
    expect(gone.code).toBe(1);
    expect(unbroken(gone.stdout)).toMatch(
      /absent Redis redis:\/\/127.0.0.1:\d+: Redis cannot be reached \(connect ECONNREFUSED/,
    );
  },
  LONG,
);
