/** What a page is given of a results folder, held against what the folder's files say. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { beforeAll, expect, it } from "vitest";
import { PAGE_NUMBERS, STATES, unpackCells } from "#lrn/output/page/page-data.js";
import { unpackColumn } from "#lrn/output/page/packed-columns.js";
import { readPageSweep, type SweepOfPage } from "#lrn/runs/page-sweep.js";
import { readResults } from "#lrn/runs/library.js";
import { run, temporaryFolder } from "../cli/lrn.js";
import { WIDE, WIDE_FILES } from "../web/sweeps.js";

/** Of every axis but depth some values. */
const SWEEP = { ...WIDE, grid: WIDE.grid.slice(1), epochs: 3 };

let folder: string;
let page: SweepOfPage;
beforeAll(async () => {
  const parent = await temporaryFolder();
  folder = join(parent, "results");
  await writeFile(join(parent, "points.csv"), WIDE_FILES["points.csv"]);
  await writeFile(join(parent, "wide.json"), JSON.stringify(SWEEP));
  const { code, stderr } = await run(["sweep", join(parent, "wide.json"), "--out", folder]);
  expect(code, stderr).toBe(0);
  const db = new DatabaseSync(join(folder, "trials.db"));
  db.exec(
    "UPDATE trial SET state = 'failed', reason = '<no>', final_rmse = NULL, dead_neurons = NULL, dead_layers = NULL " +
      "WHERE cell = 2 AND seed = 1; DELETE FROM trial WHERE cell = 3 AND seed = 0",
  );
  db.close();
  page = await readPageSweep(folder);
});

it("has every trial of the folder, with its numbers to the last bit", async () => {
  const { sweep } = page;
  const cells = unpackCells(sweep);
  const states = unpackColumn(sweep.states);
  const columns = Object.fromEntries(
    PAGE_NUMBERS.map((name) => [name, unpackColumn(sweep.columns[name])]),
  );
  const given: unknown[] = [];
  let row = 0;
  for (const [c, ranges] of sweep.seeds.entries()) {
    for (const [first, last] of ranges) {
      for (let seed = first; seed <= last; seed++, row++) {
        const state = STATES[states[row]];
        const numbers = PAGE_NUMBERS.map((name) => [name, columns[name][row]]);
        given.push({
          cell: cells[c],
          seed,
          state,
          numbers: state === "trained" ? Object.fromEntries(numbers) : sweep.failures[row],
        });
      }
    }
  }
  expect(row).toBe(states.length);
  const stored: unknown[] = [];
  for await (const { seed, outcome, ...own } of (await readResults(folder)).trials()) {
    const cell = Object.fromEntries(
      Object.keys(cells[0]).map((name) => [name, own[name as keyof typeof own]]),
    );
    const { state } = outcome;
    const numbers =
      state === "trained"
        ? Object.fromEntries(PAGE_NUMBERS.map((name) => [name, outcome[name]]))
        : state === "failed"
          ? outcome.reason
          : undefined;
    stored.push({ cell, seed, state, numbers });
  }
  expect(given).toEqual(stored);
  expect(new Set(states).size).toBe(3);
  expect(stored.length).toBe(WIDE.seeds * cells.length - 1);
});

it("says what trained them, and when", async () => {
  const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
  expect(page.sweep).toMatchObject({
    name: "wide",
    folder,
    threshold: 0.07,
    engine: { name: "fused", numerics: manifest.engine.numerics, bitStable: true },
    start: manifest.start,
    end: manifest.end,
  });
});

it("has the named grids, each with its cells", () => {
  const { grids } = page.sweep;
  expect(grids.map(({ name }) => name)).toEqual(SWEEP.grid.map(({ name }) => name));
  const cells = unpackCells(page.sweep);
  const activations = grids.find(({ name }) => name === "activations")!;
  expect(activations.cells).toHaveLength(6 * WIDE.dataset.length);
  for (const index of activations.cells) expect(cells[index].connection).toBe("late-residual");
});

it("has the numbers of data files, which the page cannot read", () => {
  const [numbers, ...others] = Object.values(page.files).map(unpackColumn);
  expect(others).toEqual([]);
  const rows = WIDE_FILES["points.csv"].split("\n").slice(1);
  expect([...numbers]).toEqual(rows.flatMap((row) => row.split(",").map(Number)));
});

it("has the thesis's counts of cells that it has", async () => {
  const parent = await temporaryFolder();
  const file = join(parent, "thesis.json");
  const { grid, ...sweep } = JSON.parse(await readFile("configs/thesis.json", "utf8"));
  const some = { ...grid, depth: [2], width: [2] };
  await writeFile(file, JSON.stringify({ ...sweep, grid: some, seeds: 1 }));
  await run(["sweep", file, "--out", join(parent, "out")]);
  const { sweep: own } = await readPageSweep(join(parent, "out"));
  const cells = unpackCells(own);
  const printed = own.published.map(({ cell, ...count }) => ({ ...cells[cell], ...count }));
  expect(printed).toHaveLength(cells.length);
  // As the thesis's Figure 4.3 begins.
  const first = { from: "Figure 4.3", depth: 2, connection: "plain", trainingStyle: "iterative" };
  expect(printed).toContainEqual(expect.objectContaining({ ...first, converged: 4, trials: 10 }));
});
