/** Standard output that is full, that nobody reads to its end, or that is read slowly. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { closeSync, createWriteStream, existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { beforeAll, describe, expect, it } from "vitest";
import { LRN, lrn, ROOT, run, runOnto, temporaryFolder } from "../cli/lrn.js";

let results: string;
let parent: string;
beforeAll(async () => {
  parent = await temporaryFolder();
  results = join(parent, "results");
  const flags = ["--set", "epochs=1", "--seeds", "4", "--out", results];
  const finished = await run(["sweep", "configs/thesis.json", ...flags]); // 1,344 trials
  expect(finished.code, finished.stderr).toBe(0);
});

const TIMES = Array.from({ length: 15 }, (_, i) => `(${i})`).join();
const ALL = `SELECT a.* FROM trials a, (VALUES ${TIMES})`; // 4 MB of CSV

/** More than a pipe holds. */
const MANY = "SELECT * FROM trials";

/** One for each way to write: a line, a long text, bytes. In processes; the others in this one. */
const inProcesses = (): [string, ...string[]][] => [
  ["schema"],
  ["export", results],
  ["export", results, "--format", "parquet", "--out", "-"],
];

/** Each prints more than a pipe holds, or little. */
const commands = (): [string, ...string[]][] => [
  ["--help"],
  ["--version"],
  ["completion"],
  ["schema"],
  ["sweep", "--help"],
  ["doctor"],
  ["plan", "configs/thesis.json"],
  ["plan", "configs/thesis.json", "--json"],
  ["trial", "--epochs", "5", "--json"],
  ["figure", "list"],
  ["figure", "list", "--json"],
  ["query", results, MANY],
  ["query", results, MANY, "--csv"],
  ["query", results, MANY, "--json"],
  ["export", results],
  ["export", results, "--format", "json"],
  ["export", results, "--format", "markdown"],
  ["export", results, "--format", "markdown", "--what", "trials"],
  ["export", results, "--format", "latex"],
  ["export", results, "--format", "latex", "--what", "trials"],
  ["export", results, "--format", "parquet", "--out", "-"],
];

describe.skipIf(!existsSync("/dev/full"))("a full device (needs /dev/full)", () => {
  const onto = (args: readonly string[]) => {
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, [LRN, ...args], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", full, "pipe"],
    });
    closeSync(full);
    return { status, stderr };
  };
  const LINE =
    "lrn: standard output could not be written whole (ENOSPC); " +
    "free some space or send it elsewhere, and run the same command again\n";

  it("ends every command with 1 and one line", async () => {
    for (const args of commands()) {
      const finished = await runOnto(createWriteStream("/dev/full"), args);
      expect({ args, ...finished }).toEqual({ args, code: 1, stderr: LINE });
    }
    for (const args of inProcesses()) {
      expect({ args, ...onto(args) }).toEqual({ args, status: 1, stderr: LINE });
    }
  });

  it("ends a sweep with 1 and that line below its own, its files written", () => {
    const flags = ["--set", "epochs=1", "--seeds", "4", "--out", results];
    const { status, stderr } = onto(["sweep", "configs/thesis.json", ...flags]);
    expect(stderr).toContain("1,344 were there already");
    expect(stderr.endsWith(LINE)).toBe(true);
    expect(status).toBe(1);
  });

  it("as stderr keeps no command from ending as it would", () => {
    const full = openSync("/dev/full", "w");
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [LRN, ...args], { cwd: ROOT, stdio: ["ignore", "ignore", full] });
    expect(run("nonsense").status).toBe(2);
    expect(run("figure", "1.1", "--out", join(parent, "figures")).status).toBe(0);
    closeSync(full);
  });
});

describe("a reader that has gone", () => {
  it("is no error for any command", async () => {
    for (const args of commands()) {
      const finished = await runOnto(brokenPipe(), args);
      expect({ args, ...finished }).toEqual({ args, code: 0, stderr: "" });
    }
    for (const args of inProcesses()) {
      const run = lrn(args);
      run.child.stdout.destroy(); // closes the pipe before anything is written
      const { code, stderr } = await run;
      expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: "" });
    }
  });

  function brokenPipe(): Writable {
    const broken = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
    return new Writable({ write: (_part, _encoding, done) => done(broken) });
  }

  it.each([
    ["query", ALL],
    ["query", ALL, "--csv"],
    ["export", "--format", "json"],
  ])("after its first line is none either (%s %s %s)", (command, ...flags) => {
    const quoted = [LRN, command, results, ...flags].map((word) => `'${word}'`).join(" ");
    const shell = `{ '${process.execPath}' ${quoted}; echo "code $?" >&2; } | head -n 1`;
    const { stdout, stderr } = spawnSync("sh", ["-c", shell], { cwd: ROOT, encoding: "utf8" });
    expect(stdout.split("\n")).toHaveLength(2);
    expect(stderr).toBe("code 0\n");
  });

  it("ends an endless query", () => {
    const sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";
    const shell = `'${process.execPath}' '${LRN}' query '${results}' '${sql}' --csv | head -n 3`;
    const options = { cwd: ROOT, encoding: "utf8", timeout: 30_000 } as const;
    expect(spawnSync("sh", ["-c", shell], options).stdout).toBe("i\n1\n2\n");
  });
});

describe("a slow reader", () => {
  const PYTHON = "python3";
  const hasPython = spawnSync(PYTHON, ["--version"]).status === 0;

  /** Reads a pipe that does not block its writer, a little at a time. */
  const SLOWLY = `
import os, subprocess, sys, time
r, w = os.pipe()
os.set_blocking(w, False)
child = subprocess.Popen(sys.argv[1:], stdout=w)
os.close(w)
size = 0
while True:
    part = os.read(r, 300_000)
    if not part: break
    size += len(part)
    time.sleep(0.01)
print(size, child.wait())`;

  it.skipIf(!hasPython)(
    "gets all of it, also from a pipe that does not block (needs python3)",
    () => {
      const args = ["query", results, ALL, "--csv"];
      const options = { cwd: ROOT, encoding: "utf8", maxBuffer: 2 ** 28 } as const;
      const whole = execFileSync(process.execPath, [LRN, ...args], options);
      const slow = spawnSync(PYTHON, ["-c", SLOWLY, process.execPath, LRN, ...args], options);
      expect(slow.stderr).toBe("");
      expect(slow.stdout).toBe(`${Buffer.byteLength(whole)} 0\n`);
      expect(Buffer.byteLength(whole)).toBeGreaterThan(3_000_000);
    },
  );

  it("holds the command up instead of filling its memory", async () => {
    const child = spawn(process.execPath, [LRN, "query", results, ALL, "--json"], { cwd: ROOT });
    await new Promise((resolve) => setTimeout(resolve, 2500)); // nothing is read meanwhile
    expect(child.exitCode).toBeNull();
    child.stdout.resume();
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(0);
  });
});
