import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { columnOfNumber, LATER_NUMBERS } from "#lrn/model/outcome.js";
import { lrn, run, temporaryFolder, unbroken, withoutTimes } from "./lrn.js";

const SWEEP = ["sweep", "configs/thesis.json", "--seeds", "2", "--set", "epochs=200"];

let folder: string;
let stdout: string;
beforeAll(async () => {
  folder = join(await temporaryFolder(), "new", "results");
  const finished = await lrn([...SWEEP, "--out", folder]);
  expect(finished.code, finished.stderr).toBe(0);
  stdout = finished.stdout;
});

const read = (name: string, from = folder) => readFile(join(from, name), "utf8");
const lines = (csv: string) => csv.trimEnd().split("\n");

describe("a results folder", () => {
  it("has the files of the design and no others", async () => {
    expect((await readdir(folder)).toSorted()).toEqual([
      ".writer",
      "cells.csv",
      "manifest.json",
      "sweep.json",
      "tables",
      "trials.csv",
      "trials.db",
    ]);
    const tables = ["adam", "sgd"].flatMap((optimizer) =>
      [0.001, 0.01, 0.1].map((rate) => `${optimizer}-lr-${rate}.csv`),
    );
    expect((await readdir(join(folder, "tables"))).toSorted()).toEqual(["width-2", "width-4"]);
    expect((await readdir(join(folder, "tables/width-4"))).toSorted()).toEqual(tables);
  });

  it("has a row per trial, in the sweep's order", async () => {
    const [head, ...rows] = lines(await read("trials.csv"));
    expect(head).toBe(
      "key,depth,width,connection,optimizer,learning_rate,training_style,seed,epochs,engine,state," +
        "final_rmse,converged,dead_neurons,dead_layers,train_ms,dead_on_domain,test_rmse," +
        "dead_neurons_born,dead_neurons_revived,dead_layers_born,dead_layers_revived," +
        "constant_neurons,constant_neurons_born,constant_neurons_revived,constant_layers," +
        "constant_layers_born,constant_layers_revived,no_gradient_neurons,no_gradient_neurons_born," +
        "no_gradient_neurons_revived,no_gradient_layers,no_gradient_layers_born," +
        "no_gradient_layers_revived,collapsed,collapsed_born,first_layer_rmse,epochs_to_converge",
    );
    expect(rows).toHaveLength(672);
    expect(rows[0]).toMatch(/^[0-9a-f]{64},2,2,plain,adam,0\.1,iterative,0,200,fused,trained,/);
    expect(rows[671]).toMatch(/,30,4,late-residual,sgd,0\.001,batch,1,200,fused,trained,/);
    expect(new Set(rows.map((row) => row.slice(0, 64))).size).toBe(672);
  });

  it("has a row per cell", async () => {
    const [head, ...rows] = lines(await read("cells.csv"));
    expect(head).toBe(
      "depth,width,connection,optimizer,learning_rate,training_style,trials,converged,rate,rate_low," +
        "rate_high,dead_neurons_mean,dead_layers_mean,train_ms_mean,diverged,failed," +
        LATER_NUMBERS.map((name) => `${columnOfNumber(name)}_mean`).join(),
    );
    expect(rows).toHaveLength(336);
    expect(rows.every((row) => row.split(",")[6] === "2")).toBe(true);
    const converged = rows.reduce((total, row) => total + Number(row.split(",")[7]), 0);
    const trials = lines(await read("trials.csv"));
    expect(converged).toBeGreaterThan(0);
    expect(trials.filter((row) => row.split(",")[12] === "true")).toHaveLength(converged);
  });

  it("says where its numbers come from", async () => {
    const manifest = JSON.parse(await read("manifest.json"));
    expect(manifest).toMatchObject({
      name: "thesis",
      engine: { name: "fused", numerics: "float32/1" },
      counts: { cells: 336, trials: 672, trained: 672, diverged: 0, failed: 0 },
    });
    expect(Date.parse(manifest.end)).toBeGreaterThanOrEqual(Date.parse(manifest.start));
    expect(manifest.earlierRuns).toEqual([]);
    expect(JSON.parse(await read("sweep.json"))).toMatchObject({ seeds: 2, epochs: 200 });
  });
});

it("ends with one screen, and where the tables are", () => {
  const shown = lines(stdout);
  expect(shown.length).toBeLessThan(24);
  expect(shown[0]).toMatch(/^Converged: \d+ of 336 plain \(\d+ %\) and \d+ of 336 late-residual/);
  const end =
    "Each count is over widths 2 and 4 and 7 depths from 2 to 30. " +
    `12 tables in ${folder}/tables; --tables prints them`;
  expect(unbroken(stdout.trimEnd()).slice(-end.length)).toBe(end);
});

