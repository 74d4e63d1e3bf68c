/** Datasets of one's own, from the CSV file to the results folder and back. */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { makeDataset } from "#lrn/model/dataset.js";
import { type FolderTrial, readResults, runSweep } from "#lrn/runs/library.js";
import { THESIS_DATASET } from "../fixtures/pytorch/fixtures.js";
import { lrn, run, temporaryFolder, unbroken, withoutTimes } from "./lrn.js";

const GRID = {
  depth: [2, 3],
  width: [2],
  connection: ["plain"],
  optimizer: ["adam"],
  learningRate: [0.01],
  trainingStyle: ["batch"],
};
const DATASET = { file: "data/plane.csv", inputs: ["x1", "x2"], targets: ["y"], testSamples: 5 };
const ROWS = Array.from({ length: 30 }, (_, i) => [Math.sin(i), Math.cos(3 * i), Math.sin(i) / 2]);
const CSV = ["x1,x2,y", ...ROWS.map((row) => row.join())].join("\n");

let folder: string;
let sweepFile: string;
let out: string;
const data = (name = "plane.csv") => join(folder, "data", name);

async function writeSweep(dataset: unknown): Promise<void> {
  const sweep = { name: "own", grid: GRID, seeds: 2, epochs: 30, engine: "reference", dataset };
  await writeFile(sweepFile, JSON.stringify(sweep));
}

beforeEach(async () => {
  folder = await temporaryFolder();
  [sweepFile, out] = [join(folder, "own.json"), join(folder, "results")];
  await mkdir(join(folder, "data"));
  await writeFile(data(), CSV);
  await writeSweep(DATASET);
});

async function done(...args: string[]) {
  const { code, stdout, stderr } = await run(args);
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  return { stdout, stderr };
}
const swept = (...flags: string[]) => done("sweep", sweepFile, "--out", out, ...flags);

describe("a sweep over a file", () => {
  beforeEach(async () => {
    await swept("--workers", "2");
  });
  const asWritten = () => join(out, "sweep.json");

  it("trains on its rows, and says which in every file", async () => {
    const results = await readResults(out);
    const trials: FolderTrial[] = [];
    for await (const trial of results.trials()) trials.push(trial);
    expect(trials).toHaveLength(4);
    for (const { outcome, dataset } of trials) {
      expect(outcome).toMatchObject({ state: "trained", testRmse: expect.any(Number) });
      expect(dataset).toMatchObject({ ...DATASET, file: "plane.csv", samples: 25 });
    }
    const { dataset } = JSON.parse(await readFile(asWritten(), "utf8"));
    expect(dataset).toMatchObject({ ...DATASET, file: "../data/plane.csv", samples: 25 });
    const { datasets } = JSON.parse(await readFile(join(out, "manifest.json"), "utf8"));
    expect(datasets).toEqual({ [dataset.sha256]: "../data/plane.csv" });
    for (const name of ["trials.csv", "cells.csv"]) {
      expect(await readFile(join(out, name), "utf8")).not.toContain(folder);
    }
  });

  it("goes on after the file has moved, once it is told where to", async () => {
    await rename(data(), data("moved.csv"));
    // In processes of their own, which do not know the numbers yet.
    const [gone, fresh] = await Promise.all([
      lrn(["sweep", asWritten(), "--out", out, "--seeds", "3"]),
      lrn(["sweep", asWritten(), "--out", out, "--fresh"]),
    ]);
    expect(gone).toMatchObject({ code: 2, stdout: "" });
    expect(gone.stderr).toMatch(
      /^lrn: dataset\.file: .+plane\.csv: there is no such file, and there is something to train on it; bring it back \(SHA-256 [0-9a-f]{8}…\), or say where it is, as --set dataset\.file=data\.csv\n$/,
    );
    expect(fresh.stderr).toContain("there is something to train on it");

    // What is there needs no data.
    expect((await done("plan", asWritten(), "--out", out)).stdout).toMatch(/left +0/);
    await done("sweep", asWritten(), "--out", out);
    await done("export", out, "--format", "json");
    expect((await done("query", out, "SELECT count(*) AS n FROM trials", "--csv")).stdout).toBe(
      "n\n4\n",
    );

    await writeSweep({ ...DATASET, file: "data/moved.csv" });
    const { stderr } = await swept("--seeds", "3");
    expect(unbroken(stderr)).toContain("2 trials trained");
    expect(stderr).toContain("4 were there already");
    expect(stderr).not.toContain("earlier sweep");
  });

  it("is refused after the file has changed, and a sweep file that does not mind trains other cells", async () => {
    await writeFile(data(), CSV.replace("\n0,", "\n0.5,"));
    for (const command of ["sweep", "plan"]) {
      const refused = await run([command, asWritten(), "--out", out]);
      expect(refused).toMatchObject({ code: 2, stdout: "" });
      expect(refused.stderr).toMatch(
        /dataset\.sha256: .+ must have the numbers that it had, of SHA-256 [0-9a-f]{8}…, has others, of [0-9a-f]{8}…; bring those back/,
      );
    }
    const { stderr } = await swept();
    expect(unbroken(stderr)).toContain("keeps 4 trials of an earlier sweep");
    expect(stderr).toContain("4 trials trained");
  });

  it("is proved with the file, and not without", async () => {
    expect(unbroken((await done("check", "--results", out)).stdout)).toContain("all as stored");
    // Of an earlier sweep, the manifest knows where the file is.
    await writeSweep({ ...DATASET, inputs: ["x1"], testSamples: 0 });
    await swept();
    expect(unbroken((await done("check", "--results", out)).stdout)).toContain("8 of 8 trials");
    await rename(data(), data("moved.csv"));
    const { code, stderr } = await lrn(["check", "--results", out]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/plane\.csv: there is no such file, and trials were trained on it/);
  });

  it("has the same baseline wherever the file is", async () => {
    const baseline = join(folder, "baseline.json");
    await done("check", sweepFile, "--baseline", baseline, "--update");
    expect(await readFile(baseline, "utf8")).not.toContain(folder);
    await rename(data(), data("other-name.csv"));
    await writeSweep({ ...DATASET, file: "data/other-name.csv" });
    await done("check", sweepFile, "--baseline", baseline);
    await writeFile(data("other-name.csv"), CSV.replace("\n0,", "\n0.5,"));
    expect((await run(["check", sweepFile, "--baseline", baseline])).code).toBe(1);
  });
});

