/** What a Redis refuses, and what the three commands make of it. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { run, temporaryFolder, unbroken } from "../../cli/lrn.js";
import { endStarted, startRedis, withRedis } from "./server.js";

afterAll(endStarted);

const RULES = ["~*", "&*", "+@all"];
const user = (name: string, ...rules: string[]) => ["--user", name, "on", ">Secret7391", ...rules];

/** That sweep and worker end with a message, and leave nothing, and that the doctor says the same. */
async function expectRefused(url: string, code: number, told: RegExp) {
  const out = join(await temporaryFolder(), "out");
  const sweep = await run(["sweep", "configs/smoke.json", "--queue", url, "--out", out]);
  const worker = await run(["worker", "--queue", url, "--workers", "1"]);
  const doctor = await run(["doctor", "--queue", url]);
  for (const each of [sweep, worker]) {
    expect(each).toMatchObject({ code, stdout: "", stderr: expect.stringMatching(told) });
    expect(each.stderr).toMatch(/^(A password after --queue .*\n)?lrn: .*\n$/);
  }
  expect(existsSync(out)).toBe(false);
  expect(doctor.code).toBe(1);
  expect(unbroken(doctor.stdout)).toMatch(new RegExp(`absent Redis.* ${told.source}`));
  for (const { stdout, stderr } of [sweep, worker, doctor]) {
    expect(stdout + stderr).not.toMatch(/Secret7391|\n\s+at /);
  }
}

withRedis(
  "a user who may not do all that a queue does, and a database that is not there",
  async () => {
    const { port, redis } = await startRedis([
      ...["--save", "", "--databases", "4"],
      ...user("info", ...RULES, "-info"),
      ...user("client", ...RULES, "-client"),
      ...user("reader", "~*", "&*", "+@read", "+@connection", "+info"),
      ...user("keys", "~other*", "&*", "+@all"),
      ...user("scripts", ...RULES, "-eval"),
      ...user("streams", ...RULES, "-xadd"),
    ]);
    const refused = (name: string, told: RegExp) =>
      expectRefused(`redis://${name}:Secret7391@127.0.0.1:${port}`, 2, told);
    await refused("info", /user info may not run INFO/);
    await refused("client", /user client may not run CLIENT LIST/);
    await refused("reader", /user reader may not run SET/);
    await refused("keys", /user keys may not use keys that begin with lrn:/);
    await refused("scripts", /user scripts may not run EVAL/);
    await refused("streams", /user streams may not run XADD/);
    await refused("nobody", /the password of user nobody is wrong, or there is no such user/);
    await expectRefused(`redis://127.0.0.1:${port}/9`, 2, /there is no database 9/);
    const { stderr } = await run(["worker", "--queue", `redis://127.0.0.1:${port}/9`]);
    expect(stderr).toContain("Redis has 4, from 0 to 3");
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await redis.keys("*")).toEqual([]);
  },
);

withRedis("a password that is missing, a replica, a disk and a memory that are full", async () => {
  const locked = await startRedis(["--save", "", "--requirepass", "Secret7391"]);
  await expectRefused(locked.url, 2, /a password is needed/);

  const [host, port] = ["127.0.0.1", String(locked.port)];
  const replica = await startRedis(["--save", "", "--replicaof", host, port]);
  await expectRefused(replica.url, 2, /it is a replica, which takes no writes/);
  const { stdout } = await run(["doctor", "--queue", replica.url]);
  expect(unbroken(stdout)).toContain(`absent Redis is no replica it copies ${host}:${port}`);

  const small = await startRedis(["--save", "", "--appendonly", "yes", "--maxmemory", "50mb"]);
  const roomy = await run(["doctor", "--queue", small.url]);
  expect(roomy.code).toBe(0);
  expect(unbroken(roomy.stdout)).toMatch(
    /noeviction; .*M of 50.00M are used, 4\d\.\dM left, and when full/,
  );
  await small.redis.config("SET", "maxmemory", "1mb");
  await expectRefused(small.url, 1, /its memory is full/);
  const full = await run(["doctor", "--queue", small.url]);
  expect(unbroken(full.stdout)).toMatch(
    /absent Redis has room for jobs .* of 1.00M are used, 0.0M left/,
  );

  const folder = await temporaryFolder();
  const broken = await startRedis(["--save", "900 1", "--dir", folder]);
  await broken.redis.set("key", 1);
  spawnSync("rm", ["-r", folder]);
  await broken.redis.bgsave();
  const saves = async () => /rdb_bgsave_in_progress:1/.test(await broken.redis.info());
  while (await saves()) await new Promise((resolve) => setTimeout(resolve, 20));
  await expectRefused(broken.url, 1, /it cannot write to its disk/);
  const failed = await run(["doctor", "--queue", broken.url]);
  expect(unbroken(failed.stdout)).toContain(
    "its last write there failed (rdb_last_bgsave_status:err)",
  );
});

withRedis("TLS on one side alone", async () => {
  const folder = await temporaryFolder();
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const request = [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    "-subj",
    "/CN=localhost",
  ];
  spawnSync("openssl", [...request, "-keyout", key, "-out", certificate]);
  const tls = ["--tls-auth-clients", "no", "--tls-key-file", key, "--tls-cert-file", certificate];
  const [secure, plain] = [
    await startRedis(["--save", "", "--tls-port", "0", ...tls]),
    await startRedis(),
  ];
  const told = async (url: string) => (await run(["worker", "--queue", url])).stderr;
  expect(await told(secure.url)).toContain("write rediss:// instead of redis://");
  expect(await told(plain.url.replace("redis:", "rediss:"))).toContain(
    "write redis:// instead of rediss://",
  );
});
