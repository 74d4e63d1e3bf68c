/** Shards that are trained apart and joined, against the sweep run whole. */
import { copyFile, cp, mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { beforeAll, describe, expect, it } from "vitest";
import { planRun } from "#lrn/runs/plan-run.js";
import { runPlanned } from "#lrn/runs/run-sweep.js";
import { lockForWriting } from "#lrn/store/writer-lock.js";
import type { Shard } from "#lrn/sweep/plan.js";
import { readSweep } from "#lrn/sweep/read-sweep.js";
import type { Sweep } from "#lrn/sweep/schema.js";
import { keepThreads } from "../kept-threads.js";
import { run, temporaryFolder, unbroken, withoutTimes } from "./lrn.js";

keepThreads();

const GRID = {
  depth: [2, 3],
  width: [2],
  optimizer: ["adam"],
  learningRate: [0.1],
  trainingStyle: ["batch"],
};
const SWEEP = [
  ...["configs/thesis.json", "--workers", "1", "--set", "epochs=20"],
  ...Object.entries(GRID).flatMap(([name, values]) => [
    "--set",
    `grid.${name}=${JSON.stringify(values)}`,
  ]),
];
const SEEDS = ["--seeds", "9"]; // 4 cells, each of two whole blocks and a part of one

async function sweep(folder: string, ...flags: string[]): Promise<string> {
  const { code, stderr } = await run(["sweep", ...SWEEP, ...flags, "--out", folder]);
  expect(code, stderr).toBe(0);
  return stderr;
}

/** The same without a command line, in half the time. */
async function train(folder: string, seeds: Sweep["seeds"], shard?: Shard): Promise<void> {
  const overrides = Object.entries(GRID).map(([name, value]) => ({ path: `grid.${name}`, value }));
  overrides.push({ path: "epochs", value: 20 as never }, { path: "seeds", value: seeds as never });
  sweeps[JSON.stringify(seeds)] ??= readSweep("configs/thesis.json", overrides);
  const run = await planRun(await sweeps[JSON.stringify(seeds)], { workers: 1, shard }, "workers");
  await mkdir(folder);
  await runPlanned(folder, run, {});
}
const sweeps: Record<string, Promise<Sweep>> = {};

async function merge(...folders: string[]) {
  const { code, stdout, stderr } = await run(["merge", ...folders]);
  return { code, stdout, stderr: unbroken(stderr) };
}

/** Every file that a sweep writes of its trials, without times. */
async function results(folder: string) {
  const text = (name: string) => readFile(join(folder, name), "utf8");
  const tables = (await readdir(join(folder, "tables"), { recursive: true })).sort();
  return {
    trials: withoutTimes(await text("trials.csv")),
    cells: untimed(await text("cells.csv")),
    tables,
    table: untimed(await text("tables/width-2/adam-lr-0.1.csv")),
    sweep: JSON.parse(await text("sweep.json")),
    counts: JSON.parse(await text("manifest.json")).counts,
    rows: rowsOf(folder),
  };
}

/** Without the columns that are times. */
function untimed(csv: string): string[][] {
  const rows = csv.split("\n").map((row) => row.split(","));
  const [heads] = rows;
  return rows.map((row) => row.filter((_, i) => !/time|train_ms/.test(heads[i])));
}

function rowsOf(folder: string) {
  const db = new DatabaseSync(join(folder, "trials.db"), { readOnly: true });
  const rows = db.prepare("SELECT * FROM trials ORDER BY key").all();
  db.close();
  return rows.map(({ train_ms: _, ...row }) => row);
}

function edit(folder: string, ...statements: string[]): void {
  const db = new DatabaseSync(join(folder, "trials.db"));
  for (const statement of statements) db.exec(statement);
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
}

/** What an engine that breaks leaves of the trials of a seed. */
function fail(folder: string, seed: number): void {
  const db = new DatabaseSync(join(folder, "trials.db"));
  const kept = ["cell", "seed", "key", "engine", "state", "reason", "train_ms"];
  const columns = db.prepare("SELECT name FROM pragma_table_info('trial')").all();
  const numbers = columns.map(({ name }) => String(name)).filter((name) => !kept.includes(name));
  const none = numbers.map((name) => `${name} = NULL`).join(", ");
  db.exec(`UPDATE trial SET state = 'failed', reason = 'broke', ${none} WHERE seed = ${seed}`);
  db.close();
}

let base: string;
const at = (name: string) => join(base, name);
let whole: Awaited<ReturnType<typeof results>>;
beforeAll(async () => {
  base = await temporaryFolder();
  await train(at("whole"), 9);
  whole = await results(at("whole"));
  for (const index of [1, 2, 3]) await train(at(`s${index}`), 9, { index, count: 3 });
});

describe("shards, merged, are the sweep", () => {
  it.each([
    ["1, 2, 3", ["s1", "s2", "s3"]],
    ["3, 1, 2", ["s3", "s1", "s2"]],
    ["2, 2, 3, 1, one of them twice", ["s2", "s2", "s3", "s1"]],
  ])("in the order %s", async (order, parts) => {
    const out = at(`order ${order}`);
    const { code, stderr } = await merge(out, ...parts.map(at));
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: " 36 trials added from 3 folders, 0 were there already ",
    });
    expect(await results(out)).toEqual(whole);
  });

  it.each([1, 2, 16])("%d of them", async (count) => {
    const parts = Array.from({ length: count }, (_, i) => at(`${i + 1} of ${count}`));
    for (const [i, part] of parts.entries()) {
      await train(part, 9, { index: i + 1, count });
    }
    expect((await merge(at(`of ${count}`), ...parts.toReversed())).code).toBe(0);
    expect(await results(at(`of ${count}`))).toEqual(whole);
  });

  it("one by one, into a folder that is there", async () => {
    const first = await merge(at("grown"), at("s1"));
    expect(first.stdout).toMatch(/^\d+ of 36 trials are there so far/m);
    expect(first.stderr).toContain(
      `lrn sweep ${at("grown")}/sweep.json --out ${at("grown")} trains what is missing`,
    );
    await merge(at("grown"), at("s2"), at("grown"));
    const last = await merge(at("grown"), at("s2"), at("s3"));
    expect(last.stderr).toMatch(/^ \d+ trials added from 2 folders, \d+ were there already/);
    expect(await results(at("grown"))).toEqual(whole);
    const again = await merge(at("grown"), at("s2"), at("s3"));
    expect(again.stderr).toContain(" 0 trials added from 2 folders, ");
    expect(await sweep(at("grown"), ...SEEDS)).toContain("0 trials trained");
  });

  it("also where cells end by what comes of them", async () => {
    const seeds = { untilConverged: 1, atMost: 12 };
    await train(at("until"), seeds);
    for (const index of [1, 2]) await train(at(`u${index}`), seeds, { index, count: 2 });
    expect((await merge(at("u"), at("u2"), at("u1"))).code).toBe(0);
    expect(await results(at("u"))).toEqual(await results(at("until")));
  });

  it("and the manifest names the runs of all", async () => {
    await merge(at("named"), at("s2"), at("s1"), at("s3"));
    const { earlierRuns, ...latest } = JSON.parse(
      await readFile(at("named/manifest.json"), "utf8"),
    );
    const shards = [...earlierRuns, latest].map(({ shard }) => shard);
    expect(shards).toEqual([1, 2, 3].map((index) => ({ index, count: 3 })));
    await merge(at("named"), at("s2"));
    expect(JSON.parse(await readFile(at("named/manifest.json"), "utf8")).earlierRuns).toEqual(
      earlierRuns,
    );
  });
});

