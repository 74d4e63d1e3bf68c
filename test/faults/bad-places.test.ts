/** Places that are gone, locked or no files, and files that are no text: exit code 2 and a message. */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { cp, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { type Finished, LRN, lrn, ROOT, run, temporaryFolder } from "../cli/lrn.js";

const THESIS = join(ROOT, "configs/thesis.json");
const SMALL = ["--set", "epochs=5", "--set", "grid.depth=[2]", "--seeds", "1"];

let folder: string;
let results: string;
let baseline: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  results = join(folder, "results");
  baseline = join(folder, "baseline.json");
  expect(await lrn(["sweep", THESIS, ...SMALL, "--out", results])).toMatchObject({ code: 0 });
  const update = await lrn(["check", THESIS, ...SMALL, "--update", "--baseline", baseline]);
  expect(update.code, update.stderr).toBe(0);
});

function expectRefused({ code, stdout, stderr }: Finished, message: string): void {
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/internal error|^\s+at /m);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
}

it("a TMPDIR that is not there", async () => {
  const nowhere = join(folder, "nowhere");
  vi.stubEnv("TMPDIR", nowhere);
  const refused = await run(["check", THESIS, ...SMALL, "--baseline", baseline]);
  vi.unstubAllEnvs();
  expectRefused(refused, `TMPDIR: no folder can be made in ${nowhere} (ENOENT); set it to`);
});

it.skipIf(process.platform === "win32")(
  "a working folder that was deleted, for every command (not on Windows)",
  async () => {
    const commands = [
      ...["--help", `sweep ${THESIS}`, `plan ${THESIS}`, "trial", `check ${THESIS}`],
      ...[`query ${results} x`, `export ${results}`, "figure list", "doctor", "schema", "bench"],
    ];
    for (const command of commands) {
      const gone = await temporaryFolder();
      // The shell deletes its own folder and starts the command there.
      const line = `cd '${gone}' && rmdir '${gone}' && '${process.execPath}' '${LRN}' ${command}`;
      const { status: code, stdout, stderr } = spawnSync("sh", ["-c", line], { encoding: "utf8" });
      expectRefused({ code, stdout, stderr }, "the working folder is not there any more (ENOENT)");
    }
  },
);

describe("JSON nested deeper than the stack", () => {
  const deep = `${"[".repeat(5000)}${"]".repeat(5000)}`;
  const limit = "must be nested at most 32 deep, is deeper; take the inner values out";

  it("as a sweep file, a baseline and a folder's sweep.json", async () => {
    const file = join(folder, "deep.json");
    await writeFile(file, `{\n  "name": ${deep}\n}`);
    const place = `deep.json: line 2, column 42: ${limit}`;
    expectRefused(await run(["sweep", file]), place);
    expectRefused(await run(["check", THESIS, ...SMALL, "--baseline", file]), place);
    const odd = await temporaryFolder();
    await writeFile(join(odd, "trials.db"), "");
    await writeFile(join(odd, "sweep.json"), deep);
    expectRefused(await run(["export", odd]), `sweep.json: line 1, column 33: ${limit}`);
  });

  it("as a value of --set", async () => {
    for (const flags of [
      ["--set", `grid.depth=${deep}`],
      ["--seeds", deep],
    ]) {
      expectRefused(await run(["plan", THESIS, ...flags]), limit);
    }
  });
});

it.each<[string[], string]>([
  [
    ["sweep", THESIS, "--set.grid.depth=[2]"],
    "Unknown argument: set.grid.depth; give --set grid.depth=value; see lrn sweep --help",
  ],
  [["plan", THESIS, "--set.epochs", "5"], "give --set epochs=value"],
  [["trial", "--depth.x", "1"], "Unknown argument: depth.x; see lrn trial --help"],
  [["trial", "--depth.", "1"], "Unknown argument: depth."],
  [["trial", "--__proto__.x", "1"], "Unknown argument"],
  [["query", "x", "y", "--csv.x"], "Unknown argument: csv.x"],
])("a dot in a flag: %j", async (args, message) => {
  expectRefused(await run(args), message);
});

describe("a URL as a folder", () => {
  it.each<[string, string[]]>([
    ["file:x?mode=memory", ["sweep", THESIS, ...SMALL]],
    ["file:///tmp/x", ["plan", THESIS]],
    ["http://localhost/x", ["sweep", THESIS, ...SMALL]],
    ["https://localhost", ["figure", "4.9"]],
  ])("%s is refused", async (url, command) => {
    expectRefused(
      await run([...command, "--out", url]),
      `--out: must be the path of a folder, got the URL ${url}; a folder of that name is ./${url}`,
    );
  });

  it("by a name that looks like one is a folder where it says so", async () => {
    const out = "./file:x?mode=memory";
    const sweep = await lrn(["sweep", THESIS, ...SMALL, "--quiet", "--out", out], { cwd: folder });
    expect(sweep).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await readdir(join(folder, out))).toContain("trials.db");
    const sql = "SELECT count(*) AS n FROM trials";
    const query = await lrn(["query", out, sql, "--csv"], { cwd: folder });
    expect(query).toEqual({ code: 0, stdout: "n\n48\n", stderr: "" });
  });
});

it("a folder to be planned for that cannot be looked into", async () => {
  for (const out of [baseline, join(baseline, "below"), join(folder, "x".repeat(300))]) {
    expectRefused(await run(["plan", THESIS, "--out", out]), "trials.db cannot be read (E");
  }
});

