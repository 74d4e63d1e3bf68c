import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { copyFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LRN, lrn, ROOT, temporaryFolder } from "../cli/lrn.js";

const SMALL = ["configs/thesis.json", "--set", "epochs=5", "--set", "grid.depth=[2]"];
const SWEEP = [...SMALL, "--seeds", "2"];

/** What each command that reads gives of a results folder. */
async function readings(folder: string, run: typeof lrn = lrn) {
  const commands = [
    ["query", folder, "SELECT count(*) AS n, sum(dead_neurons) AS dead FROM trials", "--csv"],
    ["export", folder],
    ["export", folder, "--format", "markdown"],
    ["plan", ...SWEEP, "--out", folder, "--json"],
    ["check", "--results", folder, "--sample", "5", "--reporter", "json"],
  ];
  const outputs: string[] = [];
  for (const command of commands) {
    const { code, stdout, stderr } = await run(command);
    expect({ code, stderr }, command.join(" ")).toEqual({ code: 0, stderr: "" });
    outputs.push(stdout.replaceAll(folder, "FOLDER"));
  }
  return outputs;
}

/** A results folder of a sweep that was killed at work: changes are still in the log. */
async function killedSweep(folder: string): Promise<void> {
  const run = lrn(["sweep", "configs/thesis.json", "--seeds", "2000", "--out", folder, "--quiet"]);
  const someBatches = 200_000; // bytes
  while (
    ((await stat(join(folder, "trials.db-wal")).catch(() => undefined))?.size ?? 0) < someBatches
  ) {
    await setTimeout(20);
  }
  run.child.kill("SIGKILL");
  await run;
}

const mountPoint = await temporaryFolder();
const mount = (options: string) =>
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", mountPoint], { stdio: "ignore" });

function canMount(): boolean {
  try {
    mount("size=64m");
    return true;
  } catch {
    return false;
  }
}

const mounted = canMount();
afterAll(() => {
  if (mounted) execFileSync("umount", [mountPoint]);
});

describe.skipIf(!mounted)("on a read-only mount (needs to mount a tmpfs)", () => {
  const finished = join(mountPoint, "finished");
  const killed = join(mountPoint, "killed");
  const bare = join(mountPoint, "bare");
  const figures = join(mountPoint, "figures");
  let expected: string[];
  let done: number;

  beforeAll(async () => {
    expect((await lrn(["sweep", ...SWEEP, "--out", finished])).code).toBe(0);
    expected = await readings(finished);
    await killedSweep(killed);
    mkdirSync(bare);
    for (const name of ["sweep.json", "manifest.json", "trials.db", "trials.db-wal"]) {
      await copyFile(join(killed, name), join(bare, name));
    }
    const copy = await temporaryFolder();
    for (const name of readdirSync(killed)) await copyFile(join(killed, name), join(copy, name));
    done = await count(copy);
    expect((await lrn(["figure", "4.9", "--out", figures])).code).toBe(0);
    for (const name of readdirSync(figures)) {
      if (name.startsWith("4.9")) rmSync(join(figures, name));
    }
    mount("remount,ro");
  });

  const count = async (folder: string) => {
    const { code, stdout, stderr } = await lrn([
      ...["query", folder, "SELECT count(*) AS n FROM trials", "--csv"],
    ]);
    expect(code, stderr).toBe(0);
    return Number(stdout.split("\n")[1]);
  };

  it("reads what a writable one gives, and leaves nothing behind", async () => {
    const before = readdirSync(finished);
    expect(await readings(finished)).toEqual(expected);
    expect(readdirSync(finished)).toEqual(before);
  });

  it("reads what a killed sweep left in its log", async () => {
    expect(done).toBeGreaterThan(0);
    expect(await count(killed)).toBe(done);
  });

  it("says that a log cannot be read without its index", async () => {
    const { code, stderr } = await lrn(["query", bare, "SELECT 1"]);
    expect(stderr).toMatch(
      /trials\.db: has changes in trials\.db-wal .*; copy the folder to where/,
    );
    expect(code).toBe(2);
  });

  it("shows figures from the trials that are there, and saves no picture", async () => {
    const { code, stdout, stderr } = await lrn(["figure", "4.9", "--out", figures]);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("Total │ late-residual");
    expect(stderr).toContain(`${figures} cannot be written, so pictures are not saved`);
    expect(stderr).toContain("Figure 4.9: shown");
    expect(stderr).toContain("0 trials trained");
    expect(readdirSync(figures)).not.toContain("4.9.svg");
  });

  it("refuses to sweep into it with a message", async () => {
    const { code, stderr } = await lrn(["sweep", ...SWEEP, "--out", finished]);
    expect(stderr).toContain("cannot be written (EROFS)");
    expect(code).toBe(2);
  });
});

const isRoot = process.getuid?.() === 0;

describe.skipIf(!isRoot)("in another user's folder (needs root, to be another user)", () => {
  const asNobody: typeof lrn = (args, options) =>
    lrn(args, { ...options, uid: 65534, gid: 65534, cwd: ROOT });
  const canReadUs = () => {
    try {
      execFileSync(process.execPath, [LRN, "--version"], { uid: 65534, gid: 65534 });
      return true;
    } catch {
      return false;
    }
  };

  it.skipIf(!canReadUs())(
    "reads what its owner reads (needs a checkout that all can read)",
    async () => {
      const folder = await temporaryFolder();
      chmodSync(folder, 0o755);
      expect((await lrn(["sweep", ...SWEEP, "--out", folder])).code).toBe(0);
      expect(await readings(folder, asNobody)).toEqual(await readings(folder));
    },
  );

  it.skipIf(!canReadUs())(
    "names a store that it may not read (needs a checkout that all can read)",
    async () => {
      const folder = await temporaryFolder();
      chmodSync(folder, 0o755);
      expect((await lrn(["sweep", ...SWEEP, "--out", folder])).code).toBe(0);
      chmodSync(join(folder, "trials.db"), 0o600);
      for (const command of [
        ["query", folder, "SELECT 1"],
        ["export", folder],
      ]) {
        const { code, stderr } = await asNobody(command);
        expect(stderr).toMatch(/^lrn: .*trials\.db: cannot be (read|opened) \(EACCES\)/);
        expect(code).toBe(2);
      }
    },
  );
});