describe("a shard", () => {
  it("says what it has, goes on, and leaves room for others in its folder", async () => {
    const folder = at("shared");
    const flags = [...SWEEP, ...SEEDS, "--out", folder];
    const plan = await run(["plan", ...flags, "--shard", "2/3", "--json"]);
    const planned = JSON.parse(plan.stdout);
    expect(planned).toMatchObject({ shard: { index: 2, count: 3 }, done: 0, noLongerAskedFor: 0 });
    const first = await run(["sweep", ...flags, "--shard", "2/3", "--tables"]);
    expect(unbroken(first.stdout)).toContain(
      `(shard 2 of 3, sweep unfinished: ${planned.trials} of 36 trials)`,
    );
    expect(first.stdout).toContain(`Shard 2 of 3 has ${planned.trials} trials; lrn merge joins`);
    expect(first.stderr).toContain(`${planned.trials} trials trained`);
    expect(await sweep(folder, ...SEEDS, "--shard", "2/3")).toContain("0 trials trained");
    await sweep(folder, ...SEEDS, "--shard", "3/3");
    const before = JSON.parse((await run(["plan", ...flags, "--shard", "2/3", "--json"])).stdout);
    expect(before).toMatchObject({ done: planned.trials, left: 0, noLongerAskedFor: 0 });
    const shown = await run(["plan", ...flags, "--shard", "1/3"]);
    expect(shown.stdout).toMatch(/^shard +1 of 3$/m);
    expect(shown.stdout).toMatch(/^trials +\d+ \(of 36\)$/m);
    await sweep(folder, ...SEEDS);
    expect(await results(folder)).toEqual(whole);
  });

  it("may be empty", async () => {
    const flags = [...SWEEP, "--seeds", "1", "--out", at("empty"), "--shard", "16/16"];
    const { code, stdout } = await run(["sweep", ...flags]);
    expect(code).toBe(0);
    expect(stdout).toContain("Shard 16 of 16 is empty: the sweep has fewer parts than shards.");
  });

  it.each(["0/16", "17/16", "third"])("is not %s", async (shard) => {
    for (const command of ["sweep", "plan"]) {
      const refused = await run([command, ...SWEEP, "--shard", shard, "--out", at("none")]);
      expect(refused).toMatchObject({ code: 2, stdout: "" });
      expect(refused.stderr).toMatch(/^lrn: --shard: must be .+ 3?1?\/16.*, got ".+"\n$/);
    }
    expect(await readdir(base)).not.toContain("none");
  });
});

