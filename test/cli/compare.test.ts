import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { run, temporaryFolder, unbroken } from "./lrn.js";

const ABS = { function: "abs", samples: 20, generator: "numpy", seed: 42 };
const RECIPE = { optimizer: ["adam"], trainingStyle: ["batch"] };
const PLAIN = { ...RECIPE, depth: [2, 4], width: [2], connection: ["plain"], learningRate: [0.05] };
const SWEEP = {
  name: "compared",
  seeds: 12,
  epochs: 40,
  convergence: { rmse: 0.2 },
  dataset: [ABS, { ...ABS, function: "square" }],
  grid: [
    { ...PLAIN, name: "plain" },
    { ...PLAIN, name: "late-residual", connection: ["late-residual"] },
    { ...PLAIN, name: "leaky ReLU", activation: ["leaky-relu"], learningRate: [0.1] },
    { ...PLAIN, name: "one layer", depth: [1], width: [8] },
  ],
};

let folder: string;
beforeAll(async () => {
  folder = await swept(SWEEP);
});

async function swept(sweep: object): Promise<string> {
  const out = await temporaryFolder();
  await writeFile(join(out, "file.json"), JSON.stringify(sweep));
  const { code, stderr } = await run([
    "sweep",
    join(out, "file.json"),
    "--out",
    join(out, "results"),
  ]);
  expect(code, stderr).toBe(0);
  return join(out, "results");
}

const compared = (...args: string[]) => run(["compare", folder, ...args]);
const json = async (...args: string[]) => {
  const { code, stdout, stderr } = await compared(...args, "--json");
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
};
const count = async (sql: string): Promise<number> => {
  const { stdout } = await run(["query", folder, sql, "--json"]);
  return Number(Object.values(JSON.parse(stdout)[0])[0]);
};

describe("named grids", () => {
  it("are compared without being asked for, with the counts that SQL gives", async () => {
    const { axis, base, rows } = await json();
    expect([axis, base]).toEqual(["grid", "plain"]);
    expect(rows).toHaveLength(3);
    const late = rows.find(({ arm }: { arm: string }) => arm === "late-residual");
    const converged = (connection: string) =>
      `SELECT avg(converged) FROM trials WHERE connection = '${connection}' AND depth > 1 AND activation = 'relu'`;
    expect(late.pairs).toBe(48);
    expect(late.clusters).toBe(24);
    expect(late.base.mean).toBeCloseTo(await count(converged("plain")), 12);
    expect(late.other.mean).toBeCloseTo(await count(converged("late-residual")), 12);
    const alone = (one: string, other: string) =>
      `SELECT count(*) FROM trials a JOIN trials b USING (seed, depth, width, dataset, activation)
       WHERE a.connection = '${one}' AND b.connection = '${other}' AND a.converged AND NOT b.converged`;
    expect(late.otherMore).toBe(await count(alone("late-residual", "plain")));
    expect(late.baseMore).toBe(await count(alone("plain", "late-residual")));
  });

  it("of one hidden layer are held against each depth", async () => {
    const { rows, notes } = await json("--where", "grid=plain|one layer");
    expect(rows).toMatchObject([{ arm: "one layer", pairs: 48, clusters: 12 }]);
    expect(notes).toEqual(["one layer has one depth, 1, held against each of plain"]);
  });

  it("are matched as wholes, whatever part of them is asked for", async () => {
    const { rows } = await json("--where", "depth=4,dataset=abs");
    expect(
      rows.map(({ arm, pairs }: { arm: string; pairs: number }) => [arm, pairs]).sort(),
    ).toEqual([
      ["late-residual", 12],
      ["leaky ReLU", 12],
      ["one layer", 12],
    ]);
    const few = await json("--where", "activation=relu");
    expect(few.rows.map(({ arm }: { arm: string }) => arm).sort()).toEqual([
      "late-residual",
      "one layer",
    ]);
    expect(few.notes).toContain("leaky ReLU and plain have no pair");
  });

  it("have the base that is asked for, and rows for each value", async () => {
    const { rows } = await json("--base", "leaky ReLU", "--by", "dataset");
    expect(rows).toHaveLength(9);
    expect(rows[0].axes).toEqual({});
    expect(rows.map(({ arm }: { arm: string }) => arm)).not.toContain("leaky ReLU");
  });

  it("make a league table, best first, under one level", async () => {
    const { stdout } = await compared("--markdown");
    const [head, , ...lines] = stdout.split("\n");
    expect(head).toMatch(
      /\| name +\| +rate \|.* difference \| +simultaneous 95.% interval \| p \(Holm\) \| verdict/,
    );
    const differences = lines
      .filter((line) => /[+-]0[.]\d+ \|/.test(line))
      .map((line) => Number(/[+-]0[.]\d+/.exec(line)));
    expect(differences.length).toBeGreaterThan(0);
    expect(differences).toEqual(differences.toSorted((a, b) => b - a));
    expect(stdout).toContain("Grids held against plain, in pairs of the same seed, 48 in each row");
  });
});

