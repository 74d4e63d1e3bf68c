import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { lrn, ROOT, run, temporaryFolder, unbroken } from "./lrn.js";

const SWEEP = [
  ...[
    "check",
    "configs/thesis.json",
    "--workers",
    "1",
    "--set",
    "epochs=60",
    "--set",
    "convergence.rmse=0.25",
  ],
  ...["--set", "grid.depth=[2,5]", "--set", "grid.width=[2]"],
  ...["--set", "grid.learningRate=[0.1,0.01]", "--seeds", "3"],
];

let baseline: string;
let written: string;
beforeAll(async () => {
  baseline = join(await temporaryFolder(), "new", "thesis.json");
  const finished = await run([...SWEEP, "--baseline", baseline, "--update"]);
  expect(finished).toMatchObject({ code: 0, stdout: "" });
  expect(finished.stderr).toContain(`32 cells written to ${baseline}`);
  written = await readFile(baseline, "utf8");
});

afterEach(() => {
  vi.unstubAllEnvs();
});

const check = (...args: string[]) => run([...SWEEP, "--baseline", baseline, ...args]);

/** A baseline of the same sweep with the given change to its text. */
async function changed(change: (text: string) => string): Promise<string> {
  const file = join(await temporaryFolder(), "thesis.json");
  const text = change(written);
  expect(text).not.toBe(written);
  await writeFile(file, text);
  return file;
}

const oneMore = (text: string) =>
  text.replace(
    /"converged": (\d+), "deadNeurons": (\d+)/,
    (_, converged, dead) => `"converged": ${converged}, "deadNeurons": ${Number(dead) + 1}`,
  );

it("passes with the engine that made the baseline, and with the other of the same numerics", async () => {
  for (const engine of ["fused", "reference"]) {
    const { code, stdout } = await check("--engine", engine);
    expect(stdout).toContain("thesis: 32 of 32 cells are as in");
    expect(code).toBe(0);
  }
});

it("leaves a baseline alone that has the same counts, whoever made it", async () => {
  const file = await changed((text) => text.replace(/"commit": [^ ]+/, '"commit": "abc"'));
  const before = await readFile(file, "utf8");
  const finished = await run([...SWEEP, "--baseline", file, "--update"]);
  expect(finished).toMatchObject({ code: 0 });
  expect(finished.stderr).toContain("has the same counts already");
  expect(await readFile(file, "utf8")).toBe(before);
});

it("writes over a baseline that moved, or is none, with --update", async () => {
  for (const change of [oneMore, () => "<<<<<<< HEAD"]) {
    const file = await changed(change);
    expect(await run([...SWEEP, "--baseline", file, "--update"])).toMatchObject({ code: 0 });
    expect(await readFile(file, "utf8")).toBe(written);
  }
});

