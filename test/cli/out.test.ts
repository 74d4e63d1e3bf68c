/** What `--out` and `--baseline` may name, and what they must leave alone. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ROOT, run, shell, temporaryFolder } from "./lrn.js";

const SMALL = [
  "--workers",
  "1",
  "--set",
  "epochs=5",
  "--set",
  "grid.depth=[2]",
  "--set",
  "grid.width=[2]",
  "--seeds",
  "1",
];
const SWEEP = ["sweep", "configs/thesis.json", ...SMALL];

let results: string;
beforeAll(async () => {
  results = await temporaryFolder();
  const finished = await run([...SWEEP, "--out", results]);
  expect(finished.code, finished.stderr).toBe(0);
});

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});

/**
 * Every file below a folder with its content, but for a log of SQLite's that is empty, and the index of it: they go
 * once the connection of an earlier command is collected, whenever that is.
 */
async function contents(of: string): Promise<Map<string, string>> {
  const found = await readdir(of, { recursive: true, withFileTypes: true });
  const files = found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const read = await Promise.all(
    files
      .filter((file) => !file.endsWith(".db-shm"))
      .map(async (file) => [file, await readFile(file, "latin1")] as const),
  );
  return new Map(read.filter(([file, content]) => !(file.endsWith(".db-wal") && content === "")));
}

describe("export --out", () => {
  const exported = (out: string, ...flags: string[]) =>
    run(["export", results, "--out", out, ...flags]);

  it("is standard output as -, and as the device of it", async () => {
    const csv = await readFile(join(results, "trials.csv"), "utf8");
    expect(await exported("-")).toEqual({ code: 0, stdout: csv, stderr: "" });
    const appended = join(folder, "file");
    await writeFile(appended, "before\n");
    const shell = `"${process.execPath}" bin/lrn.js export "${results}" --out /dev/stdout >> "${appended}"`;
    execFileSync("sh", ["-c", shell], { cwd: ROOT });
    expect(await readFile(appended, "utf8")).toBe(`before\n${csv}`);
  });

  it.skipIf(!existsSync("/dev/fd"))(
    "as an open file goes on where that stands (needs /dev/fd)",
    async () => {
      const csv = await readFile(join(results, "trials.csv"), "utf8");
      await symlink("/dev/fd/3", join(folder, "link"));
      for (const [out, fd] of [
        ["/dev/fd/3", 3],
        [join(folder, "link"), 3],
        ["/dev/stderr", 2],
      ] as const) {
        const file = join(folder, "file");
        const line = `"${process.execPath}" bin/lrn.js export "${results}" --quiet --out "${out}"`;
        const others = `{ echo before >&${fd}; ${line}; echo after >&${fd}; } ${fd}> "${file}"`;
        expect(await shell(others)).toEqual({ code: 0, stdout: "", stderr: "" });
        expect(await readFile(file, "utf8"), out).toBe(`before\n${csv}after\n`);
      }
    },
  );

  it.skipIf(!existsSync("/dev/fd"))(
    "as an open file is refused where that is a folder's own, or to be read (needs /dev/fd)",
    async () => {
      const own = join(results, "trials.csv");
      const before = await readFile(own, "utf8");
      const line = `"${process.execPath}" bin/lrn.js export "${results}" --out /dev/fd/3`;
      expect((await shell(`${line} 3>> "${own}"`)).stderr).toContain("own file and stays as it is");
      const file = join(folder, "file");
      await writeFile(file, "kept");
      expect(await shell(`${line} 3< "${file}"`)).toEqual({
        code: 2,
        stdout: "",
        stderr: "lrn: --out: /dev/fd/3 cannot be written (EBADF); give another path\n",
      });
      expect([await readFile(own, "utf8"), await readFile(file, "utf8")]).toEqual([before, "kept"]);
    },
  );

  it("is standard output for Parquet too, where it says so", async () => {
    const file = join(folder, "trials.parquet");
    const shell = `"${process.execPath}" bin/lrn.js export "${results}" --format parquet --out - > "${file}"`;
    execFileSync("sh", ["-c", shell], { cwd: ROOT });
    const { buffer } = new Uint8Array(await readFile(file));
    expect(await parquetReadObjects({ file: buffer })).toHaveLength(24);
  });

  it("writes to a FIFO, which stays", async () => {
    const fifo = join(folder, "fifo");
    execFileSync("mkfifo", [fifo]);
    const read = readFile(fifo, "utf8");
    expect(await exported(fifo)).toMatchObject({ code: 0 });
    expect(await read).toBe(await readFile(join(results, "trials.csv"), "utf8"));
    expect(await readdir(folder)).toEqual(["fifo"]);
  });

  it.each(["trials.db", "trials.csv"])("refuses %s of the folder it reads", async (own) => {
    await symlink(join(results, own), join(folder, "link"));
    const before = await contents(results);
    for (const out of [join(results, own), join(folder, "link")]) {
      for (const format of ["csv", "parquet"]) {
        const { code, stderr } = await exported(out, "--format", format);
        expect(stderr).toMatch(
          /^lrn: --out: .* (own file|SQLite database) and stays as it is; give/,
        );
        expect(code).toBe(2);
      }
    }
    expect(await contents(results)).toEqual(before);
  });

  it("writes beside them", async () => {
    const out = join(results, "trials.parquet");
    expect(await exported(out, "--format", "parquet")).toMatchObject({ code: 0 });
    expect(await readdir(results)).toContain("trials.parquet");
  });

  it("refuses a folder, and a file that is read-only", async () => {
    const file = join(folder, "file");
    await writeFile(file, "kept");
    chmodSync(file, 0o444);
    expect((await exported(file)).stderr).toContain("is read-only and stays as it is");
    expect((await exported(folder)).stderr).toContain("must be a file, it is a folder");
    expect(await readFile(file, "utf8")).toBe("kept");
  });
});

