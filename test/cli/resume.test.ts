import { copyFile, mkdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { beforeEach, describe, expect, it } from "vitest";
import { columnOfNumber, LATER_NUMBERS, type LaterNumber } from "#lrn/model/outcome.js";
import { lrn, run, temporaryFolder, unbroken } from "./lrn.js";

const SMALL = ["configs/thesis.json", "--workers", "1", "--set", "epochs=5", "--seeds", "1"];

/** Trains for minutes, and is planned at once. */
const LONG = ["configs/thesis.json", "--set", "grid.depth=[30]", "--seeds", "3000"];

let folder: string;
let database: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  database = join(folder, "trials.db");
});

describe("two writers", () => {
  it("the second is told who has the folder", async () => {
    const first = lrn(["sweep", ...LONG, "--out", folder]);
    while (!(await readFile(join(folder, "manifest.json")).catch(() => ""))) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const second = await run(["sweep", ...SMALL, "--out", folder]);
    expect(second).toMatchObject({ code: 2, stdout: "" });
    expect(second.stderr).toMatch(
      new RegExp(`is being written by process ${first.child.pid} on .+ since 20\\d\\d-.+Z; wait`),
    );
    // A reader is not held up.
    const plan = await run(["plan", "configs/thesis.json", "--out", folder]);
    expect(plan.code, plan.stderr).toBe(0);

    // The lock of a process that was killed holds nobody up either.
    first.child.kill("SIGKILL");
    await first;
    const third = await run(["sweep", ...SMALL, "--out", folder]);
    expect(third.code, third.stderr).toBe(0);
  });
});

describe("a store that cannot be used is left as it is", () => {
  const refused = async (message: RegExp) => {
    const before = await readFile(database);
    for (const command of ["sweep", "plan"]) {
      const { code, stdout, stderr } = await run([command, ...SMALL, "--out", folder]);
      expect(stderr).toMatch(message);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(await readFile(database)).toEqual(before);
    }
  };

  it("cut off in the middle", async () => {
    await run(["sweep", ...SMALL, "--out", folder]);
    await truncate(database, 40_000);
    await refused(/trials\.db: is damaged \(.+\); it was left as it is: restore a copy/);
  });

  it("overwritten in the middle", async () => {
    await run(["sweep", ...SMALL, "--out", folder]);
    const bytes = await readFile(database);
    bytes.fill(0x5a, bytes.length / 2, bytes.length / 2 + 5000);
    await writeFile(database, bytes);
    await refused(/is damaged/);
  });

  it("no database", async () => {
    await writeFile(database, "something else entirely ".repeat(400));
    await refused(/is damaged \(file is not a database\)/);
  });

  it("another program's", async () => {
    const db = new DatabaseSync(database);
    db.exec("CREATE TABLE trial (x)");
    db.close();
    await refused(/must be a store of lrn, it is another program's/);
  });

  it("from a newer version", async () => {
    await run(["sweep", ...SMALL, "--out", folder]);
    const db = new DatabaseSync(database);
    db.exec("PRAGMA user_version = 8");
    db.prepare("PRAGMA wal_checkpoint(TRUNCATE)").all();
    db.close();
    await refused(/is of store version 8, this lrn knows up to 7; use a newer lrn/);
  });
});

const stored = (file: string) => new URL(`../fixtures/stores/${file}`, import.meta.url);

/** The numbers of a trial that a version of the store had no columns for. */
const LACKING: Readonly<Record<number, readonly LaterNumber[]>> = {
  1: LATER_NUMBERS,
  5: ["firstLayerRmse", "epochsToConverge"],
  6: ["epochsToConverge"],
  7: [],
};

it.each([1, 5, 6, 7])("goes on with a store that version %d wrote", async (version) => {
  await mkdir(folder, { recursive: true });
  await copyFile(stored(`version-${version}.db`), database);
  const flags = ["configs/thesis.json", "--set", "epochs=5", "--set", "grid.width=[2]"];
  // Some converge so far after five epochs, which their version does not know before the seventh.
  const rmse = ["--set", `convergence.rmse=${version < 7 ? 0.07 : 0.25}`];
  const args = [...flags, "--set", "grid.depth=[2]", ...rmse, "--out", folder];
  const { code, stderr } = await run(["sweep", ...args, "--seeds", "2"]);
  expect(code, stderr).toBe(0);
  expect(stderr).toContain("24 trials trained");
  expect(stderr).toContain("24 were there already");
  const trials = await readFile(join(folder, "trials.csv"), "utf8");
  const old = (await readFile(stored(`version-${version}.csv`), "utf8")).trimEnd().split("\n");
  // Nothing in the columns that came later.
  const behind = ",".repeat(LACKING[version].length);
  const rows = trials.trimEnd().split("\n");
  expect(rows[0]).toBe(
    old[0] + LACKING[version].map((name) => `,${columnOfNumber(name)}`).join(""),
  );
  const ofSeed = (seed: string) => rows.filter((line) => line.split(",")[7] === seed);
  expect(ofSeed("0")).toEqual(old.slice(1).map((line) => line + behind));
  expect(ofSeed("1").every((line) => /,[0-4],,(\d,){17}[01],0\.\d+,[0-5]?$/.test(line))).toBe(true);
});

it("reads a store that version 1 wrote and that stays as it is", async () => {
  await mkdir(folder, { recursive: true });
  await copyFile(stored("version-1.db"), database);
  const flags = ["configs/thesis.json", "--set", "epochs=5", "--set", "grid.width=[2]"];
  const sweep = await run(["sweep", ...flags, "--set", "grid.depth=[2]", "--out", `${folder}-new`]);
  expect(sweep.code, sweep.stderr).toBe(0);
  await copyFile(join(`${folder}-new`, "sweep.json"), join(folder, "sweep.json"));
  const before = await readFile(database);
  const sql =
    "SELECT count(*) AS all_of_them, count(dead_neurons), count(dead_on_domain) FROM trials";
  expect((await run(["query", folder, sql, "--csv"])).stdout.split("\n")[1]).toBe("24,24,0");
  const exported = await run(["export", folder, "--format", "json"]);
  expect(JSON.parse(exported.stdout)).toHaveLength(24);
  expect(JSON.parse(exported.stdout)[0]).toMatchObject({ dead_neurons: 0, dead_on_domain: null });
  const none =
    "SELECT count(*), count(dead_neurons_mean), count(constant_neurons_mean), count(collapsed_mean)";
  const loose = await readFile(join(folder, "sweep.json"), "utf8");
  const all = loose.replace(/"convergence": \{[^}]*\}/, '"convergence": { "rmse": 9 }');
  await writeFile(join(folder, "sweep.json"), all);
  const query = await run(["query", folder, `${none} FROM cells`, "--csv"]);
  expect(query.stdout.split("\n")[1]).toBe("24,24,0,0");
  const tables = await run(["export", folder, "--format", "markdown", "--dead", "constant"]);
  expect(tables.stdout).toContain(
    "empty: trained by an earlier version, which did not count these.",
  );
  const [row] = tables.stdout.match(/^\| +2 \| plain .*$/m)!;
  const cells = row.split("|").map((cell) => cell.trim());
  expect(cells.slice(3, 7)).toEqual(["1", "1", "", ""]); // trials, converged, neurons, layers
  expect(Number(cells[7])).toBeGreaterThan(0);
  await writeFile(join(folder, "sweep.json"), loose);
  const proof = await run(["check", "--results", folder, "--workers", "1"]);
  expect(unbroken(proof.stdout)).toContain(
    "24 were stored by an earlier version of lrn: what it did not store is not compared.",
  );
  expect(proof.code, proof.stdout).toBe(0);
  expect(await readFile(database)).toEqual(before);
});

