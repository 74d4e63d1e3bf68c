import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { beforeAll, expect, it } from "vitest";
import { run, temporaryFolder, unbroken } from "./lrn.js";

const SMALL = ["configs/thesis.json", "--set", "epochs=20", "--set", "grid.depth=[2]"];

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  expect((await run(["sweep", ...SMALL, "--seeds", "2", "--out", folder])).code).toBe(0);
});

const check = (...args: string[]) => run(["check", "--results", folder, "--workers", "1", ...args]);

it("proves a folder's trials, all of them or a sample", async () => {
  const { stdout, ...others } = await check();
  expect(others).toEqual({ code: 0, stderr: "" });
  expect(unbroken(stdout)).toBe(
    `${folder}: 96 of 96 trials trained again, all as stored ` +
      "Training times cannot be compared: no two runs share them. ",
  );
  const sample = await check("--sample", "10", "--sample-seed", "3", "--reporter", "json");
  expect(JSON.parse(sample.stdout)).toMatchObject({
    passed: true,
    trials: 96,
    compared: 10,
    findings: [],
    remedy: null,
  });
});

it("names what differs and how to mend it, and the mending mends it", async () => {
  const db = new DatabaseSync(join(folder, "trials.db"));
  db.exec("UPDATE trial SET dead_neurons = dead_neurons + 1 WHERE cell = 1 AND seed = 1");
  db.close();
  const { code, stdout } = await check();
  expect(unbroken(stdout)).toMatch(
    /96 of 96 trials trained again; 1 value is not as stored .* depth 2, width \d, .*, seed 1: dead_neurons is stored as \d+, it ought to be \d+ /,
  );
  expect(code).toBe(1);
  const [, remedy] = /train all of it again:\n {2}lrn (.*)/.exec(stdout)!;
  expect((await run(remedy.split(" "))).code).toBe(0);
  expect((await check()).code).toBe(0);
});

it.each([
  [["--update"], "--results: compares with what a folder stores, got --update too"],
  [["configs/thesis.json"], "got a sweep file too"],
  [["--sample", "0"], "--sample: must be a whole number from 1"],
  [["--sample-seed", "3"], "--sample-seed: chooses a sample, so give --sample N too"],
  [["--reporter", "junit"], '--reporter: must be "console" or "json" with --results, got "junit"'],
])("refuses %j with exit code 2", async (args, message) => {
  const { code, stdout, stderr } = await check(...args);
  expect(stderr).toContain(message);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

it("refuses its flags without --results, and neither file nor folder", async () => {
  expect((await run(["check"])).stderr).toContain("check: needs a sweep file");
  const { code, stderr } = await run(["check", "configs/thesis.json", "--sample", "3"]);
  expect(stderr).toContain("belong to --results");
  expect(code).toBe(2);
});