describe("an axis", () => {
  it("is compared where it is named, with its first value as base", async () => {
    const { base, rows } = await json("--axis", "connection", "--where", "activation=relu");
    expect(base).toBe("plain");
    expect(rows).toMatchObject([{ arm: "late-residual", pairs: 48 }]);
  });

  it("is taken for granted where it is the only one that varies", async () => {
    const alone = await swept({
      ...SWEEP,
      dataset: ABS,
      grid: { ...PLAIN, depth: [2, 3] },
      seeds: 3,
    });
    const { stdout } = await run(["compare", alone, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ axis: "depth", base: "2", rows: [{ arm: "3" }] });
  });

  it("is asked for where several vary", async () => {
    const several = { ...PLAIN, learningRate: [0.1, 0.01], depth: [2, 3] };
    const out = await swept({ ...SWEEP, dataset: ABS, grid: several, seeds: 2 });
    const { code, stderr } = await run(["compare", out]);
    expect(stderr).toBe(
      "lrn: --axis: must say what is compared; give one of depth, learning-rate\n",
    );
    expect(code).toBe(2);
  });

  it("may be of any of a trial's numbers", async () => {
    const { rows, measure } = await json("--axis", "connection", "--measure", "dead-neurons-born");
    expect(measure).toBe("dead-neurons-born");
    const born = await count(
      "SELECT avg(dead_neurons_born) FROM trials WHERE connection = 'plain' AND activation = 'relu' AND depth > 1",
    );
    expect(rows[0].base.mean).toBeCloseTo(born, 12);
    const among = await json("--measure", "final-rmse", "--among", "converged", "--rmse", "0.25");
    for (const { base, other } of among.rows) {
      expect(base.mean).toBeLessThanOrEqual(0.25);
      expect(other.mean).toBeLessThanOrEqual(0.25);
    }
  });
});

it("--where leaves its cells alone", async () => {
  const where = ["--where", `dataset=${JSON.stringify(ABS)},learning-rate=0.05`];
  const { rows } = await json("--axis", "connection", ...where, "--where", "depth=2|4");
  expect(rows[0].pairs).toBe(24);
});

it("--measure has the names that plots have", async () => {
  expect(await json("--measure", "rate")).toEqual(await json("--measure", "converged"));
  expect(await json("--measure", "dead_neurons")).toEqual(await json("--measure", "dead-neurons"));
});

it.each([
  [
    ["--axis", "conection"],
    '--axis: must be an axis or grid, got "conection"; did you mean "connection"?',
  ],
  [
    ["--base", "dense"],
    '--base: must be one of plain, late-residual, leaky ReLU, one layer, got "dense"',
  ],
  [["--by", "optimizer"], "--by: optimizer must have several values, got adam; leave it out"],
  [["--axis", "depth", "--by", "depth"], "--by: depth is what is compared"],
  [["--by", "dept"], '--by: must be an axis or all, got "dept"; did you mean "depth"?'],
  [["--where", "depth"], '--where: must be axis=value, as width=2,4, got "depth"'],
  [["--where", "depth=3"], "--where: depth: no cell has 3; they have 1, 2, 4"],
  [["--axis", "depth", "--where", "grid=plain"], "--where: grid is for --axis grid"],
  [["--where", "grid=plain"], "--axis: grid compares grids that have a name, got 1 of them"],
  [
    ["--axis", "epochs"],
    "--axis: epochs must have several values to be compared, has one here, 40",
  ],
  [["--measure", "dead-neuron"], 'got "dead-neuron"; did you mean "dead-neurons"?'],
  [["--among", "converged"], "--among: is for means, converged is a rate over all pairs"],
  [["--rmse", "0"], '--rmse: must be a number from 1e-30 to 1,000,000, got "0"'],
  [["--json", "--csv"], "--json: is one format, --csv another; give one of them"],
  [
    ["--measure", "test-rmse"],
    "must have trials of the same seed to be compared by test-rmse, got none",
  ],
])("%j is told what is wrong", async (flags, message) => {
  const { code, stderr } = await compared(...flags);
  expect(stderr).toMatch(/^lrn: /);
  expect(unbroken(stderr)).toMatch(new RegExp(message.replace(/[?|()]/g, "\\$&")));
  expect(code).toBe(2);
});

