import { copyFile, mkdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { beforeEach, describe, expect, it } from "vitest";
import { lrn, run, temporaryFolder } from "./lrn.js";

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
    db.exec("PRAGMA user_version = 7");
    db.prepare("PRAGMA wal_checkpoint(TRUNCATE)").all();
    db.close();
    await refused(/is of store version 7, this lrn knows up to 1; use a newer lrn/);
  });
});

it("goes on with a store that version 1 wrote", async () => {
  const fixture = new URL("../fixtures/stores/version-1.db", import.meta.url);
  await mkdir(folder, { recursive: true });
  await copyFile(fixture, database);
  const flags = ["configs/thesis.json", "--set", "epochs=5", "--set", "grid.width=[2]"];
  const args = [...flags, "--set", "grid.depth=[2]", "--out", folder];
  const { code, stderr } = await run(["sweep", ...args, "--seeds", "2"]);
  expect(code, stderr).toBe(0);
  expect(stderr).toContain("24 trials trained");
  expect(stderr).toContain("24 were there already");
  const trials = await readFile(join(folder, "trials.csv"), "utf8");
  const old = await readFile(new URL("../fixtures/stores/version-1.csv", import.meta.url), "utf8");
  const firstSeeds = trials.split("\n").filter((line) => line.split(",")[7] === "0");
  expect(firstSeeds).toEqual(old.trimEnd().split("\n").slice(1));
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
