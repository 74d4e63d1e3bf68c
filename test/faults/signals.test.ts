/** Hang-ups, SIGTERM and Ctrl-C; `script` gives a sweep a terminal, and takes it away when it is killed. */
import { spawn, spawnSync } from "node:child_process";
import { constants, open, readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { openStoreReadOnly } from "#lrn/store/store.js";
import { LRN, lrn, ROOT, shell, temporaryFolder } from "../cli/lrn.js";

/** More trainings than are done before a signal comes, in short batches. */
const MANY = [join(ROOT, "configs/thesis.json"), "--set", "grid.depth=[2]", "--seeds", "500"];
const ENDLESS = ["sweep", ...MANY];

/** Enough to be still at work when a signal comes, and soon done. */
const FEW = ["sweep", ...MANY.slice(0, -1), "150"];
const OF_FEW = 48 * 150;

let folder: string;
beforeEach(async () => {
  folder = join(await temporaryFolder(), "results");
});

async function until(ready: () => Promise<boolean>): Promise<void> {
  while (!(await ready().catch(() => false))) await setTimeout(20);
}

/** Until a process listens for signals. Node itself catches all but SIGHUP, which it hears of together with the others. */
async function listens(pid: number): Promise<void> {
  if (process.platform !== "linux") return setTimeout(2000);
  await until(async () => {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    const caught = BigInt(`0x${/^SigCgt:\s*(\S+)/m.exec(status)![1]}`);
    return (caught & 1n) !== 0n;
  });
}

/** A process's state, as R for running or ready to, S for asleep, and the processor time that it took, s. */
async function activity(pid: number): Promise<{ state: string; seconds: number }> {
  const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).replace(/^.*\) /s, "").split(" ");
  return { state: fields[0]!, seconds: (Number(fields[11]) + Number(fields[12])) / 100 };
}

/** Until a process that listens for signals only waits: what is ready to run is not asleep, however busy the machine. */
async function waits(pid: number): Promise<void> {
  await listens(pid);
  if (process.platform !== "linux") return;
  for (let asleep = 0; asleep < 5; await setTimeout(20)) {
    asleep = (await activity(pid)).state === "S" ? asleep + 1 : 0;
  }
}

/** Until a process that listens for signals has computed for half a second since. */
async function computes(pid: number): Promise<void> {
  await listens(pid);
  if (process.platform !== "linux") return;
  const { seconds } = await activity(pid);
  await until(async () => (await activity(pid)).seconds > seconds + 0.5);
}

/**
 * Sends a signal, and waits until the process has ended.
 *
 * @param promised how long the end may take, ms; on a machine that is too slow or busy to start a command in a quarter
 * of that, four times what it takes
 */
async function expectEnd(
  run: ReturnType<typeof lrn>,
  signal: NodeJS.Signals,
  promised: number,
): Promise<void> {
  const start = performance.now();
  run.child.kill(signal);
  expect(await run).toMatchObject({ code: 130, stdout: "" });
  const took = performance.now() - start;
  if (took < promised) return;
  const startOfAnother = performance.now();
  await lrn(["--version"]);
  expect(took).toBeLessThan(4 * (performance.now() - startOfAnother));
}

/** Until some trials are committed, so that there is something to lose. */
const atWork = () => until(async () => (await stat(join(folder, "trials.db-wal"))).size > 100_000);

const trialsInStore = () => {
  const store = openStoreReadOnly(join(folder, "trials.db"));
  const count = store.count();
  store.close();
  return count;
};