describe.skipIf(process.platform === "win32")("a FIFO (not on Windows)", () => {
  const fifo = async () => {
    const path = join(await temporaryFolder(), "fifo");
    spawnSync("mkfifo", [path]);
    return path;
  };

  /** Begun before all other tests here, for it takes ten seconds of waiting; looked at after them. */
  let unwritten: { path: string; runs: Promise<Finished>[] };
  beforeAll(async () => {
    const path = await fifo();
    const runs = [lrn(["plan", path]), lrn(["check", THESIS, ...SMALL, "--baseline", path])];
    unwritten = { path, runs };
  });

  it("is read to its end, however slowly it is written", async () => {
    const path = await fifo();
    const slowly = `{ sleep 1; head -c 100 '${THESIS}'; sleep 1; tail -c +101 '${THESIS}'; } > '${path}'`;
    const writer = spawn("sh", ["-c", slowly]);
    const { code, stdout, stderr } = await lrn(["plan", path, "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ cells: 336, trials: 3360 });
    expect(writer.exitCode).toBe(0);
  });

  it.each(["trials.db", "trials.db-wal", ".writer", "sweep.json", "manifest.json", "trials.csv"])(
    "in the place of a folder's %s is named, and nobody waits for it",
    async (name) => {
      const odd = await temporaryFolder();
      for (const file of ["trials.db", "sweep.json"]) {
        if (file !== name) await writeFile(join(odd, file), "");
      }
      spawnSync("mkfifo", [join(odd, name)]);
      const command = name.endsWith(".json") ? ["export", odd] : ["sweep", THESIS, "--out", odd];
      expectRefused(await run(command), `${name}: must be a file, it is a FIFO; move it away`);
    },
  );

  it("into which nobody writes is given up, as a sweep file and as a baseline", async () => {
    const message = "is a FIFO, and nobody wrote into it for 10 seconds; give";
    for (const each of unwritten.runs) {
      expectRefused(await each, `${unwritten.path}: ${message}`);
    }
  });
});

it("a device, a folder and bytes that are no text, as a sweep file", async () => {
  const latin1 = join(folder, "latin1.json");
  await writeFile(latin1, Buffer.from('{ "name": "caf\xe9" }', "latin1"));
  expectRefused(await run(["plan", latin1]), `${latin1}: must be text in UTF-8, is not; give`);
  expectRefused(await run(["plan", folder]), "must be a file, is a folder; give");
  if (process.platform === "win32") return;
  expectRefused(await run(["plan", "/dev/null"]), "/dev/null: line 1, column 1: must be JSON");
  expectRefused(await run(["plan", "/dev/zero"]), "/dev/zero: must be at most 4 MiB large");
});

const isRoot = process.getuid?.() === 0;

describe.skipIf(!isRoot)("locked against another user (needs root, to be another user)", () => {
  const asNobody = (args: readonly string[]) => lrn(args, { uid: 65534, gid: 65534 });
  const canReadUs = spawnSync(process.execPath, [LRN, "--version"], { uid: 65534 }).status === 0;

  /** A results folder that all may write, but for one thing in it. */
  async function lockedFolder(...name: string[]): Promise<string> {
    const out = await temporaryFolder();
    await cp(results, out, { recursive: true });
    await writeFile(join(out, ".writer"), "");
    spawnSync("chmod", ["-R", "a+rwX", out]);
    chmodSync(join(out, ...name), 0);
    return out;
  }

  it.skipIf(!canReadUs).each<[string, string[], string[], string]>([
    ["sweep.json", ["export"], ["sweep"], "sweep.json"],
    ["manifest.json", ["export", "check"], ["sweep"], "manifest.json"],
    ["trials.db", ["export", "check", "plan", "query"], ["sweep"], "trials.db"],
    [".writer", [], ["sweep"], ".writer"],
    ["tables", [], ["sweep"], "tables"],
    ["tables/width-2", [], ["sweep"], "width-2"],
    [".", ["export", "check", "plan", "query"], ["sweep"], ""],
  ])("%s (needs a checkout that all can read)", async (name, readers, writers, named) => {
    const out = await lockedFolder(name);
    const commands: Record<string, string[]> = {
      export: ["export", out],
      check: ["check", "--results", out],
      plan: ["plan", THESIS, ...SMALL, "--out", out],
      query: ["query", out, "SELECT 1"],
      sweep: ["sweep", THESIS, ...SMALL, "--out", out],
    };
    for (const command of [...readers, ...writers]) {
      expectRefused(await asNobody(commands[command]), named);
    }
  });
});

it("missing tables, CSV files and manifest are no mistake, and are written again", async () => {
  const out = join(folder, "again");
  const sweep = ["sweep", THESIS, ...SMALL, "--out", out];
  await cp(results, out, { recursive: true });
  const files = (await readdir(out, { recursive: true })).toSorted();
  for (const name of ["tables", "trials.csv", "cells.csv", "manifest.json"]) {
    await rm(join(out, name), { recursive: true });
  }
  expect(await lrn(["export", out])).toMatchObject({ code: 0, stderr: "" });
  expect(await lrn(sweep)).toMatchObject({ code: 0 });
  expect((await readdir(out, { recursive: true })).toSorted()).toEqual(files);
});
