/** What a command makes of the streams and signals that it is given. */
import { Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openConsole } from "#lrn/cli/console.js";
import { runOn } from "#lrn/cli/entry.js";
import { type Interrupts, UNINTERRUPTED } from "#lrn/cli/interrupts.js";
import { temporaryFolder } from "./lrn.js";

/** A stream that keeps its text, as a terminal of a width or as a pipe. */
function stream(columns?: number) {
  let text = "";
  const kept = new Writable({
    write(part, _encoding, done) {
      text += part;
      done();
    },
  });
  const terminal = columns === undefined ? {} : { isTTY: true, columns };
  return Object.assign(kept, terminal, { text: () => text });
}

const ESCAPE = "\u001b";

beforeEach(() => {
  for (const name of ["NO_COLOR", "FORCE_COLOR"]) vi.stubEnv(name, undefined);
  vi.stubEnv("TERM", "xterm-256color");
  vi.stubEnv("CI", undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("colour", () => {
  const coloured = () => {
    const { console } = openConsole({ stdout: stream(80), stderr: stream() }, UNINTERRUPTED);
    return [console.stdout, console.stderr].map(({ colours }) =>
      colours.red("x").startsWith(ESCAPE),
    );
  };

  it("is each stream's own, by whether it is a terminal", () => {
    expect(coloured()).toEqual([true, false]);
  });

  it.each([
    [{ NO_COLOR: "1" }, [false, false]],
    [{ FORCE_COLOR: "1" }, [true, true]],
    [{ FORCE_COLOR: "0" }, [false, false]],
    [{ FORCE_COLOR: "false" }, [false, false]],
    [{ FORCE_COLOR: "true" }, [true, true]],
    [{ FORCE_COLOR: "" }, [true, false]],
    [{ NO_COLOR: "1", FORCE_COLOR: "1" }, [false, false]],
    [{ TERM: "dumb" }, [false, false]],
  ])("follows the environment at the time of the call, %j", (environment, expected) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    expect(coloured()).toEqual(expected);
  });

  it.each([["trial", "--epochs", "5"], ["doctor"], ["sweep", "configs/smoke.json"]])(
    "reaches a terminal from lrn %s",
    async (...args) => {
      const out =
        args[0] === "sweep" ? ["--set", "epochs=1", "--out", await temporaryFolder()] : [];
      const stdout = stream(80);
      const code = await runOn({ stdout, stderr: stream() }, UNINTERRUPTED, [...args, ...out]);
      expect({ code, coloured: stdout.text().includes(`${ESCAPE}[`) }).toEqual({
        code: 0,
        coloured: true,
      });
    },
  );
});

it("a figure's tables stand side by side where the terminal is wide enough", async () => {
  const out = await temporaryFolder();
  const widest = async (columns: number) => {
    const stdout = stream(columns);
    await runOn({ stdout, stderr: stream() }, UNINTERRUPTED, [
      ...["figure", "4.9", "--seeds", "1"],
      ...["--out", out],
    ]);
    const rows = stdout
      .text()
      .split("\n")
      .filter((line) => line.includes("│"));
    return Math.max(...rows.map((row) => row.length));
  };
  expect(await widest(60)).toBeLessThan(await widest(300));
});

it("the bar of progress is drawn where stderr is a terminal, and taken away again", async () => {
  const args = ["sweep", "configs/smoke.json", "--set", "epochs=50", "--out"];
  const stderr = stream(80);
  const streams = { stdout: stream(), stderr };
  expect(await runOn(streams, UNINTERRUPTED, [...args, await temporaryFolder()])).toBe(0);
  expect(stderr.text()).toMatch(/\d+\/320 trials/);
  const cleared = stderr.text().lastIndexOf(`\r${ESCAPE}[K`);
  expect(cleared).toBeGreaterThan(stderr.text().lastIndexOf("/320 trials"));
});

it.each([[{ TERM: "dumb" }], [{ CI: "true" }]])(
  "no code moves the cursor under %j",
  async (environment) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    vi.stubEnv("NO_COLOR", "1");
    const [stdout, stderr] = [stream(80), stream(80)];
    const args = ["sweep", "configs/smoke.json", "--set", "epochs=50", "--out"];
    const folder = await temporaryFolder();
    expect(await runOn({ stdout, stderr }, UNINTERRUPTED, [...args, folder])).toBe(0);
    expect(stderr.text()).toContain("320 trials trained");
    expect(stdout.text() + stderr.text()).not.toContain(ESCAPE);
  },
);

it("work that is interrupted ends with 130, and the same command goes on", async () => {
  const folder = await temporaryFolder();
  const interrupted: Interrupts = {
    ...UNINTERRUPTED,
    finishing(onFirst, work) {
      const controller = new AbortController();
      controller.abort();
      onFirst();
      return work(controller.signal);
    },
  };
  const args = ["sweep", "configs/smoke.json", "--set", "epochs=1", "--out", folder];
  const stderr = stream();
  expect(await runOn({ stdout: stream(), stderr }, interrupted, args)).toBe(130);
  expect(stderr.text()).toMatch(/^\nFinishing the batches at work; Ctrl-C again ends at once\.\n/);
  expect(stderr.text()).toMatch(
    /Interrupted: the same command goes on where this one stopped\.\n$/,
  );
  expect(await runOn({ stdout: stream(), stderr: stream() }, UNINTERRUPTED, args)).toBe(0);
});
