/** From which epoch on a trial's RMSE stays under the threshold: trained, stored, read, drawn and proved. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { readResults } from "#lrn/index.js";
import { run, temporaryFolder, unbroken } from "./lrn.js";

const SWEEP = {
  name: "steps",
  seeds: 5,
  epochs: 90,
  convergence: { rmse: 0.2 },
  dataset: { function: "abs", samples: 20, generator: "numpy", seed: 42 },
  grid: {
    ...{ depth: [1, 3], width: [4], connection: ["late-residual"], optimizer: ["adam", "sgd"] },
    ...{ learningRate: [0.1], trainingStyle: ["iterative", "batch"] },
  },
};

type Row = Readonly<Record<string, string>>;

let folder: string;
let rows: readonly Row[];

const rowsOf = async (of: string, name = "trials.csv"): Promise<Row[]> =>
  parse(await readFile(join(of, name)), { columns: true });

async function sweep(out: string, changes: object = {}) {
  const file = join(out, "..", "sweep.json");
  await writeFile(file, JSON.stringify({ ...SWEEP, ...changes }));
  const swept = await run(["sweep", file, "--out", out, "--workers", "1"]);
  expect(swept.code, swept.stderr).toBe(0);
  return unbroken(swept.stderr);
}

beforeAll(async () => {
  folder = join(await temporaryFolder(), "results");
  await sweep(folder);
  rows = await rowsOf(folder);
});

it("is a column of trials, of those that converged, and says what the trial's losses say", async () => {
  const ending = rows.filter(({ converged }) => converged === "true");
  expect(ending.length).toBeGreaterThan(5);
  expect(ending.length).toBeLessThan(rows.length);
  for (const row of rows) {
    expect(row.epochs_to_converge !== "").toBe(row.converged === "true");
  }
  const batch = ending.filter(({ training_style }) => training_style === "batch");
  expect(batch.length).toBeGreaterThan(2);
  for (const { key, epochs_to_converge } of batch.slice(0, 4)) {
    const { stdout } = await run(["trial", folder, "--key", key, "--json"]);
    const { rmsePerEpoch, outcome } = JSON.parse(stdout);
    const from = rmsePerEpoch.findLastIndex((rmse: number) => rmse > 0.2) + 1;
    expect(Number(epochs_to_converge)).toBe(from);
    expect(outcome).toMatchObject({ epochsToConverge: from, thresholdRmse: 0.2 });
  }
  const [{ key, epochs_to_converge: epochs }] = batch;
  const shown = await run(["trial", folder, "--key", key]);
  expect(shown.stdout).toContain(`Converged after ${epochs} epochs: final RMSE`);
  const passes = ending.filter(({ training_style }) => training_style === "iterative");
  expect(passes.length).toBeGreaterThan(0);
  for (const { epochs_to_converge } of passes) {
    expect([0, 20, 40, 60, 80, 90]).toContain(Number(epochs_to_converge));
  }
});

it("is a mean of cells, and the same in SQL, as JSON and in the library", async () => {
  const cells = await rowsOf(folder, "cells.csv");
  const sql = "SELECT epochs_to_converge_mean AS mean FROM cells";
  const asked = JSON.parse((await run(["query", folder, sql, "--json"])).stdout);
  cells.forEach((cell, i) => {
    const own = rows.slice(5 * i, 5 * i + 5).flatMap(({ epochs_to_converge: epochs }) => {
      return epochs === "" ? [] : [Number(epochs)];
    });
    const mean = own.length === 0 ? null : own.reduce((a, b) => a + b) / own.length;
    expect(cell.epochs_to_converge_mean === "" ? null : Number(cell.epochs_to_converge_mean)).toBe(
      mean,
    );
    expect(asked[i].mean).toBe(mean);
  });
  const epochs = rows.map(({ epochs_to_converge }) =>
    epochs_to_converge === "" ? null : Number(epochs_to_converge),
  );
  const exported = JSON.parse((await run(["export", folder, "--format", "json"])).stdout);
  expect(exported.map((row: Row) => row.epochs_to_converge)).toEqual(epochs);
  const read: (number | null)[] = [];
  for await (const { outcome } of (await readResults(folder)).trials()) {
    read.push(outcome.state === "trained" ? (outcome.epochsToConverge ?? null) : null);
  }
  expect(read).toEqual(epochs);
});

it("is drawn as medians of converged trials, with the quartiles", async () => {
  const args = ["--y", "epochs-to-converge", "--x", "optimizer", "--colour", "none"];
  const where = ["--where", "depth=3,training-style=batch"];
  const out = ["--out", join(folder, "..", "drawn.svg"), "--json"];
  const { stdout, code, stderr } = await run(["plot", folder, ...args, ...where, ...out]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { title, subtitle, rows: points } = JSON.parse(stdout);
  expect(title).toBe("Median epochs to converge by optimizer");
  expect(subtitle.join(" ")).toContain(
    "converged ones alone. Converged: final RMSE of at most 0.2",
  );
  expect(subtitle.join(" ")).toContain(
    "from the lower to the upper quartile of epochs to converge",
  );
  for (const { optimizer, value, trials } of points) {
    const own = rows
      .filter((row) => row.optimizer === optimizer && row.depth === "3")
      .filter((row) => row.training_style === "batch" && row.converged === "true")
      .map(({ epochs_to_converge }) => Number(epochs_to_converge))
      .sort((a, b) => a - b);
    expect(trials).toBe(own.length);
    const middle = (own.length - 1) / 2;
    expect(value).toBe((own[Math.floor(middle)] + own[Math.ceil(middle)]) / 2);
  }
  expect(points.length).toBeGreaterThan(0);
});

it("is compared between pairs of which both converged", async () => {
  const args = ["--axis", "depth", "--measure", "epochs-to-converge"];
  const { code, stdout, stderr } = await run(["compare", folder, ...args]);
  expect(code, stderr).toBe(0);
  expect(unbroken(stdout)).toContain("pairs of which both converged, RMSE at most 0.2");
  const other = await run(["compare", folder, ...args, "--rmse", "0.3"]);
  expect(other.code).toBe(2);
  expect(unbroken(other.stderr)).toMatch(
    /got none \(\d+ trials trained with another threshold left out: a sweep into a new folder/,
  );
});

describe("read with another threshold than it was trained with", () => {
  let other: string;
  let said: string;
  beforeAll(async () => {
    other = join(await temporaryFolder(), "results");
    await sweep(other);
    said = await sweep(other, { seeds: 7, convergence: { rmse: 0.22 } });
  });

  it("it is empty, which the sweep says, and known of the trials that this one added", async () => {
    expect(said).toContain("16 trials trained");
    expect(said).toMatch(
      /\d+ converged trials have no epochs_to_converge: they were trained with another threshold than 0\.22, and trained trials are kept whatever the threshold\. To have it for this one, sweep into a new folder\./,
    );
    const told = Number(/(\d+) converged trials have no/.exec(said)![1]);
    const converged = (await rowsOf(other)).filter((row) => row.converged === "true");
    const [before, added] = [4, 6].map((last) =>
      converged.filter(
        ({ seed }) => Number(seed) <= last && Number(seed) > last - (last < 5 ? 5 : 2),
      ),
    );
    expect(before).toHaveLength(told);
    expect(before.every((row) => row.epochs_to_converge === "")).toBe(true);
    expect(added.length).toBeGreaterThan(0);
    expect(added.every((row) => row.epochs_to_converge !== "")).toBe(true);
    const sql = "SELECT count(epochs_to_converge) AS known FROM";
    for (const view of ["trials", "all_trials"]) {
      const { stdout } = await run(["query", other, `${sql} ${view}`, "--json"]);
      expect(JSON.parse(stdout)).toEqual([{ known: added.length }]);
    }
  });

  it("plots say so, and where there is nothing to draw, why", async () => {
    const args = ["--y", "epochs-to-converge", "--x", "depth", "--out", join(other, "../p.svg")];
    const { stderr } = await run(["plot", other, ...args]);
    expect(unbroken(stderr)).toContain("trained with another threshold than 0.22");
    const third = join(await temporaryFolder(), "results");
    await sweep(third);
    const again = await sweep(third, { convergence: { rmse: 0.21 } });
    expect(again).toContain("0 trials trained");
    expect(again).toContain("another threshold than 0.21");
    const none = await run(["plot", third, ...args]);
    expect(none.code).toBe(2);
    expect(unbroken(none.stderr)).toContain("--y: epochs-to-converge: ");
    expect(unbroken(none.stderr)).toContain("another threshold than 0.21");
    expect(await sweep(third)).not.toContain("another threshold");
    expect(await rowsOf(third)).toEqual(
      rows.map((row, i) => ({ ...row, train_ms: expect.any(String), seed: String(i % 5) })),
    );
  });

  it("each trial is proved with its own", async () => {
    const { code, stdout } = await run(["check", "--results", other, "--workers", "1"]);
    expect(code, stdout).toBe(0);
    expect(unbroken(stdout)).toContain("56 of 56 trials trained again, all as stored");
  });
});

it("is known of cells that are trained until enough converged", async () => {
  const until = join(await temporaryFolder(), "results");
  await sweep(until, { seeds: { untilConverged: 2, atMost: 16 } });
  const converged = (await rowsOf(until)).filter((row) => row.converged === "true");
  expect(converged.length).toBeGreaterThan(3);
  expect(converged.every(({ epochs_to_converge }) => epochs_to_converge !== "")).toBe(true);
});