describe("what contradicts", () => {
  it("is listed, and nothing is written", async () => {
    await cp(at("s1"), at("other"), { recursive: true });
    edit(
      at("other"),
      "UPDATE trial SET final_rmse = 0.5 WHERE seed = 0",
      "UPDATE trial SET dead_neurons = dead_neurons + 1, train_ms = 9 WHERE seed = 1",
    );
    const before = await results(at("s1"));
    const { code, stdout, stderr } = await merge(at("refused"), at("s2"), at("s1"), at("other"));
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    const [, total] =
      /^lrn: (\d+) trials contradict one of the same key in another folder; nothing was/.exec(
        stderr,
      )!;
    expect(stderr).toMatch(
      new RegExp(
        `[0-9a-f]{12}… depth \\d, .+?, seed 0: final_rmse 0\\.\\d+ in ${at("s1")}, 0\\.5 in ${at("other")} `,
      ),
    );
    expect(stderr).toMatch(/seed 1: dead_neurons \d in .+, \d in /);
    // Seeds 0 and 1 of each cell whose first block the shard has; ten of them are named.
    const rows = before.rows.filter(({ seed }) => Number(seed) < 2).length;
    expect(Number(total)).toBe(rows);
    expect(stderr.match(/… depth/g)).toHaveLength(Math.min(rows, 10));
    expect(await readdir(base)).not.toContain("refused");

    await merge(at("kept"), at("s1"));
    const again = await merge(at("kept"), at("s2"), at("other"));
    expect(again.code).toBe(2);
    expect(again.stderr).toContain(`in ${at("kept")}, 0.5 in ${at("other")}`);
    expect(await results(at("kept"))).toEqual(before);
  });

  it("does not in its time, in failing, or in what an earlier version did not keep", async () => {
    await cp(at("s1"), at("failed"), { recursive: true });
    edit(
      at("failed"),
      "UPDATE trial SET train_ms = 1e6",
      "UPDATE trial SET first_layer_rmse = NULL, epochs_to_converge = NULL, threshold_rmse = NULL",
    );
    fail(at("failed"), 2);
    for (const [name, parts] of [
      ["failed first", ["failed", "s1"]],
      ["failed last", ["s1", "failed"]],
    ] as const) {
      expect((await merge(at(name), ...parts.map(at))).code).toBe(0);
      expect(rowsOf(at(name)).filter(({ state }) => state === "failed")).toEqual([]);
    }
    expect(await results(at("failed last"))).toEqual(await results(at("s1")));
    const alone = await merge(at("failed alone"), at("failed"));
    expect(alone.code).toBe(1);
    expect(alone.stderr).toMatch(
      /failed; lrn sweep with --retry-failed trains (it|them) again: depth/,
    );
  });
});