/** That a sweep ended as after Ctrl-C: what it trained is stored, and its files show all of that. */
async function expectFinishedEarly(): Promise<void> {
  const rows = (await readFile(join(folder, "trials.csv"), "utf8")).trimEnd().split("\n");
  expect(rows.length - 1).toBeGreaterThan(0);
  expect(rows.length - 1).toBe(trialsInStore());
  expect(JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")).end).not.toBeNull();
  expect(await readdir(folder)).not.toContain(".writer-journal");
}

describe.each([["SIGHUP"], ["SIGTERM"]] as const)("%s", (signal) => {
  it("lets a sweep finish and store the batches at work, and write its files", async () => {
    const run = lrn([...ENDLESS, "--out", folder]);
    await atWork();
    const before = trialsInStore();
    run.child.kill(signal);
    const { code, stderr } = await run;
    expect(stderr).toContain("Interrupted: the same command goes on where this one stopped.");
    expect(code).toBe(130);
    expect(trialsInStore()).toBeGreaterThan(before);
    await expectFinishedEarly();
  });

  it("ends a check with 130, and its temporary folder is gone", async () => {
    const temporary = await temporaryFolder();
    const env = { ...process.env, TMPDIR: temporary };
    const run = lrn(["check", ...MANY], { env });
    await until(async () => (await readdir(temporary)).length > 0);
    run.child.kill(signal);
    expect(await run).toMatchObject({ code: 130, stdout: "" });
    expect(await readdir(temporary)).toEqual([]);
  });
});

it.each([["SIGINT"], ["SIGTERM"]] as const)(
  "%s ends a bench with 130 within a batch",
  async (signal) => {
    const run = lrn(["bench", "--runs", "50"]);
    await new Promise((resolve) => run.child.stderr.once("data", resolve));
    await setTimeout(500);
    await expectEnd(run, signal, 5000);
  },
);

it("SIGINT ends a risk with 130 at once, in the middle of millions of networks", async () => {
  const run = lrn(["risk", "--seeds", "10000000"]);
  await computes(run.child.pid!);
  await expectEnd(run, "SIGINT", 500);
});

describe.skipIf(process.platform === "win32")("a FIFO from which nobody reads", () => {
  it.each(["closed", "opened"])(
    "and that is %s: a signal ends the writing at once",
    async (how) => {
      const results = join(await temporaryFolder(), "results");
      const fifo = join(await temporaryFolder(), "fifo");
      expect(await lrn(["sweep", ...MANY.slice(0, -1), "20", "--out", results])).toMatchObject({
        code: 0,
      });
      spawnSync("mkfifo", [fifo]);
      const reader =
        how === "opened" && (await open(fifo, constants.O_RDWR | constants.O_NONBLOCK));
      for (const signal of ["SIGINT", "SIGTERM"] as const) {
        const run = lrn(["export", results, "--out", fifo]);
        await waits(run.child.pid!);
        await expectEnd(run, signal, 1000);
      }
      if (reader) await reader.close();
    },
  );
});

it("two hang-ups, which the system and a shell may each send, are one", async () => {
  const run = lrn([...ENDLESS, "--out", folder]);
  await atWork();
  run.child.kill("SIGHUP");
  await setTimeout(50);
  run.child.kill("SIGHUP");
  expect((await run).code).toBe(130);
  await expectFinishedEarly();
});

const hasNohup = process.platform !== "win32" && spawnSync("nohup", ["true"]).status === 0;

it.skipIf(!hasNohup)(
  "a hang-up is nothing to a sweep under nohup (needs nohup, bash)",
  async () => {
    const line = `nohup "${process.execPath}" "${LRN}" ${FEW.join(" ")} --out "${folder}"`;
    const run = shell(`${line} & echo $!; wait $!`);
    const pid = await new Promise<number>((resolve) =>
      run.child.stdout.once("data", (text) => resolve(Number.parseInt(text, 10))),
    );
    await atWork();
    process.kill(pid, "SIGHUP");
    expect(await run).toMatchObject({ code: 0 });
    expect(trialsInStore()).toBe(OF_FEW);
  },
);

const hasScript = spawnSync("script", ["-qec", "true", "/dev/null"]).status === 0;

describe.skipIf(!hasScript)("on a terminal (needs util-linux's script)", () => {
  const quote = (words: readonly string[]) => words.map((word) => `'${word}'`).join(" ");

  /** @param prefix shell words before `lrn`, as "nohup" */
  function onTerminal(prefix: string, args: readonly string[]) {
    const line = `${prefix} ${quote([process.execPath, LRN, ...args, "--out", folder])}`;
    const pidFile = `${folder}.pid`;
    const command = `echo $$ > '${pidFile}'; exec ${line}`;
    const terminal = spawn("script", ["-qec", command, "/dev/null"], {
      cwd: dirname(folder), // where nohup leaves its nohup.out
      env: { ...process.env, TERM: "xterm", CI: "" }, // as where somebody sits and looks on
    });
    let shown = "";
    terminal.stdout.setEncoding("utf8").on("data", (text) => {
      shown += text;
    });
    const closed = new Promise((resolve) => terminal.on("close", resolve));
    const ended = async () => {
      const pid = (await readFile(pidFile, "utf8")).trim();
      await until(async () => {
        const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", pid], { encoding: "utf8" });
        return stdout === "" || stdout.startsWith("Z"); // nobody may have asked how it ended
      });
    };
    return { terminal, closed, ended, shown: () => shown };
  }

  it("that is closed, a sweep finishes and stores the batches at work", async () => {
    const { terminal, ended } = onTerminal("", ENDLESS);
    await atWork();
    terminal.kill("SIGKILL");
    await ended();
    await expectFinishedEarly();
  });

  it.skipIf(!hasNohup)("that is closed, a sweep under nohup goes on to its end", async () => {
    const { terminal, ended } = onTerminal("nohup", FEW);
    await atWork();
    terminal.kill("SIGKILL");
    await ended();
    await expectFinishedEarly();
    expect(trialsInStore()).toBe(OF_FEW);
  });

  it("a second Ctrl-C ends at once, and nothing of the bar is left", async () => {
    const { terminal, closed, shown } = onTerminal("", ENDLESS);
    await atWork();
    await until(async () => shown().includes(" left")); // the bar is there
    terminal.stdin.write("\u0003");
    // Before the first is heard, a second would be the same signal: the system keeps one that waits.
    await until(async () => shown().includes("Finishing the batches"));
    terminal.stdin.write("\u0003");
    await closed;
    expect(shown()).toContain("Finishing the batches at work; Ctrl-C again ends at once.");
    expect(shown()).not.toContain("Interrupted");
    expect(shown()).not.toContain("\u001b[?"); // no mode of the terminal was changed
    expect(shown().lastIndexOf("\r\u001b[K")).toBeGreaterThan(shown().lastIndexOf(" left"));
  });
});
