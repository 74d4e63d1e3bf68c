/** What `lrn schema` says, as a JSON Schema validator of its own reads it, against what lrn takes. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { sweepJsonSchema, sweepSchema } from "#lrn/sweep/schema.js";
import { ROOT } from "../cli/lrn.js";
import { SMALL_GRID } from "./sweeps.js";

const SWEEP = { name: "small", grid: SMALL_GRID, seeds: 2 };
const DATASET = { function: "abs", samples: 20, generator: "numpy", seed: 42 };
const OWN = { file: "data.csv", inputs: ["x1", "x2"], targets: ["y"] };

/** By its own strict mode, in which a keyword that no draft has is an error. */
const validate = new Ajv2020().compile(sweepJsonSchema());

const bothTake = (sweep: unknown) => ({
  editor: validate(sweep),
  lrn: sweepSchema.safeParse(sweep).success,
});

describe("an editor and lrn take", () => {
  it.each<[string, object]>([
    ["epochs, one", { epochs: 300 }],
    ["epochs, a list", { epochs: [300, 3000] }],
    ["epochs in a grid, a list", { grid: { ...SMALL_GRID, epochs: [300] } }],
    ["a dataset", { dataset: DATASET }],
    ["datasets", { dataset: [DATASET, { ...DATASET, seed: 1 }] }],
    ["a dataset of a file", { dataset: OWN }],
    ["datasets of both kinds", { dataset: [DATASET, { ...OWN, testSamples: 5 }] }],
    [
      "a dataset of a file, as sweep.json has it",
      { dataset: { ...OWN, samples: 9, sha256: "0".repeat(64) } },
    ],
    ["datasets in a grid", { grid: { ...SMALL_GRID, dataset: [DATASET] } }],
    ["a list of grids", { grid: [SMALL_GRID, SMALL_GRID] }],
    ["a list of seeds", { seeds: [3, 4] }],
    ["seeds until enough converged", { seeds: { untilConverged: 3, atMost: 500 } }],
    ["seeds until a rate is known", { seeds: { untilWidth: 0.05, atMost: 500 } }],
    ["a $schema", { $schema: "./sweep.schema.json" }],
  ])("%s", (_name, fields) => {
    expect(bothTake({ ...SWEEP, ...fields })).toEqual({ editor: true, lrn: true });
  });

  it.each(["thesis", "smoke"])("configs/%s.json", async (name) => {
    const sweep = JSON.parse(await readFile(join(ROOT, `configs/${name}.json`), "utf8"));
    expect(bothTake(sweep)).toEqual({ editor: true, lrn: true });
  });

  it("the README's sweep file", async () => {
    const readme = await readFile(join(ROOT, "README.md"), "utf8");
    const [sweep] = /^ {4}\{\n {6}"\$schema"[\s\S]*?^ {4}\}$/m.exec(readme)!;
    expect(bothTake(JSON.parse(sweep))).toEqual({ editor: true, lrn: true });
  });
});

describe("an editor and lrn refuse", () => {
  it.each<[string, object]>([
    ["epochs, an empty list", { epochs: [] }],
    ["epochs in a grid, one", { grid: { ...SMALL_GRID, epochs: 300 } }],
    ["a depth that is no list", { grid: { ...SMALL_GRID, depth: 2 } }],
    ["a dataset in a grid that is no list", { grid: { ...SMALL_GRID, dataset: DATASET } }],
    ["a dataset of both kinds in one", { dataset: { ...DATASET, ...OWN } }],
    ["a dataset of a file without targets", { dataset: { ...OWN, targets: [] } }],
    ["a part of a dataset", { dataset: { samples: 50 } }],
    ["no grids", { grid: [] }],
    ["no seeds", { seeds: [] }],
    ["a field that is none", { epoch: 3 }],
    ["a grid's field that is none", { grid: { ...SMALL_GRID, dept: [3] } }],
    ["a learning rate of 0", { grid: { ...SMALL_GRID, learningRate: [0] } }],
  ])("%s", (_name, fields) => {
    expect(bothTake({ ...SWEEP, ...fields })).toEqual({ editor: false, lrn: false });
  });
});
