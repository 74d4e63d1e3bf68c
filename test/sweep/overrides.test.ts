import { describe, expect, it } from "vitest";
import { UserError } from "#lrn/errors.js";
import { THESIS_DATASET } from "#lrn/model/trial.js";
import { overridden, parseOverride } from "#lrn/sweep/overrides.js";
import { SMALL_GRID } from "./sweeps.js";

const SWEEP = { name: "small", grid: SMALL_GRID, seeds: 2 };

/** What the overrides, in their order, make of a sweep file. */
const set = (sweep: object, ...texts: string[]) =>
  texts.map(parseOverride).reduce(overridden, sweep as Record<string, unknown>);

function refusalOf(sweep: object, text: string): string {
  try {
    set(sweep, text);
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  }
  return "accepted";
}

describe("the value of an override", () => {
  it.each<[text: string, value: unknown]>([
    ["grid.depth=[2,5]", [2, 5]],
    ["grid.depth=2,5", [2, 5]],
    ["grid.depth=2", [2]],
    ["grid.depth[0]=2", 2],
    ["grid.connection=plain", ["plain"]],
    ["grid.connection=plain, late-residual", ["plain", "late-residual"]],
    ['grid.connection="plain","late-residual"', ["plain", "late-residual"]],
    ["grid.connection=[plain,late-residual]", ["plain", "late-residual"]],
    ["grid.learningRate=1e-3,0.5", [0.001, 0.5]],
    ["epochs=300", 300],
    ["epochs=300,3000", [300, 3000]],
    ["seeds=3,1", [3, 1]],
    ["seeds=10", 10],
    ['seeds={"untilConverged":3,"atMost":5}', { untilConverged: 3, atMost: 5 }],
    ['seeds={"untilWidth":0.1,"atMost":500}', { untilWidth: 0.1, atMost: 500 }],
    ['dataset={"seed":1},{"seed":2}', [{ seed: 1 }, { seed: 2 }]],
    ['grid.dataset={"seed":1}', [{ seed: 1 }]],
    ["name=a,b", "a,b"],
    ["name=null", null],
    ["convergence.rmse=0.1,0.2", "0.1,0.2"],
  ])("%s is a list where the field takes one", (text, value) => {
    expect(parseOverride(text).value).toEqual(value);
  });

  it.each(["nothing", "=5", "depth=", "__proto__.x=1", "grid.__proto__=1", "constructor.name=1"])(
    "%s is refused",
    (text) => {
      expect(() => parseOverride(text)).toThrow(UserError);
    },
  );
});

it("takes the place of what was there, the last one at last", () => {
  const asked = set(SWEEP, "grid.depth=2,5", "epochs=100", "epochs=200", "name=other");
  expect(asked).toEqual({
    ...SWEEP,
    name: "other",
    epochs: 200,
    grid: { ...SMALL_GRID, depth: [2, 5] },
  });
  expect(SWEEP.name).toBe("small");
});

describe("with lists", () => {
  const datasets = [8, 16].map((samples) => ({ ...THESIS_DATASET, samples }));
  const lists = { ...SWEEP, grid: [SMALL_GRID, { ...SMALL_GRID, epochs: [7] }], dataset: datasets };
  const [first, second] = lists.grid;

  it("a name means every value, and a place before it one", () => {
    for (const [text, grid] of [
      [
        "grid.depth=3",
        [
          { ...first, depth: [3] },
          { ...second, depth: [3] },
        ],
      ],
      ["grid.0.depth=3", [{ ...first, depth: [3] }, second]],
      ["grid[1].depth=3", [first, { ...second, depth: [3] }]],
      ["grid.1.epochs.0=8", [first, { ...second, epochs: [8] }]],
    ] as const) {
      expect(set(lists, text), text).toEqual({ ...lists, grid });
    }
    expect(set(lists, "dataset.seed=3").dataset).toEqual(
      datasets.map((dataset) => ({ ...dataset, seed: 3 })),
    );
    expect(set(lists, "dataset.1.seed=3").dataset).toEqual([
      datasets[0],
      { ...datasets[1], seed: 3 },
    ]);
  });

  it("what one override gave all, the next may change in one", () => {
    const asked = set(
      SWEEP,
      `grid=${JSON.stringify([SMALL_GRID, SMALL_GRID])}`,
      `grid.dataset=${JSON.stringify(THESIS_DATASET)}`,
      "grid.1.dataset.samples=8",
    );
    expect(asked.grid).toMatchObject([
      { dataset: [{ samples: 20 }] },
      { dataset: [{ samples: 8 }] },
    ]);
  });

  it.each([
    [
      "grid.2.depth=3",
      "grid.2.depth: there is no grid.2, for grid is a list of 2; give grid.0 to grid.1, or grid whole",
    ],
    ["grid[0].depth[5]=3", "there is no grid.0.depth.5, for grid.0.depth is a list of"],
    ["seeds.0=3", "seeds.0: seeds is no list; give seeds"],
  ])("%s is refused, for the list lacks it or is none", (text, message) => {
    expect(refusalOf(lists, text)).toContain(message);
  });

  it("a place in what is no list is refused with the path without it", () => {
    expect(refusalOf(SWEEP, "grid.0.depth=3")).toBe(
      "--set: grid.0.depth: grid is no list; give grid.depth",
    );
  });
});

describe("of a field that is left out", () => {
  it("keeps the rest as it then is", () => {
    expect(set(SWEEP, "dataset.samples=50", "dataset.seed=1").dataset).toEqual({
      ...THESIS_DATASET,
      samples: 50,
      seed: 1,
    });
    expect(set(SWEEP, "convergence.rmse=0.1").convergence).toEqual({ rmse: 0.1 });
  });

  it("in a grid, that is what stands beside the grids", () => {
    const dataset = { ...THESIS_DATASET, seed: 9 };
    expect(set({ ...SWEEP, dataset }, "grid.dataset.samples=50")).toEqual({
      ...SWEEP,
      dataset,
      grid: { ...SMALL_GRID, dataset: [{ ...dataset, samples: 50 }] },
    });
  });

  it("makes one value of a kind of another", () => {
    expect(set(SWEEP, "seeds.untilConverged=3", "seeds.atMost=9").seeds).toEqual({
      untilConverged: 3,
      atMost: 9,
    });
  });
});

describe("a field that no sweep file has is refused with the nearest", () => {
  it.each([
    ["grid.dept=3", "grid.depth"],
    ["grid.learningrate=3", "grid.learningRate"],
    ["grid.0.widht=3", "grid.0.width"],
    ["depth=3", "grid.depth"],
    ["rmse=1", "convergence.rmse"],
    ["samples=3", "dataset.samples"],
    ["epoch=3", "epochs"],
    ["convergence.threshold=3", "convergence.rmse"],
    ["grid.seeds=3", "seeds"],
    ["convergence.0=3", "convergence.rmse"],
  ])("%s: %s", (text, nearest) => {
    const [path] = text.split("=");
    expect(refusalOf(SWEEP, text)).toBe(
      `--set: ${path}: is not a field of a sweep file; did you mean "${nearest}"?`,
    );
  });

  it.each([
    ["banana=3", "it has $schema, name, dataset, grid, seeds, epochs, convergence, engine"],
    ["grid.banana=3", "grid has name, depth, width, connection"],
    ["name.x=3", "name has no fields"],
  ])("%s, near none, with those that there are", (text, fields) => {
    expect(refusalOf(SWEEP, text)).toContain(`is not a field of a sweep file; ${fields}`);
  });
});
