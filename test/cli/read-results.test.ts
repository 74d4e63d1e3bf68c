import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { beforeAll, describe, expect, it } from "vitest";
import { confidenceSequence } from "#lrn/analysis/confidence-sequence.js";
import type { ConvergenceTable } from "#lrn/analysis/convergence-tables.js";
import { lrn, run, temporaryFolder } from "./lrn.js";

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  const flags = ["--set", "epochs=200", "--set", "grid.depth=[2,5]", "--seeds", "3"];
  const rate = ["--set", "grid.learningRate=[0.1,900]", "--set", "convergence.rmse=0.25"];
  const finished = await run(["sweep", "configs/thesis.json", ...flags, ...rate, "--out", folder]);
  expect(finished.code, finished.stderr).toBe(0);
});

const read = (name: string) => readFile(join(folder, name), "utf8");
const query = (...args: string[]) => run(["query", folder, ...args]);
const exported = (...args: string[]) => run(["export", folder, ...args]);

it("names an empty store as what it is", async () => {
  const out = await temporaryFolder();
  await writeFile(join(out, "sweep.json"), await read("sweep.json"));
  await writeFile(join(out, "trials.db"), "");
  for (const args of [
    ["query", out, "SELECT 1"],
    ["export", out],
  ]) {
    const { code, stderr } = await run(args);
    expect(stderr).toContain("trials.db: must be a store of lrn, it is empty; run lrn sweep first");
    expect(code).toBe(2);
  }
});

it.each([
  ["query", "-", "SELECT 1"],
  ["export", "-"],
  ["plan", "-"],
  ["sweep", "-"],
  ["check", "-"],
])("names - as what was given: %s", async (...args) => {
  const { code, stderr } = await run(args);
  expect(stderr).toMatch(/^lrn: -: there is no such file; give/);
  expect(code).toBe(2);
});