it.each([[[...SWEEP]], [["figure", "1.1"]]])(
  "%j refuses standard output as a folder",
  async (args) => {
    const { code, stderr } = await run([...args, "--out=-"]);
    expect(stderr).toMatch(/^lrn: --out: must be a folder, got "-", standard output; give a path/);
    expect(code).toBe(2);
  },
);

it("figure writes through a link, and not to a store", async () => {
  await mkdir(join(folder, "out"));
  await symlink("../far.svg", join(folder, "out/1.1.svg"));
  expect(await run(["figure", "1.1", "--out", join(folder, "out")])).toMatchObject({ code: 0 });
  expect(await readFile(join(folder, "far.svg"), "utf8")).toContain("<svg");

  await mkdir(join(folder, "bad"));
  await copyFile(join(results, "trials.db"), join(folder, "store"));
  await symlink("../store", join(folder, "bad/1.1.svg"));
  const { code, stderr } = await run(["figure", "1.1", "--out", join(folder, "bad")]);
  expect(stderr).toMatch(/^lrn: --out: .*1\.1\.svg is an SQLite database and stays/);
  expect(code).toBe(2);
  expect(await readFile(join(folder, "store"))).toEqual(await readFile(join(results, "trials.db")));
});

it("sweep writes its files through links, and refuses before it trains what it could not write", async () => {
  await mkdir(join(folder, "out"));
  await symlink("../far.csv", join(folder, "out/trials.csv"));
  expect(await run([...SWEEP, "--out", join(folder, "out")])).toMatchObject({ code: 0 });
  expect((await readFile(join(folder, "far.csv"), "utf8")).split("\n")).toHaveLength(26);

  chmodSync(join(folder, "out/cells.csv"), 0o444);
  const more = await run([...SWEEP, "--out", join(folder, "out"), "--set", "seeds=2"]);
  expect(more.stderr).toMatch(
    /^lrn: .*cells\.csv: is read-only and stays as it is; move it away\n$/,
  );
  expect(more.code).toBe(2);
});

describe("check --update --baseline", () => {
  const update = (baseline: string) =>
    run(["check", "configs/thesis.json", ...SMALL, "--update", "--baseline", baseline]);

  it("refuses standard output, and writes a file of its name", async () => {
    const { code, stderr } = await update("-");
    expect(stderr).toBe(
      'lrn: --baseline: must be a file, got "-", standard output; give a path, as ./-\n',
    );
    expect(code).toBe(2);
    expect(await update(join(folder, "-"))).toMatchObject({ code: 0 });
    expect(await readdir(folder)).toEqual(["-"]);
  });

  it("leaves alone what is no baseline", async () => {
    const sweepFile = join(folder, "sweep.json");
    await copyFile(join(ROOT, "configs/thesis.json"), sweepFile);
    const newer = join(folder, "newer.json");
    await writeFile(newer, '{\n  "format": 2,\n  "name": "thesis"\n}\n');
    for (const file of [
      sweepFile,
      newer,
      join(results, "trials.db"),
      join(results, "trials.csv"),
    ]) {
      const before = await readFile(file);
      const { code, stderr } = await update(file);
      expect(stderr).toMatch(/^lrn: --baseline: .*; (use a newer lrn, or )?give another path\n$/);
      expect(code).toBe(2);
      expect(await readFile(file)).toEqual(before);
    }
  });

  it("writes one again that is damaged, and through a link", async () => {
    const file = join(folder, "baseline.json");
    await symlink(file, join(folder, "link.json"));
    expect(await update(join(folder, "link.json"))).toMatchObject({ code: 0 });
    const whole = await readFile(file, "utf8");
    const cell = /^ {4}\{.*$/m.exec(whole)![0];
    for (const damaged of [whole.slice(0, 500), whole.replace(cell, `${cell}\n${cell}`), ""]) {
      await writeFile(file, damaged);
      expect(await update(join(folder, "link.json"))).toMatchObject({ code: 0 });
      expect(await readFile(file, "utf8")).toBe(whole);
    }
  });
});
