import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { confidenceSequence } from "#lrn/analysis/confidence-sequence.js";
import { chartSvg } from "#lrn/output/pictures/charts/chart-svg.js";
import { run, temporaryFolder, unbroken } from "./lrn.js";

const COMMON = { width: [2], optimizer: ["adam"], trainingStyle: ["batch"] };
const SWEEP = {
  name: "small",
  dataset: { function: "abs", samples: 20, generator: "numpy", seed: 42, testSamples: 10 },
  grid: [
    { name: "plain", depth: [1, 3], connection: ["plain"], learningRate: [0.1, 0.03], ...COMMON },
    {
      ...{ name: "late, 0.2", depth: [1, 3], connection: ["late-residual"] },
      ...{ learningRate: [0.1, 0.03], activation: [{ name: "leaky-relu", slope: 0.2 }], ...COMMON },
    },
    { depth: [1], connection: ["dense"], learningRate: [0.1], ...COMMON },
  ],
  ...{ seeds: 12, epochs: 60 },
};

type Row = Readonly<Record<string, string>>;
let parent: string;
let folder: string;
let trials: readonly Row[];

beforeAll(async () => {
  parent = await temporaryFolder();
  folder = join(parent, "small");
  writeFileSync(join(parent, "small.json"), JSON.stringify(SWEEP));
  const swept = await run(["sweep", join(parent, "small.json"), "--out", folder, "--quiet"]);
  expect(swept).toMatchObject({ code: 0, stderr: "" });
  trials = parse(readFileSync(join(folder, "trials.csv")), { columns: true });
});

const plot = (...args: string[]) => run(["plot", folder, ...args]);

interface Shown {
  readonly title: string;
  readonly subtitle: readonly string[];
  readonly rows: readonly Readonly<Record<string, string | number | null>>[];
  readonly files: readonly string[];
}

