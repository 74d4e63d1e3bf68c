import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { UserError } from "#lrn/errors.js";
import { parseWith } from "#lrn/files/schema-errors.js";
import { sweepJsonSchema, sweepSchema } from "#lrn/sweep/schema.js";
import { SMALL_GRID } from "./sweeps.js";

const SWEEP = { name: "small", grid: SMALL_GRID, seeds: 2 };
const WHAT = { what: "a sweep file" };

function messageFor(value: unknown): string {
  try {
    parseWith(sweepSchema, value, "sweep.json", WHAT);
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  }
  return "accepted";
}

it("is the JSON Schema that stands beside the sweep files", async () => {
  const file = await readFile(new URL("../../configs/sweep.schema.json", import.meta.url), "utf8");
  expect(file).toBe(`${JSON.stringify(sweepJsonSchema(), null, 2)}\n`);
});

it("fills in the thesis's dataset, epochs and threshold", () => {
  expect(parseWith(sweepSchema, SWEEP, "sweep.json", WHAT)).toEqual({
    ...SWEEP,
    dataset: { function: "abs", samples: 20, generator: "numpy", seed: 42 },
    epochs: 3000,
    convergence: { rmse: 0.07 },
    engine: "fused",
  });
});

describe("a message names the field, the rule, the value and the remedy", () => {
  const depth = (values: unknown) => ({ ...SWEEP, grid: { ...SMALL_GRID, depth: values } });
  const rate = (value: number) => ({ ...SWEEP, grid: { ...SMALL_GRID, learningRate: [value] } });
  const data = (fields: object) => ({ ...SWEEP, dataset: fields });
  const own = { file: "data.csv", inputs: ["x1", "x2"], targets: ["y"] };
  const names = "must be a list of 1 to 256 columns' names, none of them twice, as";
  const positive = "must be a number from 1e-30 to 1000";
  const whole = "must be a whole number from 1 to 1000";

  it.each([
    ["negative", depth([2, 5, -5]), `grid.depth[2]: ${whole}, got -5`],
    [
      "a grid's name",
      { ...SWEEP, grid: { ...SMALL_GRID, name: "<b>" } },
      'grid.name: must be 1 to 40 letters, digits, spaces, commas, dots, dashes, underscores or pluses, a letter or digit first, got "<b>"',
    ],
    ["fractional", depth([1.5]), `grid.depth[0]: ${whole}, got 1.5`],
    ["absurd", depth([1e9]), `grid.depth[0]: ${whole}, got 1000000000`],
    ["text", depth(["2"]), `grid.depth[0]: ${whole}, got "2"`],
    [
      "empty axis",
      depth([]),
      "grid.depth: must be a list of at least one value, as [1, 2], got []",
    ],
    ["NaN", rate(Number.NaN), `grid.learningRate[0]: ${positive}, got NaN`],
    ["infinite", rate(Number.POSITIVE_INFINITY), `grid.learningRate[0]: ${positive}, got Infinity`],
    ["zero", rate(0), `grid.learningRate[0]: ${positive}, got 0`],
    [
      "misspelt field",
      { ...SWEEP, grid: { ...SMALL_GRID, dept: [2] } },
      'grid.dept: is not a field of a sweep file; did you mean "depth"?',
    ],
    [
      "misspelt field in a list of grids",
      { ...SWEEP, grid: [SMALL_GRID, { ...SMALL_GRID, widht: [2] }] },
      'grid[1].widht: is not a field of a sweep file; did you mean "width"?',
    ],
    [
      "unknown engine",
      { ...SWEEP, engine: "fusd" },
      'engine: must be "fused" or "reference" or "tfjs", got "fusd"; did you mean "fused"?',
    ],
    [
      "negative seed",
      { ...SWEEP, seeds: [0, -1] },
      "seeds[1]: must be a whole number from 0 to 4,294,967,295, got -1",
    ],
    [
      "seeds as text",
      { ...SWEEP, seeds: "many" },
      "seeds: must be a count from 1 to 10,000,000, a list of seeds as [0, 1, 2], " +
        '{ "untilConverged": 3, "atMost": 500 } or { "untilWidth": 0.05, "atMost": 10000 }, got "many"',
    ],
    [
      "a width that no interval has",
      { ...SWEEP, seeds: { untilWidth: 0, atMost: 500 } },
      "seeds.untilWidth: must be a number from 0.000001 to 0.99, as 0.05, got 0",
    ],
    [
      "a width without a cap",
      { ...SWEEP, seeds: { untilWidth: 0.05 } },
      "seeds.atMost: is missing; must be a whole number from 1 to 10,000,000",
    ],
    [
      "fewer trials than a width takes",
      { ...SWEEP, seeds: { untilWidth: 0.05, atMost: 159 } },
      "seeds.atMost: must be at least 160, for fewer trials never make an interval that is 0.05 wide, got 159",
    ],
    [
      "two ends of a cell's trials",
      { ...SWEEP, seeds: { untilWidth: 0.05, untilConverged: 3, atMost: 500 } },
      "seeds.untilWidth: does not go with the fields beside it; remove it, or those",
    ],
    [
      "a dataset that is none",
      data(5 as never),
      "dataset: must be an object with function, samples, generator and seed, or with file, inputs " +
        "and targets, got 5",
    ],
    [
      "a path that is none",
      data({ ...own, file: "" }),
      'dataset.file: must be the path of a CSV file, got ""',
    ],
    ["no inputs", data({ ...own, inputs: [] }), `dataset.inputs: ${names} ["x1", "x2"], got []`],
    [
      "a target twice",
      data({ ...own, targets: ["y", "y"] }),
      `dataset.targets: ${names} ["y"], got ["y","y"]`,
    ],
    [
      "a file without targets",
      data({ file: "data.csv", inputs: ["x"] }),
      `dataset.targets: is missing; ${names} ["y"]`,
    ],
    [
      "a misspelt field of a file",
      data({ ...own, testSample: 3 }),
      'dataset.testSample: is not a field of a sweep file; did you mean "testSamples"?',
    ],
    [
      "a field of the other kind of dataset",
      data({ ...own, domain: [0, 1] }),
      "dataset.domain: does not go with the fields beside it; remove it, or those",
    ],
    [
      "a hash that is none",
      data({ ...own, sha256: "1A" }),
      'dataset.sha256: must be 64 hexadecimal digits, in lower case, got "1A"',
    ],
    ["no list", [], "the whole: must be an object with name, grid and seeds, got []"],
    [
      "a name that leaves the folder",
      { ...SWEEP, name: "../x" },
      "name: must be 1 to 100 letters, digits, dots, dashes or underscores, a letter or digit first, " +
        'got "../x"',
    ],
  ])("%s", (_name, value, message) => {
    expect(messageFor(value)).toBe(`sweep.json: ${message}`);
  });

  it("__proto__ at any depth", () => {
    const value = JSON.parse(
      `{ "name": "x", "grid": { "__proto__": { "depth": [2] } }, "seeds": 1 }`,
    );
    expect(messageFor(value)).toContain(
      "sweep.json: grid.__proto__: is not a field of a sweep file; remove it",
    );
  });

  it("a line for everything that is wrong", () => {
    expect(messageFor({ ...depth([0]), seeds: 0 }).split("\n")).toHaveLength(2);
  });
});