describe("a cell that moved", () => {
  it("ends with 1, on every reporter", async () => {
    const file = await changed(oneMore);
    for (const [reporter, expected] of [
      [
        "console",
        /^thesis: 1 of 32 cells is not as in\s.*\n[\s\S]*\n {2}moved: trials \d+[\s\S]*\(−1\)/,
      ],
      ["json", /^\{\n {2}"passed": false/],
      ["junit", /^<\?xml[\s\S]*tests="32" failures="1"/],
      ["github", /\n::error file=configs\/thesis\.json,title=depth/],
    ] as const) {
      vi.stubEnv("GITHUB_STEP_SUMMARY", "");
      const finished = await run([...SWEEP, "--baseline", file, "--reporter", reporter]);
      expect(finished).toMatchObject({ code: 1, stderr: "" });
      expect(finished.stdout).toMatch(expected);
    }
  });

  it("is appended to GitHub's step summary", async () => {
    const summary = join(await temporaryFolder(), "summary.md");
    await writeFile(summary, "# Before\n");
    vi.stubEnv("GITHUB_STEP_SUMMARY", summary);
    const file = await changed(oneMore);
    await run([...SWEEP, "--baseline", file, "--reporter", "github"]);
    expect(await readFile(summary, "utf8")).toMatch(/^# Before\n### ❌ thesis: 1 of 32 cells/);
  });

  it.skipIf(!existsSync("/dev/full"))(
    "ends with 1 where the summary's disk is full, with 2 where it is no file (needs /dev/full)",
    async () => {
      const summary = async (path: string) => {
        vi.stubEnv("GITHUB_STEP_SUMMARY", path);
        return run([...SWEEP, "--baseline", baseline, "--reporter", "github"]);
      };
      const full = await summary("/dev/full");
      expect(full.stderr).toMatch(
        /^lrn: GITHUB_STEP_SUMMARY: \/dev\/full could not be written whole \(ENOSPC\)/,
      );
      expect(full.code).toBe(1);
      const folder = await summary("/dev");
      expect(folder.stderr).toMatch(
        /^lrn: GITHUB_STEP_SUMMARY: \/dev cannot be written \(EISDIR\)/,
      );
      expect(folder.code).toBe(2);
    },
  );

  it("in its dead neurons alone passes a statistical check", async () => {
    const file = await changed(oneMore);
    const finished = await run([...SWEEP, "--baseline", file, "--tolerance", "statistical"]);
    expect(finished.code).toBe(0);
    expect(unbroken(finished.stdout)).toContain(
      "not compared: dead neurons, dead layers, numerics",
    );
  });
});

describe("a statistical check", () => {
  const UNSEEDED = SWEEP.slice(0, -2);
  const THREE = ["--seeds", "3"];
  const statistically = async (args: string[], file = baseline) => {
    const flags = ["--baseline", file, "--tolerance", "statistical", "--reporter", "json"];
    const { stdout, stderr } = await run([...UNSEEDED, ...flags, ...args]);
    expect(stderr).toBe("");
    return JSON.parse(stdout);
  };

  it("trains as many seeds as are asked for, of those that the baseline does not have", async () => {
    expect((await statistically(THREE)).seeds).toEqual([[3, 5]]);
    const more = await statistically(["--seeds", "5"]);
    expect(more.seeds).toEqual([[3, 7]]);
    expect(more.comparison.cells[0].now.trials).toBe(5);
    expect((await statistically(["--set", "seeds=[1,9,4]"])).seeds).toEqual([
      [3, 4],
      [9, 9],
    ]);
    const { stdout } = await check("--tolerance", "statistical");
    expect(unbroken(stdout)).toContain(
      "Trained with seeds 3 to 5, which the baseline does not have",
    );
  });

  it("counts what those seeds give, and an exact one what the baseline's give", async () => {
    const grid = ["--set", "grid.depth=[2]", "--set", 'grid.connection=["plain"]'];
    const out = await temporaryFolder();
    const sweep = UNSEEDED.slice(1);
    await run(["sweep", ...sweep, ...grid, "--set", "seeds=[3,4,5]", "--out", out]);
    const sql = "SELECT optimizer, learning_rate, training_style, converged FROM cells";
    const rows = JSON.parse((await run(["query", out, sql, "--json"])).stdout);
    const report = await statistically([...THREE, ...grid]);
    const now = report.comparison.cells.filter((cell: { now: unknown }) => cell.now);
    const name = (...values: unknown[]) => values.join();
    expect(
      now
        .map(({ axes, now }: Record<string, Record<string, unknown>>) =>
          name(axes.optimizer, axes.learningRate, axes.trainingStyle, now.converged),
        )
        .toSorted(),
    ).toEqual(rows.map((row: Record<string, unknown>) => name(...Object.values(row))).toSorted());
    const exact = await check("--reporter", "json");
    expect(JSON.parse(exact.stdout)).toMatchObject({ passed: true, seeds: [[0, 2]] });
  });

  it("keeps a baseline of cells that end once their rate is known, and finds it again", async () => {
    const file = join(await temporaryFolder(), "known.json");
    const known = ["--set", 'seeds={"untilWidth":0.9,"atMost":20}', "--baseline", file];
    expect((await run([...UNSEEDED, ...known, "--update"])).code).toBe(0);
    const { seeds, cells } = JSON.parse(await readFile(file, "utf8"));
    expect(seeds).toEqual({ untilWidth: 0.9, atMost: 20 });
    expect(cells.every(({ trials }: { trials: number }) => trials === 8)).toBe(true);
    expect((await run([...UNSEEDED, ...known])).code).toBe(0);
    expect((await run([...UNSEEDED, ...known, "--seeds", "8"])).code).toBe(1); // other seeds are asked for
  });

  it("goes on behind the seeds of a baseline that was trained until enough converged", async () => {
    const file = join(await temporaryFolder(), "until.json");
    const until = ["--set", 'seeds={"untilConverged":1,"atMost":4}'];
    expect((await run([...UNSEEDED, ...until, "--baseline", file, "--update"])).code).toBe(0);
    const { cells } = JSON.parse(await readFile(file, "utf8"));
    const most = Math.max(...cells.map(({ trials }: { trials: number }) => trials));
    const report = await statistically(until, file);
    expect(report.seeds).toEqual([[most, most + 3]]);
    const now: { trials: number }[] = report.comparison.cells.map(
      (cell: { now: unknown }) => cell.now,
    );
    expect(now.every(({ trials }) => trials >= 1 && trials <= 4)).toBe(true);
    expect(now.some(({ trials }) => trials < 4)).toBe(true);
  });
});

it("compares statistically what another arithmetic made", async () => {
  const file = await changed((text) => text.replace("float32/1", "float32/0"));
  const finished = await run([...SWEEP, "--baseline", file]);
  expect(finished.stdout).toContain("Fisher's exact test");
  expect(finished.code).toBe(0);
  const exact = await run([...SWEEP, "--baseline", file, "--tolerance", "exact"]);
  expect(exact.stdout).toContain('Other numerics: "float32/0" in the baseline, "float32/1" now');
  expect(exact.code).toBe(1);
});

it("names another experiment, and cells that appeared or vanished", async () => {
  const { code, stdout } = await check("--set", "epochs=61", "--set", "grid.depth=[2,10]");
  expect(code).toBe(1);
  expect(stdout).toContain("Other epochs: 60 in the baseline, 61 now");
  expect(stdout.match(/ appeared/g)).toHaveLength(16);
  expect(stdout.match(/ vanished/g)).toHaveLength(16);
});

describe("a bad baseline ends with exit code 2, a message, no stack trace and nothing trained", () => {
  it.each<[string, (text: string) => string, string]>([
    [
      "no JSON",
      (text) => text.replace('"cells"', "<<<<<<< HEAD\n"),
      "line 9, column 3: must be JSON",
    ],
    ["another file", () => '{ "name": "thesis", "version": 1 }', "cells: is missing"],
    ["a list", () => "[]", "must be a baseline"],
    ["null", () => "null", "must be a baseline"],
    [
      "a negative count",
      (text) => text.replace(/"converged": \d+/, '"converged": -1'),
      "cells[0].converged: must be a whole number from 0 to 10,000,000, got -1",
    ],
    [
      "more converged than trained",
      (text) => text.replace(/"converged": \d+/, '"converged": 4'),
      "cells[0].converged: must be at most the cell's trials, got 4",
    ],
    [
      "a cell twice",
      (text) => text.replace(/( {4}\{.*\},\n)/, "$1$1"),
      "cells[1]: must be a cell of its own, got depth 2, width 2, plain, adam",
    ],
    [
      "a newer format",
      (text) => text.replace('"format": 1', '"format": 2'),
      "format: must be at most 1, got 2; a newer version of lrn wrote it",
    ],
  ])("%s", async (_name, change, message) => {
    const file = await changed(change);
    const { code, stdout, stderr } = await run([...SWEEP, "--baseline", file]);
    expect(stderr).toContain(`${file}: `);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  it("none", async () => {
    const finished = await run([...SWEEP, "--set", "name=other"]);
    expect(finished).toMatchObject({ code: 2, stdout: "" });
    expect(finished.stderr).toContain(
      "configs/baselines/other.json: there is no such baseline; write it with --update",
    );
  });
});

describe("the temporary folder", () => {
  it("is gone afterwards, also after Ctrl-C", async () => {
    const temporary = await temporaryFolder();
    vi.stubEnv("TMPDIR", temporary); // a process that is started gets it too
    vi.stubEnv("NODE_DISABLE_COMPILE_CACHE", "1"); // from Node 22 on, that would be there too
    expect(await run([...SWEEP, "--baseline", baseline])).toMatchObject({ code: 0 });
    expect(await readdir(temporary)).toEqual([]);

    const long = lrn([
      ...SWEEP,
      "--baseline",
      baseline,
      "--set",
      "seeds=2000",
      "--set",
      "epochs=3000",
    ]);
    while ((await readdir(temporary)).length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    long.child.kill("SIGINT");
    expect(await long).toMatchObject({ code: 130 });
    expect(await readdir(temporary)).toEqual([]);
  });
});

it("has a baseline of the thesis's sweep, cell for cell", async () => {
  const { cells, ...rest } = JSON.parse(
    await readFile(join(ROOT, "configs/baselines/thesis.json"), "utf8"),
  );
  const { dataset, epochs, seeds, convergence, name } = JSON.parse(
    await readFile(join(ROOT, "configs/thesis.json"), "utf8"),
  );
  expect(rest).toMatchObject({ name, dataset, epochs, seeds, convergence });
  expect(cells).toHaveLength(336);
  expect(cells.every(({ trials }: { trials: number }) => trials === 10)).toBe(true);
});
