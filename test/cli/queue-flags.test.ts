import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { run, temporaryFolder } from "./lrn.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Nothing listens at port 1. */
const NOBODY = "redis://127.0.0.1:1";
const SWEEP = ["sweep", "configs/smoke.json", "--set", "grid.depth=[2]", "--seeds", "1"];

it("a queue of the environment is told of, and leaves no folder where it cannot be reached", async () => {
  vi.stubEnv("LRN_QUEUE", NOBODY);
  const out = join(await temporaryFolder(), "out");
  const { code, stderr } = await run([...SWEEP, "--out", out]);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^Workers of the queue sweep at redis:\/\/127.0.0.1:1 train, as LRN_QUEUE says; --queue "" trains here.\nlrn: .*ECONNREFUSED/,
  );
  expect(existsSync(out)).toBe(false);
});

it('--queue "" trains here, whatever the environment has', async () => {
  vi.stubEnv("LRN_QUEUE", NOBODY);
  const out = join(await temporaryFolder(), "out");
  const { code, stderr } = await run([...SWEEP, "--out", out, "--queue", "", "--workers", "1"]);
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.not.stringContaining("queue") });
});

it("what does not go with a queue names the variable that it is from", async () => {
  const refused = async (...args: string[]) =>
    (await run([...SWEEP, "--workers", "2", ...args])).stderr;
  expect(await refused("--queue", NOBODY)).toBe(
    "lrn: --workers: is for lrn worker where there is a queue; leave it out\n",
  );
  vi.stubEnv("LRN_QUEUE", NOBODY);
  expect(await refused()).toBe(
    'lrn: --workers: is for lrn worker where there is a queue; leave it out (LRN_QUEUE gives the queue; --queue "" trains here)\n',
  );
});

it("a password that comes by the flag is said once to show, and how it does not", async () => {
  const { stderr } = await run(["worker", "--queue", "redis://:Secret7391@127.0.0.1:1"]);
  expect(stderr).toMatch(
    /^A password after --queue shows in .* variable LRN_QUEUE instead\.\nlrn: redis:\/\/:\*\*\*@127/,
  );
  vi.stubEnv("LRN_QUEUE", "redis://:Secret7391@127.0.0.1:1");
  expect((await run(["worker"])).stderr).toMatch(/^lrn: redis:\/\/:\*\*\*@127.*\n$/);
});

it("no word of a command line is told with its password", async () => {
  for (const word of ["redis://me:Sec'r et7391@h", "me:Secret7391@h", "redis:/me:Secret7391@h"]) {
    for (const args of [
      ["worker", word],
      ["worker", "--queue", word, "--queue", "x"],
      ["sweep", word],
      ["worker", `--queue=${word}`, "--quiet"],
    ]) {
      const { code, stderr } = await run([...args, "--engine", "reference"]);
      expect(code).toBeGreaterThan(0);
      expect(stderr).not.toMatch(/et7391/);
    }
  }
});
