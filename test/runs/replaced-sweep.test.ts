/** What a second sweep into a folder says of the trials that the first one showed. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { readResults, runSweep, type SweepFile, type SweepOptions } from "#lrn/index.js";
import { THESIS_DATASET } from "#lrn/model/trial.js";
import { otherThresholdNote } from "#lrn/runs/other-threshold.js";
import { run, temporaryFolder } from "../cli/lrn.js";

const GRID = {
  depth: [2],
  width: [2],
  connection: ["plain", "late-residual"],
  optimizer: ["adam"],
  learningRate: [0.1],
  trainingStyle: ["batch"],
} as const;

/** Eight trials. */
const FIRST: SweepFile = { name: "first", grid: GRID, seeds: 4, epochs: 5 };

let folder: string;
let notes: string[];
beforeEach(async () => {
  folder = await temporaryFolder();
  notes = [];
  await swept(FIRST);
});

/** Runs a sweep; each note is there with how many trials had been trained by then. */
async function swept(sweep: SweepFile, options: Partial<SweepOptions> = {}) {
  let trained = 0;
  await runSweep(sweep, {
    ...{ folder, workers: 1, ...options },
    onProgress: ({ done }) => {
      trained = done;
    },
    onNote: (text) => notes.push(`${trained}: ${text}`),
  });
}

const noteOf = (trials: string) =>
  `0: ${folder} keeps ${trials} of an earlier sweep that this one does not ask for. Its tables, ` +
  "trials.csv, cells.csv and sweep.json will show this sweep only, until the earlier one is run again.";

describe("says before it trains what is kept and what is shown", () => {
  it.each<[string, Partial<SweepFile>, string]>([
    ["other epochs", { epochs: 6 }, "8 trials"],
    ["another dataset", { dataset: { ...THESIS_DATASET, samples: 8 } }, "8 trials"],
    ["fewer cells", { grid: { ...GRID, connection: ["plain"] } }, "4 trials"],
    ["fewer seeds", { seeds: 3 }, "2 trials"],
    ["other seeds", { seeds: [3, 4] }, "6 trials"],
    ["the shortest run of seeds", { seeds: { untilConverged: 1, atMost: 2 } }, "4 trials"],
    ["other arithmetic", { engine: "tfjs" }, "8 trials"],
  ])("for %s", async (_name, change, hidden) => {
    await swept({ ...FIRST, ...change });
    expect(notes).toEqual([noteOf(hidden)]);
    await swept({ ...FIRST, ...change });
    expect(notes).toHaveLength(1);
  });
});

it.each<[string, Partial<SweepFile>]>([
  ["the same", {}],
  ["the same under another name", { name: "other" }],
  ["more seeds", { seeds: 6 }],
  ["seeds of which they are some", { seeds: [5, 3, 2, 1, 0] }],
  ["more cells", { grid: { ...GRID, learningRate: [...GRID.learningRate, 0.5] } }],
  ["another engine of the same arithmetic", { engine: "reference" }],
])("says nothing for a sweep that shows all of them: %s", async (_name, change) => {
  await swept({ ...FIRST, ...change });
  expect(notes).toEqual([]);
});

it("says of another threshold only that kept trials have no epochs to converge for it", async () => {
  await swept({ ...FIRST, convergence: { rmse: 0.5 } });
  const { cells } = await readResults(folder);
  const converged = cells.reduce((sum, cell) => sum + cell.converged, 0);
  expect(notes).toEqual([`0: ${otherThresholdNote(converged, 0.5)}`]);
  expect(otherThresholdNote(1, 0.5)).toContain(
    "1 converged trial has no epochs_to_converge: it was",
  );
});

it("says nothing where --fresh removes them, or no sweep showed them", async () => {
  await swept({ ...FIRST, epochs: 6 }, { fresh: true });
  await writeFile(join(folder, "sweep.json"), "{");
  await swept({ ...FIRST, epochs: 7 });
  await rm(join(folder, "sweep.json"));
  await swept({ ...FIRST, epochs: 8 });
  expect(notes).toEqual([]);
});

it("knows the arithmetic of a folder without a manifest", async () => {
  await rm(join(folder, "manifest.json"));
  await swept({ ...FIRST, engine: "tfjs" });
  expect(notes).toHaveLength(1);
});

it("is heard on standard error, but not with --quiet", async () => {
  const file = join(folder, "second.json");
  await writeFile(file, JSON.stringify({ ...FIRST, epochs: 6 }));
  const args = ["sweep", file, "--workers", "1", "--out", folder];
  const { stdout, stderr } = await run(args);
  expect(stderr).toContain(`${noteOf("8 trials").slice(3)}\n`);
  expect(stdout).not.toContain("earlier sweep");
  expect((await run([...args, "--set", "epochs=7", "--quiet"])).stderr).toBe("");
});

it("writes no path of a schema into sweep.json, where it would lead nowhere, but a URL", async () => {
  const written = async () => JSON.parse(await readFile(join(folder, "sweep.json"), "utf8"));
  await swept({ ...FIRST, $schema: "./sweep.schema.json" });
  expect(await written()).not.toHaveProperty("$schema");
  await swept({ ...FIRST, $schema: "https://example.org/sweep.schema.json" });
  expect(Object.keys(await written()).slice(0, 2)).toEqual(["$schema", "name"]);
});