it("a second Ctrl-C ends at once, with a sound store", async () => {
  const process = lrn(["sweep", ...LONG, "--out", folder]);
  while (!(await readFile(join(folder, "trials.db-wal")).catch(() => ""))?.length) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  process.child.kill("SIGINT");
  process.child.kill("SIGTERM");
  expect((await process).code).toBe(130);
  const plan = await run(["plan", "configs/thesis.json", "--out", folder, "--json"]);
  expect(plan.code, plan.stderr).toBe(0);
});

it("plans cells that end once their rate is known: from what no rate can do without to what all can do with", async () => {
  const seeds = (atMost: number) => ["--set", `seeds={"untilWidth":0.1,"atMost":${atMost}}`];
  const plan = async (atMost: number) =>
    (await run(["plan", "configs/thesis.json", ...seeds(atMost), "--out", folder])).stdout;
  expect(await plan(1000)).toMatch(/^trials +up to 336,000 \(72 to 1,000 seeds per cell\)$/m);
  expect(await plan(1000)).toMatch(/^left +up to /m);
  // At a rate of 1/2 it takes 1,280, and no rate takes more.
  expect(await plan(10_000)).toMatch(/^trials +up to 430,080 \(72 to 1,280 seeds per cell\)$/m);
});

it("says what a smaller sweep no longer asks for", async () => {
  await run(["sweep", ...SMALL, "--out", folder]);
  const flags = ["--set", "grid.depth=[2,5]", "--out", folder, "--json"];
  const { stdout } = await run(["plan", ...SMALL, ...flags]);
  expect(JSON.parse(stdout)).toMatchObject({
    trials: 96,
    done: 96,
    left: 0,
    noLongerAskedFor: 240,
  });
});