async function shown(...args: string[]): Promise<Shown> {
  const { code, stdout, stderr } = await plot(
    ...args,
    "--out",
    join(parent, "shown.csv"),
    "--json",
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
/** Student's 97.5 % quantile of 11 degrees of freedom, from a table. */
const T_11 = 2.200985;
const standardError = (values: readonly number[]) => {
  const squares = values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
};

describe("the numbers are those of trials.csv", () => {
  it("a cell's rate, with Wilson's interval", async () => {
    const { rows } = await shown(
      "--where",
      "learningRate=0.1",
      "--where",
      "connection=plain,late-residual",
      "--colour",
      "connection",
    );
    expect(rows).toHaveLength(4);
    for (const { depth, connection, value, low, high, trials: count } of rows) {
      const own = trials.filter(
        (row) =>
          row.depth === String(depth) &&
          row.connection === connection &&
          row.learning_rate === "0.1",
      );
      const share = own.filter(({ converged }) => converged === "true").length / own.length;
      expect({ value, count }).toEqual({ value: share, count: own.length });
      for (const p of [low, high].map(Number)) {
        if (p === share) continue; // an end at 0 or 1
        // What defines the interval: its ends are so many standard errors of their own away.
        expect(Math.abs(share - p) / Math.sqrt((p * (1 - p)) / own.length)).toBeCloseTo(1.96, 3);
      }
    }
  });

  it("a cell's mean, with Student's interval", async () => {
    const { rows } = await shown(
      "--y",
      "dead-neurons-born",
      "--x",
      "learning-rate",
      "--where",
      "grid=plain",
      "--where",
      "depth=3",
    );
    expect(rows.map((row) => row.learning_rate)).toEqual([0.1, 0.03]);
    for (const row of rows) {
      const values = trials
        .filter(
          (of) =>
            of.connection === "plain" &&
            of.depth === "3" &&
            of.learning_rate === String(row.learning_rate),
        )
        .map((of) => Number(of.dead_neurons_born));
      expect(row.value).toBeCloseTo(mean(values), 10);
      expect(Number(row.high) - Number(row.low)).toBeCloseTo(2 * T_11 * standardError(values), 3);
    }
  });

  it("pooled over what is not placed, with an interval of the seeds' means", async () => {
    const { rows, subtitle } = await shown(
      ...["--y", "dead-neurons", "--x", "depth", "--colour", "grid", "--row", "none"],
    );
    expect(subtitle.join(" ")).toContain("Pooled over learning rate (0.03, 0.1).");
    expect(subtitle.join(" ")).toContain("1 cell is left out, of grids without a name.");
    const { value, low, high, cells } = rows.find(
      ({ depth, grid }) => depth === 3 && grid === "plain",
    )!;
    const own = trials.filter((row) => row.connection === "plain" && row.depth === "3");
    const bySeed = [...new Set(own.map(({ seed }) => seed))].map((seed) =>
      mean(own.filter((row) => row.seed === seed).map((row) => Number(row.dead_neurons))),
    );
    expect(bySeed).toHaveLength(12);
    expect(cells).toBe(2);
    expect(value).toBeCloseTo(mean(bySeed), 10);
    expect(Number(high) - Number(low)).toBeCloseTo(2 * T_11 * standardError(bySeed), 3);
  });

  it("what died in training, as a share of all neurons", async () => {
    const where = ["--where", "grid=plain,depth=3,learning-rate=0.1"];
    const y = ["--y", "dead-neurons-died,dead-layers-died", "--share"];
    const { rows, subtitle, title } = await shown(...y, ...where, "--colour", "none");
    const own = trials.filter(
      (trial) =>
        trial.connection === "plain" && trial.depth === "3" && trial.learning_rate === "0.1",
    );
    for (const [i, of, whole] of [
      [0, "neurons", 6],
      [1, "layers", 3],
    ] as const) {
      const died = own.map(
        (trial) =>
          Number(trial[`dead_${of}`]) -
          Number(trial[`dead_${of}_born`]) +
          Number(trial[`dead_${of}_revived`]),
      );
      expect(rows[i].measure).toBe(`dead_${of}_died_share`);
      expect(rows[i].value).toBeCloseTo(mean(died) / whole, 12);
    }
    expect(title).toMatch(/^Dead neurons that died in training as a share of all neurons and/);
    expect(subtitle.join()).toContain("12 trials at each point");
  });

  it("no share of what is no count", async () => {
    const { code, stderr } = await plot("--y", "rate", "--share");
    expect(code).toBe(2);
    expect(stderr).toContain("--share: is for counts of neurons or layers, and converged is none");
  });

  it("says so where points are pooled over different values", async () => {
    const { subtitle } = await shown("--x", "connection", "--colour", "none", "--row", "none");
    expect(subtitle.join(" ")).toContain(
      "Pooled over depth (1, 3) and learning rate (0.03, 0.1), though not all points have every depth and learning rate.",
    );
  });

  it("the median with the quartiles", async () => {
    const { rows } = await shown("--y", "test-rmse", "--where", "connection=dense");
    expect(rows).toHaveLength(1);
    const sorted = trials
      .filter(({ connection }) => connection === "dense")
      .map((row) => Number(row.test_rmse))
      .sort((a, b) => a - b);
    expect(sorted).toHaveLength(12);
    expect(rows[0].value).toBeCloseTo((sorted[5] + sorted[6]) / 2, 12);
    expect(rows[0].low).toBeCloseTo(sorted[2] + 0.75 * (sorted[3] - sorted[2]), 12);
    expect(rows[0].high).toBeCloseTo(sorted[8] + 0.25 * (sorted[9] - sorted[8]), 12);
  });

  it("of converged trials alone, where asked", async () => {
    const { rows, subtitle } = await shown(
      "--y",
      "dead-neurons",
      "--among",
      "converged",
      "--where",
      "connection=dense",
    );
    const own = trials.filter((row) => row.connection === "dense" && row.converged === "true");
    expect(own.length).toBeGreaterThan(0);
    expect(rows[0]).toMatchObject({
      ...{ value: mean(own.map((row) => Number(row.dead_neurons))), trials: own.length },
    });
    expect(subtitle.join(" ")).toContain("converged ones alone");
  });
});

describe("files", () => {
  it("are four in the folder's figures, named after what they show", async () => {
    const { code, stdout, stderr } = await plot(
      "--x",
      "depth",
      "--colour",
      "connection",
      "--where",
      "depth=1,3",
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const path = join(folder, "figures", "rate-by-depth-connection-depth-1-3");
    for (const ending of ["svg", "png", "csv", "json"]) {
      expect(stdout).toContain(`${path}.${ending}\n`);
      expect(existsSync(`${path}.${ending}`)).toBe(true);
    }
    expect(readFileSync(`${path}.png`).subarray(1, 4).toString()).toBe("PNG");
    const rows: Row[] = parse(readFileSync(`${path}.csv`), { columns: true });
    expect(Object.keys(rows[0])).toEqual([
      ...[
        "measure",
        "depth",
        "connection",
        "learning_rate",
        "value",
        "low",
        "high",
        "trials",
        "cells",
      ],
    ]);
    // The specification alone is the picture.
    const spec = JSON.parse(readFileSync(`${path}.json`, "utf8"));
    expect(await chartSvg(spec)).toBe(readFileSync(`${path}.svg`, "utf8"));
  });

  it("are one where --out ends as one, and the title is one's own", async () => {
    const out = join(parent, "new", "one.svg");
    const { stdout } = await plot("--title", "My <own> title", "--out", out, "--quiet");
    expect(stdout).toBe("");
    expect(readFileSync(out, "utf8")).toContain("My &lt;own&gt; title");
    expect(existsSync(join(parent, "new", "one.png"))).toBe(false);
  });

  it.each([
    ["lines with bands", "--x depth --where grid=plain"],
    [
      "lines with error bars, logarithmic",
      "--x learning-rate --colour none --row grid --y final-rmse,rate",
    ],
    ["dots", "--x grid --y collapsed-born,no-gradient-neurons --column depth"],
    ["dots without a colour, sorted", "--x grid --colour none"],
    ["words", "--x connection --colour learning-rate --y test-rmse"],
  ])("%s compile without a warning", async (_, flags) => {
    const out = join(parent, "chart.json");
    const { code, stderr } = await plot(...flags.split(" "), "--out", out);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(await chartSvg(JSON.parse(readFileSync(out, "utf8")))).toMatch(/^<svg/);
  });

  it("dots in one panel are sorted by their values", async () => {
    const out = join(parent, "league.json");
    await plot(
      "--x",
      "grid",
      "--colour",
      "none",
      "--row",
      "none",
      "--y",
      "dead-neurons",
      "--out",
      out,
    );
    const spec = JSON.parse(readFileSync(out, "utf8"));
    const [
      {
        hconcat: [panel],
      },
    ] = spec.vconcat;
    const values: { y: number; value: number }[] = panel.data.values;
    const down = values.toSorted((a, b) => a.y - b.y).map(({ value }) => value);
    expect(down).toEqual(down.toSorted((a, b) => b - a));
    expect(panel.encoding.y.axis.labelExpr).toContain("late, 0.2");
  });
});

describe("mistakes", () => {
  it.each([
    ["--x dept", '--x: must be an axis or grid, got "dept"; did you mean "depth"?'],
    ["--colour deth", '--colour: must be an axis or grid, got "deth"; did you mean "depth"?'],
    [
      "--y dead-neuron",
      '--y: must be a number of trials, got "dead-neuron"; did you mean "dead-neurons"?',
    ],
    ["--y rate,converged", "--y: rate is given twice; give it once"],
    ["--x depth --row depth", "--row: depth stands at --x already"],
    ["--where width", '--where: must be axis=value, as width=2,4, got "width"'],
    ["--where depth=2", "--where: depth: no cell has 2; they have 1, 3"],
    ["--where grid=plan", '--where: grid: no cell has plan; did you mean "plain"?'],
    [
      "--where grid=plain --where connection=dense",
      "--where: no cell has grid=plain and connection=dense together",
    ],
    ["--among converged", "--among: is for numbers of trials, and a rate is of all of them"],
    ["--out -", '--out: must be the path of a file, got "-", standard output'],
    ["--out fig.pdf", "--out: must end in .svg, .png, .csv, .json or nothing, got fig.pdf"],
  ])("%s", async (flags, message) => {
    const { code, stdout, stderr } = await plot(...flags.split(" "));
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(unbroken(stderr)).toContain(`lrn: ${message}`);
  });

  it("an axis that does not vary is drawn, with a note", async () => {
    const { code, stderr } = await plot("--row", "width", "--out", join(parent, "width.csv"));
    expect({ code, stderr }).toEqual({
      ...{ code: 0, stderr: "--row: width does not vary: all cells have width 2\n" },
    });
  });

  it("numbers that no trial has, and grids without names, are told", async () => {
    const bare = join(parent, "bare");
    const file = join(parent, "bare.json");
    const { name: _, ...grid } = SWEEP.grid[2] as { name?: string };
    writeFileSync(file, JSON.stringify({ name: "bare", grid, seeds: 2, epochs: 2 }));
    await run(["sweep", file, "--out", bare, "--quiet"]);
    expect((await run(["plot", bare, "--y", "test-rmse"])).stderr).toBe(
      'lrn: --y: test-rmse: no trial has it; it needs a dataset with test points, as "testSamples": 1000\n',
    );
    expect((await run(["plot", bare, "--x", "grid"])).stderr).toContain(
      "lrn: grid: the sweep file names none of its grids",
    );
    expect((await run(["plot", bare, "--where", "grid=plain"])).stderr).toContain(
      "lrn: --where: grid: no cell has plain: the sweep file names none of its grids",
    );
  });
});

describe("of cells that end by what came of their trials", () => {
  const shownOf = async (...args: string[]) => {
    const out = join(parent, "known");
    const seeds = 'seeds={"untilWidth":0.45,"atMost":40}';
    const file = join(parent, "small.json");
    await run(["sweep", file, "--set", seeds, "--set", "epochs=200", "--out", out, "--quiet"]);
    const to = ["--out", join(parent, "known.csv"), "--json"];
    const { code, stdout, stderr } = await run(["plot", out, ...args, ...to]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return JSON.parse(stdout) as Shown;
  };

  it("a cell has its confidence sequence", async () => {
    const { rows, subtitle } = await shownOf("--x", "depth", "--where", "grid=plain");
    expect(rows.length).toBe(4);
    for (const { value, trials, low, high } of rows) {
      const converged = Math.round(Number(value) * Number(trials));
      expect({ low, high }).toEqual(confidenceSequence(converged, Number(trials)));
    }
    expect(subtitle.at(-1)).toMatch(/95 % intervals\.$/);
  });

  it("a share over several has no interval, and the plot says so", async () => {
    const where = ["--where", "grid=plain", "--x", "depth", "--row", "none", "--column", "none"];
    const { rows, subtitle } = await shownOf(...where, "--colour", "none");
    expect(rows.map(({ cells, low, high }) => [cells, low, high])).toEqual([
      [2, null, null],
      [2, null, null],
    ]);
    expect(subtitle.at(-1)).toBe(
      "Shares over several cells have no intervals, for these cells end by what comes of their trials.",
    );
    const both = await shownOf(...where, "--colour", "none", "--y", "rate,dead-neurons");
    expect(both.subtitle.at(-1)).toMatch(/95 % intervals.*\. Shares over several cells have no/);
  });
});
