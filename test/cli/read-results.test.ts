import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { beforeAll, describe, expect, it } from "vitest";
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
    const columns = await head("trials.csv");
    const { stdout } = await query(
      `SELECT ${columns
        .replace("converged", "iif(converged, 'true', 'false') AS converged")
        .replace("train_ms", "round(train_ms, 3) AS train_ms")} FROM trials`,
      "--csv",
    );
    const lines = (text: string) => text.trimEnd().split("\n").toSorted();
    expect(lines(stdout)).toEqual(lines(await read("trials.csv")));
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
    expect((await exported("--format", "latex")).stdout.match(/\\begin\{table\}/g)).toHaveLength(8);
    expect((await exported("--format", "markdown")).stdout.match(/^### /gm)).toHaveLength(8);
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