describe("on the console", () => {
  it.each([
    [[]],
    [["--by", "depth"]],
    [["--by", "all", "--simultaneous"]],
    [["--measure", "final-rmse"]],
  ])("%j is within 80 columns", async (flags) => {
    const { stdout } = await compared(...flags);
    expect(Math.max(...stdout.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
    for (const word of ["difference", "verdict"]) expect(stdout).toContain(word);
  });

  it("a single comparison is told in full", async () => {
    const { stdout } = await compared("--where", "grid=plain|late-residual");
    expect(stdout).toMatch(/^plain +0[.]\d{3}, 95 % interval 0[.]\d{3} to 0[.]\d{3}$/m);
    expect(stdout).toMatch(/^pairs +48, of 24 starts$/m);
    expect(stdout).toMatch(/^p +[<\d.]+ \(sign-flip test, exact\)$/m);
  });

  it("nothing is found where there is too little, and what could not have been is told", async () => {
    const few = ["--axis", "connection", "--where", "depth=2,dataset=abs,activation=relu"];
    const { stdout } = await compared(...few, "--rmse", "0.000001");
    expect(unbroken(stdout)).toContain(
      "Cannot tell: a true difference of -0.140 to +0.140 remains possible; " +
        "0 of 12 against 5 of 12 would not have been found either.",
    );
  });
});

it("CSV has a column for each axis that tells rows apart", async () => {
  const { stdout } = await compared("--csv", "--by", "depth");
  const [head, ...rows] = stdout.trimEnd().split("\n");
  expect(head).toMatch(/^measure,base,arm,pairs,.*,simultaneous_low,.*,verdict,unnoticed,depth$/);
  expect(rows.every((row) => row.split(",").length === head.split(",").length)).toBe(true);
});

describe("two folders", () => {
  it("of the same sweep are the same", async () => {
    const again = await swept({ ...SWEEP, seeds: 5, grid: SWEEP.grid.slice(0, 2) });
    const { code, stdout } = await compared(again);
    expect(unbroken(stdout)).toContain(
      "16 cells, of which 8 same, 8 vanished."
        .replace("16", "14")
        .replace("8 vanished", "6 vanished"),
    );
    expect(unbroken(stdout)).toContain("All 40 trials with seeds that both have are the same");
    expect(code).toBe(0);
  });

  it("of other numbers under the same key contradict each other, which ends with 1", async () => {
    const again = join(await temporaryFolder(), "copy");
    await cp(folder, again, { recursive: true });
    const { default: sqlite } = await import("@photostructure/sqlite");
    const db = new sqlite.DatabaseSync(join(again, "trials.db"));
    db.exec("UPDATE trial SET dead_neurons = dead_neurons + 1 WHERE cell = 1 AND seed = 2");
    db.close();
    const { code, stdout } = await compared(again);
    expect(unbroken(stdout)).toContain("13 same, 1 contradiction");
    expect(unbroken(stdout)).toContain("as seed 2 of depth ");
    expect(code).toBe(1);
  });

  it("may be limited to named grids", async () => {
    const { stdout } = await compared(folder, "--where", "grid=plain,depth=2");
    expect(unbroken(stdout)).toContain("2 cells, of which 2 same.");
  });

  it("are not asked about axes", async () => {
    const { code, stderr } = await compared(folder, "--axis", "depth");
    expect(stderr).toContain("--axis: is for one folder");
    expect(code).toBe(2);
  });
});
