/** What is on the screen of a terminal at a sweep; tmux is one that says. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LRN, ROOT, temporaryFolder } from "./lrn.js";

const tmux = (...args: string[]) => spawnSync("tmux", args, { cwd: ROOT, encoding: "utf8" });
const hasTmux = tmux("-V").status === 0;

describe.skipIf(!hasTmux)("on a screen of 60 columns (needs tmux)", () => {
  let session: string;
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    session = `lrn-${process.pid}-${folder.slice(-6)}`;
    tmux("-f", "/dev/null", "new-session", "-d", "-s", session, "-x", "60", "-y", "24", "sh");
    tmux("send-keys", "-t", session, "unset CI; PS1='$ '; clear", "Enter");
  });
  afterEach(() => tmux("kill-session", "-t", session));

  const lines = () => tmux("capture-pane", "-p", "-t", session).stdout.trimEnd().split("\n");
  const modes = () =>
    tmux("display", "-p", "-t", session, "#{cursor_flag} #{wrap_flag}").stdout.trim();
  const press = (...keys: string[]) => tmux("send-keys", "-t", session, ...keys);

  async function until(what: (line: string) => boolean) {
    const start = performance.now();
    while (!lines().some(what)) {
      if (performance.now() - start > 30_000) throw new Error(`never: ${lines().join("\n")}`);
      await setTimeout(50);
    }
  }

  /** One that trains for a minute or more, and leaves a core to other tests. */
  async function begin(prefix = "") {
    const sweep = `sweep configs/thesis.json --seeds 3000 --workers 1 --out ${join(folder, "out")}`;
    press(`clear; ${prefix} '${process.execPath}' '${LRN}' ${sweep}`, "Enter");
  }

  it("a second Ctrl-C leaves the cursor shown, lines wrapping, and nothing of the bar", async () => {
    await begin();
    await until((line) => / trials, .* left$/.test(line) && line.length <= 57);
    press("C-c");
    await until((line) => line.startsWith("Finishing the batches at work; Ctrl-C again ends at"));
    press("C-c");
    await until((line) => line.endsWith("$"));
    expect(lines().join("\n")).not.toMatch(/[█░]| left/);
    expect(modes()).toBe("1 1");
  });

  it.each(["TERM", "QUIT", "KILL"])("so does SIG%s in the middle", async (signal) => {
    await begin(`sh -c 'echo $$ > ${join(folder, "pid")}; exec "$@"' sh`);
    await until((line) => / left$/.test(line));
    spawnSync("sh", ["-c", `kill -s ${signal} $(cat '${join(folder, "pid")}')`]);
    if (signal === "TERM") spawnSync("sh", ["-c", `kill -s TERM $(cat '${join(folder, "pid")}')`]);
    await until((line) => line.endsWith("$"));
    expect(modes()).toBe("1 1");
  });
});