describe("query", () => {
  const head = async (name: string) => (await read(name)).split("\n")[0];

  it("has in the view trials what trials.csv has", async () => {
    const columns = (await head("trials.csv")).replace(
      "train_ms",
      "round(train_ms, 3) AS train_ms",
    );
    const { stdout } = await query(`SELECT ${columns} FROM trials`, "--csv");
    expect(stdout).toBe(await read("trials.csv"));
  });

  it("has truth values where trials.csv has them, and still counts with them", async () => {
    const { stdout } = await query("SELECT DISTINCT converged FROM trials ORDER BY 1", "--json");
    expect(JSON.parse(stdout)).toEqual([{ converged: false }, { converged: true }]);
    const { stdout: counted } = await query(
      "SELECT sum(converged) AS a, (SELECT count(*) FROM trials WHERE converged) AS b FROM trials",
      "--json",
    );
    const [{ a, b }] = JSON.parse(counted);
    expect(a).toBe(b);
    expect(a).toBe((await read("trials.csv")).match(/,true,/g)?.length);
  });

  it("has in the view cells what cells.csv has", async () => {
    const columns = (await head("cells.csv")).split(",");
    const { stdout } = await query(
      `SELECT ${columns} FROM cells ORDER BY ${columns.slice(0, 6)}`,
      "--json",
    );
    const rows: Record<string, number>[] = JSON.parse(stdout);
    const lines = (await read("cells.csv")).trimEnd().split("\n").slice(1);
    const name = (values: unknown[]) => values.slice(0, 6).join();
    const expected = new Map(lines.map((line) => [name(line.split(",")), line.split(",")]));
    expect(rows).toHaveLength(64);
    expect(rows.some(({ converged }) => converged > 0)).toBe(true);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(columns);
      const values = expected.get(name(Object.values(row)))!;
      Object.values(row).forEach((value, i) => {
        if (value === null) expect(values[i]).toBe("");
        else if (i < 8) expect(String(value)).toBe(values[i]);
        else expect(value).toBeCloseTo(Number(values[i]), i === 13 ? 3 : 12);
      });
    }
  });

  it("has in all_cells the same, where the store has nothing else", async () => {
    const rows = async (view: string) => {
      const { stdout } = await query(`SELECT * FROM ${view} ORDER BY 1, 2, 3, 4, 5, 6`, "--csv");
      return stdout;
    };
    expect(await rows("all_cells")).toBe(await rows("cells"));
  });

  it("has in cells.csv the means of trials.csv, over the trained trials that have a number", async () => {
    const objects = async (...flags: string[]): Promise<Record<string, unknown>[]> =>
      JSON.parse((await exported("--format", "json", ...flags)).stdout);
    const [trials, cells] = [await objects(), await objects("--what", "cells")];
    const cellOf = (row: Record<string, unknown>) =>
      ["depth", "width", "connection", "optimizer", "learning_rate", "training_style"]
        .map((axis) => row[axis])
        .join();
    const columns = Object.keys(trials[0]);
    const later = columns.slice(columns.indexOf("dead_on_domain"));
    expect(later).toContain("collapsed");
    expect(Object.keys(cells[0]).slice(-later.length)).toEqual(later.map((name) => `${name}_mean`));
    let unlikeConverged = 0;
    for (const cell of cells) {
      const own = trials.filter((trial) => cellOf(trial) === cellOf(cell));
      const trained = own.filter(({ state }) => state === "trained");
      if (trained.length > Number(cell.converged)) unlikeConverged++;
      for (const name of later) {
        const values = trained.map((trial) => trial[name]).filter((value) => value !== null);
        const sum = values.reduce((total: number, value) => total + Number(value), 0);
        const mean = cell[`${name}_mean`];
        if (values.length === 0) expect(mean).toBeNull();
        else expect(mean).toBeCloseTo(sum / values.length, 12);
      }
    }
    expect(unlikeConverged).toBeGreaterThan(0);
  });

  it("has the intervals by functions that a query may use too", async () => {
    const { stdout } = await query(
      "SELECT count(*) AS n FROM cells WHERE rate_low = rate_low(converged, trials)",
      "--csv",
    );
    expect(stdout).toBe("n\n64\n");
  });

  it("prints a table, CSV or JSON", async () => {
    const sql =
      "SELECT optimizer, count(*) AS n, '=1+1' AS note, NULL AS none FROM trials GROUP BY 1";
    const table = await query(sql);
    expect(table).toMatchObject({ code: 0, stderr: "" });
    expect(table.stdout.split("\n")[1]).toBe("│ optimizer │  n │ note │ none │");
    expect(table.stdout.split("\n")[3]).toBe("│ adam      │ 96 │ =1+1 │      │");
    expect((await query(sql, "--csv")).stdout).toBe(
      "optimizer,n,note,none\nadam,96,'=1+1,\nsgd,96,'=1+1,\n",
    );
    expect(JSON.parse((await query(sql, "--json")).stdout)).toEqual([
      { optimizer: "adam", n: 96, note: "=1+1", none: null },
      { optimizer: "sgd", n: 96, note: "=1+1", none: null },
    ]);
  });

  it.each([
    [["DELETE FROM trials"], "must only read"],
    [["SELECT nope FROM trials"], "no such column: nope"],
    [["SELEC 1"], "must only read"],
    [["SELECT 1 AS a, 2 AS a", "--json"], 'got "a" twice'],
    [["SELECT 1", "--json", "--csv"], "mutually exclusive"],
    [[], "see lrn query --help"],
    [
      ["SELECT 1", "--", "SELECT 2"],
      'must be one statement, got "SELECT 1" and "SELECT 2"; see lrn',
    ],
    [["-"], 'must only read, got "-"'],
  ])("ends %j with exit code 2, a message and no stack trace", async (args, message) => {
    const { code, stdout, stderr } = await query(...args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  it("takes a statement that begins with a comment after --, and its help says so", async () => {
    const { code, stdout } = await query("--csv", "--", "-- as a comment\nSELECT 1 AS a");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "a\n1\n" });
    expect((await run(["query", "--help"])).stdout).toMatch(/after -- also\s+with a dash in front/);
  });

  it("leaves the folder as it was", async () => {
    const out = await temporaryFolder();
    const small = ["--set", "epochs=1", "--set", "grid.depth=[2]", "--seeds", "1"];
    await lrn(["sweep", "configs/thesis.json", ...small, "--out", out]);
    const before = await readdir(out);
    expect(before.filter((name) => name.startsWith("trials.db"))).toEqual(["trials.db"]);
    expect((await lrn(["query", out, "SELECT * FROM trials"])).code).toBe(0);
    expect(await readdir(out)).toEqual(before);
  });
});