it.each([1, 6])("takes in a store that version %d wrote", async (version) => {
  const old = at(`version ${version}`);
  const flags = ["--set", "epochs=5", "--set", "grid.width=[2]", "--set", "grid.depth=[2]"];
  const rmse = ["--set", `convergence.rmse=${version < 7 ? 0.07 : 0.25}`, "--workers", "1"];
  const args = ["configs/thesis.json", ...flags, ...rmse, "--seeds", "1", "--out"];
  await run(["sweep", ...args, `${old} new`]);
  await mkdir(old);
  const stored = new URL(`../fixtures/stores/version-${version}.db`, import.meta.url);
  await copyFile(stored, join(old, "trials.db"));
  await copyFile(join(`${old} new`, "sweep.json"), join(old, "sweep.json"));
  const bytes = await readFile(join(old, "trials.db"));
  const { code, stderr } = await merge(`${old} merged`, `${old} new`, old);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: " 24 trials added from 2 folders, 24 were there already ",
  });
  expect(rowsOf(`${old} merged`)).toEqual(rowsOf(`${old} new`));
  expect((await merge(`${old} alone`, old)).stderr).toContain(" 24 trials added from 1 folder");
  expect(await readFile(join(old, "trials.db"))).toEqual(bytes);
});

describe("refuses", () => {
  it("folders of different sweeps, and says in what", async () => {
    await sweep(at("more"), "--seeds", "10", "--set", "convergence.rmse=0.2", "--shard", "1/3");
    const seeds = await merge(at("mixed"), at("s1"), at("more"));
    expect(seeds.code).toBe(2);
    expect(seeds.stderr).toContain(
      `${at("more")}: is not of the same sweep as ${at("s1")}: it has seeds 10 instead of 9 and ` +
        'convergence {"rmse":0.2} instead of {"rmse":0.07}; merge folders of one sweep file',
    );
    expect(await readdir(base)).not.toContain("mixed");
  });

  it("what is no results folder, or nothing", async () => {
    expect((await merge(at("x"), at("s1"), at("absent"))).stderr).toContain(
      "absent: there is no such file",
    );
    expect((await merge(at("s1"), at("s1"))).stderr).toContain("there is nothing to merge into");
    expect((await merge("-", at("s1"))).stderr).toContain('out: must be a folder, got "-"');
    expect((await merge(at("x"))).stderr).toContain("got 1, need at least 2; see lrn merge --help");
    expect(await readdir(base)).not.toContain("x");
  });

  it("to write what another process is writing", async () => {
    await merge(at("held"), at("s1"));
    const lock = lockForWriting(at("held"), at("held/.writer"));
    const { code, stderr } = await merge(at("held"), at("s2"));
    lock.release();
    expect(code).toBe(2);
    expect(stderr).toContain(`held: is being written by process ${process.pid} on`);
  });
});

it("keeps an earlier sweep of the folder, and says that it is not shown", async () => {
  await sweep(at("earlier"), "--seeds", "2", "--set", "epochs=10");
  const { code, stderr } = await merge(at("earlier"), at("s1"), at("s2"), at("s3"));
  expect(code).toBe(0);
  expect(stderr).toContain(
    "earlier keeps 8 trials of an earlier sweep that this one does not ask for.",
  );
  const { trials, cells } = await results(at("earlier"));
  expect({ trials, cells }).toEqual({ trials: whole.trials, cells: whole.cells });
  expect(rowsOf(at("earlier"))).toHaveLength(36 + 8);
});

it("finds data files from the new folder, also where one of the folders came without them", async () => {
  const rows = Array.from({ length: 12 }, (_, i) => `${i / 12},${(i / 12) ** 2}`);
  await mkdir(at("here"));
  await writeFile(at("here/data.csv"), `x,y\n${rows.join("\n")}\n`);
  const dataset = { file: at("here/data.csv"), inputs: ["x"], targets: ["y"] };
  const flags = ["--seeds", "5", "--set", `dataset=${JSON.stringify(dataset)}`];
  await sweep(at("here/d1"), ...flags, "--shard", "1/2");
  await mkdir(at("away"));
  await cp(at("here/data.csv"), at("away/data.csv"));
  await sweep(at("here/d2"), ...flags, "--shard", "2/2");
  await rename(at("here/d2"), at("away/d2")); // beside a copy of the data
  await rename(at("here/data.csv"), at("here/moved.csv"));
  const { code, stderr } = await merge(at("joined"), at("here/d1"), at("away/d2"));
  expect(code, stderr).toBe(0);
  const manifest = JSON.parse(await readFile(at("joined/manifest.json"), "utf8"));
  expect(Object.values(manifest.datasets)).toEqual(["../away/data.csv"]);
  const { dataset: of } = JSON.parse(await readFile(at("joined/sweep.json"), "utf8"));
  expect(of.file).toBe("../away/data.csv");
  const proof = await run(["check", "--results", at("joined"), "--workers", "1"]);
  expect(proof.code, proof.stdout + proof.stderr).toBe(0);
});
