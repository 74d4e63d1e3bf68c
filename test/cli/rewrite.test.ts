/** When the end of a sweep writes its files again, and when it leaves them. */
import { appendFile, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { run, temporaryFolder, unbroken, withoutTimes } from "./lrn.js";

const SMALL = [
  "--workers",
  "1",
  "--set",
  "epochs=3",
  "--set",
  "grid.depth=[2]",
  "--set",
  "grid.width=[2]",
];
const TABLE = "tables/width-2/adam-lr-0.1.csv";

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  await sweep();
});

async function sweep(...flags: string[]): Promise<void> {
  const args = ["configs/thesis.json", ...SMALL, "--set", "seeds=2", "--quiet", ...flags];
  const { code, stderr } = await run(["sweep", ...args, "--out", folder]);
  expect(code, stderr).toBe(0);
}

/** Tells a file from one that took its place. */
const identities = async () =>
  Promise.all(
    ["trials.csv", "cells.csv", TABLE].map(async (name) => (await stat(join(folder, name))).ino),
  );
const contents = async () =>
  Promise.all(
    ["trials.csv", "cells.csv", TABLE].map((name) => readFile(join(folder, name), "utf8")),
  );

it("leaves what still is as it was written", async () => {
  const before = await identities();
  await sweep();
  await sweep();
  expect(await identities()).toEqual(before);
});

it.each([
  ["deleted", (file: string) => rm(file)],
  ["edited", (file: string) => appendFile(file, "x")],
  [
    "overwritten at the same length",
    async (file: string) => writeFile(file, "y".repeat((await stat(file)).size)),
  ],
])("writes again what was %s", async (_how, change) => {
  const before = await contents();
  for (const name of ["trials.csv", "cells.csv", TABLE]) {
    await change(join(folder, name));
    await sweep();
    expect(await contents()).toEqual(before);
  }
});

it("removes what is no table of this sweep", async () => {
  await writeFile(join(folder, "tables/width-2/mine.csv"), "x");
  await sweep();
  expect(await readdir(join(folder, "tables/width-2"))).not.toContain("mine.csv");
});

it.each([
  [["--set", "convergence.rmse=0.5"]],
  [["--set", "epochs=4"]],
  [["--set", "seeds=[0]"]],
  [["--set", "seeds=[5]"]],
  [["--set", 'grid.connection=["plain"]']],
])("writes again for another sweep, %j, and back", async (flags) => {
  const before = await contents();
  await sweep(...flags);
  const [trials] = await contents();
  const other = await temporaryFolder();
  await run([
    "sweep",
    "configs/thesis.json",
    ...SMALL,
    "--set",
    "seeds=2",
    ...flags,
    "--out",
    other,
  ]);
  const anew = withoutTimes(await readFile(join(other, "trials.csv"), "utf8"));
  // Trials that are kept say how many epochs they took to converge for their own threshold alone.
  const isKept = flags.includes("convergence.rmse=0.5");
  const expected = isKept ? anew.map((line) => line.replace(/,\d+$/, ",")) : anew;
  expect(withoutTimes(trials)).toEqual(expected);
  if (isKept) expect(anew).not.toEqual(expected);
  await sweep();
  expect(await contents()).toEqual(before);
});

it("writes again where the store was changed, by whatever means", async () => {
  const before = await contents();
  const elsewhere = await temporaryFolder();
  await run(["sweep", "configs/thesis.json", ...SMALL, "--set", "seeds=2", "--out", elsewhere]);
  await writeFile(join(folder, "trials.db"), await readFile(join(elsewhere, "trials.db")));
  await sweep();
  // The same trials with other times.
  expect(await contents()).not.toEqual(before);
  expect((await contents())[0]).toBe(await readFile(join(elsewhere, "trials.csv"), "utf8"));
});

it("removes what a killed run had not finished", async () => {
  for (const name of ["trials.csv.0badcafe.part", "manifest.json.part"]) {
    await writeFile(join(folder, name), "half");
  }
  await writeFile(join(folder, "mine.part"), "kept");
  await sweep();
  expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual(["mine.part"]);
});

const TITLES = /^(Adam|SGD), learning rate/gm;

it("neither writes nor prints more than 300 tables unless asked to", async () => {
  const rates = Array.from({ length: 151 }, (_, i) => (i + 1) / 1000);
  const args = ["configs/thesis.json", ...SMALL, "--set", "seeds=1", "--out", folder];
  const one = ["--set", 'grid.connection=["plain"]', "--set", 'grid.trainingStyle=["batch"]'];
  const many = [...args, ...one, "--set", `grid.learningRate=${JSON.stringify(rates)}`];
  const { code, stdout } = await run(["sweep", ...many]);
  expect({ code, titles: stdout.match(TITLES) }).toEqual({ code: 0, titles: null });
  expect(unbroken(stdout)).toContain("302 tables would be too many files: --tables writes");
  expect(unbroken(stdout)).toContain(`lrn export ${folder} --what tables`);
  expect(await readdir(folder)).not.toContain("tables");

  const all = await run(["sweep", ...many, "--tables"]);
  expect(all.stdout.match(TITLES)).toHaveLength(302);
  expect(await readdir(join(folder, "tables/width-2"))).toHaveLength(302);
  expect(all.stdout).not.toContain("too many");

  const exported = await run(["export", folder, "--what", "tables"]);
  expect(exported.stdout.split("\n")).toHaveLength(1 + 302 * 2 + 1);
});