it("prints a table per width, optimizer and learning rate with --tables", async () => {
  const { stdout } = await run([...SWEEP, "--out", folder, "--tables"]);
  const titles = stdout.split("\n").filter((line) => line.includes("learning rate"));
  expect(titles).toHaveLength(12);
  expect(titles[0]).toBe("Adam, learning rate 0.1, width 2");
  expect(stdout).toContain("DID NOT CONVERGE");
  expect(stdout).toContain("Total converged, late-residual");
  expect(Math.max(...lines(stdout).map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(stdout).not.toContain("\u001b"); // a pipe gets no colour
});

it("prints the tables with neurons of another definition with --dead, and writes the thesis's", async () => {
  const written = await read("tables/width-2/sgd-lr-0.1.csv");
  const { stdout } = await run([...SWEEP, "--out", folder, "--dead", "no-gradient"]);
  expect(unbroken(stdout)).toMatch(
    /^No-gradient neurons, no-gradient layers and training time are means over the converged trials;/,
  );
  expect(stdout.match(/│ *No-gradient *│ *No-gradient *│/g)!.length).toBeGreaterThanOrEqual(24);
  expect(stdout).not.toContain("Dead");
  expect(Math.max(...lines(stdout).map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(unbroken(lines(stdout).at(-1)!)).toBe(`12 tables in ${folder}/tables`);
  expect(await read("tables/width-2/sgd-lr-0.1.csv")).toBe(written);
});

describe("the numbers", () => {
  it.each([["1"], ["4"]])("are the same in another folder with %s workers", async (workers) => {
    const other = await temporaryFolder();
    const finished = await run([...SWEEP, "--out", other, "--workers", workers]);
    expect(finished.code, finished.stderr).toBe(0);
    expect(withoutTimes(await read("trials.csv", other))).toEqual(
      withoutTimes(await read("trials.csv")),
    );
  });
});

it("trains nothing twice, and all again with --fresh", async () => {
  const before = await read("trials.csv");
  const manifest = await read("manifest.json");
  // The other engine gives the same bits, so its trials are there already.
  const again = await run([...SWEEP, "--out", folder, "--engine", "reference", "--workers", "1"]);
  expect(again.stderr).toContain("0 trials trained");
  expect(await read("trials.csv")).toBe(before);
  expect(await read("manifest.json")).toBe(manifest);
  const shallow = [...SWEEP, "--set", "grid.depth=[2]", "--out", folder];
  expect((await run(shallow)).stderr).toContain("0 trials trained");
  expect((await run([...shallow, "--fresh"])).stderr).toContain("96 trials trained");
});

it("keeps the runs before, and no table that is not this sweep's", async () => {
  const out = await temporaryFolder();
  const small = ["sweep", "configs/thesis.json", "--set", "epochs=2", "--seeds", "1", "--out", out];
  await run([...small, "--set", "grid.learningRate=[0.5]", "--workers", "1"]);
  await run([...small, "--set", 'grid.optimizer=["sgd"]', "--workers", "2"]);
  const { workers, earlierRuns } = JSON.parse(await read("manifest.json", out));
  expect([workers, ...earlierRuns.map((run: { workers: number }) => run.workers)]).toEqual([2, 1]);
  expect((await readdir(join(out, "tables/width-2"))).toSorted()).toEqual([
    "sgd-lr-0.001.csv",
    "sgd-lr-0.01.csv",
    "sgd-lr-0.1.csv",
  ]);
});

it("records an overflow as an outcome, with no NaN in any file", async () => {
  const out = await temporaryFolder();
  const overflowing = ["--set", "grid.learningRate=[900]", "--set", "grid.depth=[2,30]"];
  const finished = await run([...SWEEP, ...overflowing, "--out", out]);
  expect(finished.code).toBe(0);
  const trials = await read("trials.csv", out);
  expect(trials).toMatch(/,diverged,,false,,,/);
  for (const name of [
    "trials.csv",
    "cells.csv",
    "manifest.json",
    "tables/width-2/sgd-lr-900.csv",
  ]) {
    expect(await read(name, out)).not.toMatch(/nan|inf/i);
  }
});

it("stops at SIGINT with what is finished, and says how to go on", async () => {
  const out = await temporaryFolder();
  const args = [...SWEEP, "--out", out, "--set", "seeds=2000"];
  const sweep = lrn(args);
  const { child } = sweep;
  // With some trials in it: that of a store in which nothing was trained is smaller.
  const log = join(out, "trials.db-wal");
  while (((await stat(log).catch(() => null))?.size ?? 0) < 100_000) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill("SIGINT");
  const { code, stderr } = await sweep;
  expect(code).toBe(130);
  expect(stderr).toContain("Finishing the batches at work; Ctrl-C again ends at once.");
  expect(stderr).toContain("the same command goes on");
  expect(lines(await read("trials.csv", out)).length).toBeGreaterThan(1);
});