/** The views of a folder that was swept twice: what its CSV files have, and everything. */
describe("query of a folder that has more than its sweep asks for", () => {
  const sweepInto = async (out: string, ...flags: string[]) => {
    const grid = ["--set", "grid.depth=[2,5]", "--set", 'grid.optimizer=["adam"]'];
    const rate = ["--set", "grid.learningRate=[0.1]", "--set", "convergence.rmse=0.25"];
    const finished = await run([
      "sweep",
      "configs/thesis.json",
      ...grid,
      ...rate,
      ...flags,
      "--out",
      out,
    ]);
    expect(finished.code, finished.stderr).toBe(0);
  };
  const count = async (out: string, view: string) => {
    const { stdout } = await run(["query", out, `SELECT count(*) AS n FROM ${view}`, "--json"]);
    return JSON.parse(stdout)[0].n as number;
  };
  /** Without measured times, and means, whose last digits may differ. */
  const sameAsCsv = async (out: string) => {
    for (const view of ["trials", "cells"]) {
      const csv = (await readFile(join(out, `${view}.csv`), "utf8")).trimEnd().split("\n");
      const names = csv[0].split(",");
      const kept = names.filter((name) => !/_mean$|^train_ms$/.test(name));
      const expected = csv.map((line) =>
        line
          .split(",")
          .filter((_, i) => kept.includes(names[i]))
          .join(),
      );
      const { stdout } = await run(["query", out, `SELECT ${kept} FROM ${view}`, "--csv"]);
      expect(stdout.trimEnd().split("\n")).toEqual(expected);
    }
  };

  it("after a sweep with other epochs", async () => {
    const out = await temporaryFolder();
    await sweepInto(out, "--set", "epochs=20", "--seeds", "3");
    await sweepInto(out, "--set", "epochs=30", "--seeds", "4");
    await sameAsCsv(out);
    expect(await count(out, "trials")).toBe(16 * 4);
    expect(await count(out, "all_trials")).toBe(16 * 7);
    expect([await count(out, "cells"), await count(out, "all_cells")]).toEqual([16, 32]);
  });

  it("after a sweep of fewer seeds, or of some", async () => {
    const out = await temporaryFolder();
    await sweepInto(out, "--set", "epochs=20", "--seeds", "5");
    await sweepInto(out, "--set", "epochs=20", "--seeds", "2");
    await sameAsCsv(out);
    await sweepInto(out, "--set", "epochs=20", "--set", "seeds=[7,1,3]");
    await sameAsCsv(out);
    expect(await count(out, "trials")).toBe(16 * 3);
    expect(await count(out, "all_trials")).toBe(16 * 6);
  });

  it("where a cell's trials end with a converged one, which give other intervals", async () => {
    const out = await temporaryFolder();
    const seeds = '{"untilConverged":2,"atMost":20}';
    await sweepInto(out, "--set", "epochs=200", "--set", `seeds=${seeds}`);
    await sameAsCsv(out);
    expect(await count(out, "all_trials")).toBeGreaterThan(await count(out, "trials"));
    const { stdout } = await run([
      ...["query", out, "SELECT max(converged) AS converged, max(rate_high) AS high FROM cells"],
      "--json",
    ]);
    expect(JSON.parse(stdout)[0].converged).toBe(2);
    const all = await run(["query", out, "SELECT count(rate_low) AS n FROM all_cells", "--csv"]);
    expect(all.stdout).toBe("n\n0\n");
  });

  it("where a cell's trials end once its rate is known, whose intervals are as narrow as was asked", async () => {
    const out = await temporaryFolder();
    const seeds = '{"untilWidth":0.45,"atMost":48}';
    await sweepInto(out, "--set", "epochs=200", "--set", `seeds=${seeds}`);
    await sameAsCsv(out);
    const sql = "SELECT trials, converged, rate_low AS low, rate_high AS high FROM cells";
    const { stdout } = await run(["query", out, sql, "--json"]);
    const rows: { trials: number; converged: number; low: number; high: number }[] =
      JSON.parse(stdout);
    for (const { trials, converged, low, high } of rows) {
      expect({ low, high }).toEqual(confidenceSequence(converged, trials));
      expect(high - low <= 0.45 || trials === 48).toBe(true);
    }
    expect(new Set(rows.map(({ trials }) => trials)).size).toBeGreaterThan(1);
    const all = await run(["query", out, "SELECT count(rate_low) AS n FROM all_cells", "--csv"]);
    expect(all.stdout).toBe("n\n0\n");
  });

  it("where the sweep is not finished", async () => {
    const out = await temporaryFolder();
    await sweepInto(out, "--set", "epochs=20", "--seeds", "2");
    const file = join(out, "sweep.json");
    const sweep = JSON.parse(await readFile(file, "utf8"));
    sweep.grid.depth = [2, 3];
    sweep.seeds = 4;
    await writeFile(file, JSON.stringify(sweep));
    for (const what of ["trials", "cells"]) {
      const csv = await run(["export", out, "--what", what]);
      await writeFile(join(out, `${what}.csv`), csv.stdout);
    }
    await sameAsCsv(out);
    expect(await count(out, "cells WHERE trials = 0 AND rate IS NULL AND rate_low IS NULL")).toBe(
      8,
    );
    const tables = await run(["export", out, "--format", "markdown"]);
    for (const line of tables.stdout.match(/^### .*$/gm)!) {
      expect(line).toMatch(/\(sweep unfinished: 16 of 64 trials\)$/);
    }
  });
});

describe("export", () => {
  it("gives the CSV files again", async () => {
    expect((await exported()).stdout).toBe(await read("trials.csv"));
    expect((await exported("--what", "cells")).stdout).toBe(await read("cells.csv"));
  });

  it("gives the tables in every format that is text", async () => {
    for (const format of ["csv", "json", "markdown", "latex"]) {
      const { code, stdout } = await exported("--what", "tables", "--format", format);
      expect(code).toBe(0);
      expect(stdout.match(/DID NOT CONVERGE|"means": null/)).not.toBeNull();
    }
    const plain = await exported("--format", "markdown");
    const { stdout } = await exported("--format", "markdown", "--intervals");
    expect(plain.stdout).not.toContain("rate (%)");
    expect(stdout.match(/rate \(%\)/g)).toHaveLength(16);
    expect((await exported("--format", "latex")).stdout.match(/\\begin\{table\}/g)).toHaveLength(8);
    expect((await exported("--format", "markdown")).stdout.match(/^### /gm)).toHaveLength(8);
  });

  it("has neurons of another definition in the tables where it is asked for", async () => {
    const tables = async (...flags: string[]) =>
      (await exported("--what", "tables", ...flags)).stdout;
    const columnsOf = (csv: string, head: RegExp) => {
      const [heads, ...lines] = csv
        .trimEnd()
        .split("\n")
        .map((line) => line.split(","));
      const at = heads.flatMap((name, i) => (head.test(name) ? [i] : []));
      return lines.map((line) => at.map((i) => line[i]));
    };
    const [plain, zero, constant] = [
      await tables(),
      await tables("--dead", "zero"),
      await tables("--dead", "constant"),
    ];
    expect(zero).toBe(plain);
    const head = (of: string) => of.split("\n")[0];
    expect(head(constant)).toBe(head(plain).replace(/ dead /g, " constant "));
    // JSON has the means by every definition.
    const all: ConvergenceTable[] = JSON.parse(
      await tables("--format", "json", "--dead", "constant"),
    );
    const summaries = all.flatMap(({ rows }) => rows.map(({ cells }) => cells));
    const means = (csv: string, of: RegExp) =>
      columnsOf(csv, of).filter((_, i) => !constant.split("\n")[i + 1].includes(",total,"));
    for (const [csv, words, neurons, layers] of [
      [plain, / dead (neurons|layers)$/, "deadNeurons", "deadLayers"],
      [constant, / constant (neurons|layers)$/, "constantNeurons", "constantLayers"],
    ] as const) {
      expect(means(csv, words)).toEqual(
        summaries.map((cells) =>
          cells.flatMap((cell) =>
            cell?.means
              ? [cell.means[neurons]!.toFixed(2), cell.means[layers]!.toFixed(2)]
              : [cell?.diverged === 3 ? "ALL DIVERGED" : "DID NOT CONVERGE", ""],
          ),
        ),
      );
    }
    const markdown = await exported("--format", "markdown", "--dead", "no-gradient");
    expect(markdown.stdout.match(/ no-gradient neurons /g)).toHaveLength(16);
    const latex = await exported("--format", "latex", "--dead", "no-gradient");
    expect(latex.stdout.match(/\{No-gradient\\\\layers\}/g)).toHaveLength(16);
  });

  it("gives trials and cells as JSON and Parquet", async () => {
    const out = join(await temporaryFolder(), "trials.parquet");
    expect(await exported("--format", "parquet", "--out", out)).toEqual({
      code: 0,
      stdout: "",
      stderr: `trials written to ${out}\n`,
    });
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(out) });
    const { stdout } = await exported("--format", "json");
    const wholeAsNumbers = rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([k, v]) => [k, typeof v === "bigint" ? Number(v) : v]),
      ),
    );
    expect(wholeAsNumbers).toEqual(JSON.parse(stdout));
    expect(rows.filter(({ state }) => state === "diverged").length).toBeGreaterThan(0);
  });

  it("writes what the file's ending says", async () => {
    const out = await temporaryFolder();
    const file = (name: string) => join(out, name);
    const said = async (name: string, ...flags: string[]) => {
      const { code, stderr } = await exported("--out", file(name), ...flags);
      expect(code, stderr).toBe(0);
      return [await readFile(file(name), "utf8"), stderr.replace(file(name), "it")];
    };
    for (const [name, format, what] of [
      ["a.csv", "csv", "trials"],
      ["a.JSON", "json", "trials"],
      ["a.md", "markdown", "tables"],
      ["a.markdown", "markdown", "tables"],
      ["a.b.tex", "latex", "tables"],
    ] as const) {
      const { stdout } = await exported("--format", format);
      expect(await said(name), name).toEqual([stdout, `${what} written to it\n`]);
      expect(await said(name, "--format", format), name).toEqual([
        stdout,
        `${what} written to it\n`,
      ]);
    }
    await said("a.parquet", "--what", "cells");
    const buffer = await asyncBufferFromFile(file("a.parquet"));
    expect(await parquetReadObjects({ file: buffer })).toHaveLength(64);
    // An ending of no format says nothing, so the note says what it is.
    const csv = await read("trials.csv");
    expect(await said("a.txt")).toEqual([csv, "trials written to it, as csv\n"]);
    expect(await said("csv")).toEqual([csv, "trials written to it, as csv\n"]);
    expect((await said("b.txt", "--format", "latex"))[1]).toBe("tables written to it, as latex\n");
  });

  it.each([
    [["--format", "xml"], 'Choices: "csv"'],
    [["--format", "parquet"], "--out: is needed for parquet"],
    [["--out", "x.parquet", "--what", "tables"], 'must be "trials" or "cells"'],
    [
      ["--format", "csv", "--out", "x.parquet"],
      "--format: must be parquet, as the ending of --out x.parquet says, got csv; leave it out, or end " +
        "the file's name in .csv",
    ],
    [["--format", "markdown", "--out", "x.tex"], "leave it out, or end the file's name in .md"],
    [["--format", "parquet", "--what", "tables", "--out", "x"], 'must be "trials" or "cells"'],
    [["--intervals"], "--intervals: is for tables, trials are written"],
    [
      ["--dead", "zero", "--what", "cells"],
      "--dead: is for tables, cells are written; they have columns for each of zero, constant, no-gradient " +
        "anyway: leave it out",
    ],
    [["--what", "tables", "--dead", "dead"], 'Choices: "zero", "constant", "no-gradient"'],
    [["--out", "/nowhere/trials.csv"], "cannot be written (ENOENT)"],
    [["--format", "parquet", "--out", "/nowhere/x"], "cannot be written (ENOENT)"],
  ])("ends %j with exit code 2, a message and no stack trace", async (args, message) => {
    const { code, stdout, stderr } = await exported(...args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

it.each([["query", "SELECT 1"], ["export"]])(
  "%s needs a results folder",
  async (command, ...args) => {
    const empty = await temporaryFolder();
    const nowhere = await run([command, join(empty, "nope"), ...args]);
    expect(nowhere).toMatchObject({ code: 2, stdout: "" });
    expect(nowhere.stderr).toContain(
      "nope: there is no such file; give a folder that lrn sweep wrote",
    );
    await writeFile(join(empty, "sweep.json"), await read("sweep.json"));
    const half = await run([command, empty, ...args]);
    expect(half).toMatchObject({ code: 2, stdout: "" });
    expect(half.stderr).toContain("trials.db: there is no such file");
  },
);