it("tables name the file, its data and its columns", async () => {
  await writeSweep([DATASET, { ...DATASET, inputs: ["x1"], testSamples: 0 }]);
  const { stdout } = await swept("--tables");
  expect(unbroken(stdout)).toMatch(/dataset plane-[0-9a-f]{8}-tested-on-5 \(x1, x2 to y\)/);
  expect(unbroken(stdout)).toMatch(/dataset plane-[0-9a-f]{8} \(x1 to y\)/);
});

it("a file of the thesis's points gives the thesis's numbers, by every engine's worker", async () => {
  const { x, t } = makeDataset(THESIS_DATASET);
  await writeFile(data(), ["x,y", ...[...x].map((value, i) => `${value},${t[i]}`)].join("\n"));
  const sweep = { name: "own", grid: GRID as never, seeds: 3, epochs: 50 };
  const file = { file: data(), inputs: ["x"], targets: ["y"] };
  const rows = async (engine: "fused" | "reference", dataset: object, name: string) => {
    const to = join(folder, name);
    await runSweep({ ...sweep, dataset: dataset as never }, { folder: to, engine, workers: 2 });
    const csv = await readFile(join(to, "trials.csv"), "utf8");
    // Neither keys, nor what is dead on the domain, which here ends with the last point.
    const domain = csv.split("\n")[0].split(",").indexOf("dead_on_domain");
    return withoutTimes(csv).map((row) => row.split(",").toSpliced(domain, 1).slice(1));
  };
  const drawn = await rows("fused", THESIS_DATASET, "drawn");
  expect(drawn).toHaveLength(7);
  expect(await rows("fused", file, "file")).toEqual(drawn);
  expect((await rows("reference", file, "reference")).map((row) => row.with(8, "fused"))).toEqual(
    drawn.map((row, i) => (i === 0 ? row.with(8, "fused") : row)),
  );
});

describe("lrn trial", () => {
  const trial = (dataset: object) =>
    run(["trial", "--dataset", JSON.stringify(dataset), "--depth", "2", "--epochs", "5", "--json"]);
  const given = () => ({ file: data(), inputs: ["x1", "x2"], targets: ["y"] });

  it("trains on a file", async () => {
    const { code, stdout } = await trial(given());
    expect(code).toBe(0);
    const { trial: trained, samples } = JSON.parse(stdout);
    expect(trained.dataset).toMatchObject({ ...given(), file: "plane.csv", samples: 30 });
    expect(samples.x).toEqual(ROWS.map(([a, b]) => [a, b]));
  });

  it.each([
    [{ inputs: ["x3"] }, 'plane.csv: has no column "x3"; did you mean "x1"?'],
    [{ file: "not.csv" }, "--dataset.file: not.csv: there is no such file; give the path"],
    [
      { file: "not.csv", samples: 3, sha256: "0".repeat(64) },
      "--dataset.file: not.csv: there is no such file; give the path",
    ],
    [{ testSamples: 29 }, "--dataset.testSamples: must leave 2 rows or more of the file's 30"],
  ])("refuses %j", async (change, message) => {
    const { code, stdout, stderr } = await trial({ ...given(), ...change });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^lrn: trial: --dataset/);
    expect(stderr).toContain(message);
  });
});
