/** `lrn report`: where it puts the page, and what it refuses. */
import { chmod, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { lrn, run, temporaryFolder } from "./lrn.js";

let results: string;
beforeAll(async () => {
  results = join(await temporaryFolder(), "results");
  const flags = ["--set", "epochs=5", "--seeds", "2", "--out", results, "--quiet"];
  expect(await run(["sweep", "configs/smoke.json", ...flags])).toMatchObject({ code: 0 });
});

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});

/** The page's data, as its script reads them. */
function dataOf(html: string) {
  const [, json] = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(html)!;
  return JSON.parse(json);
}

describe("lrn report", () => {
  it("writes one file into the folder, and says how large it is", async () => {
    const page = join(results, "report.html");
    const { code, stdout, stderr } = await run(["report", results]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(/^written to .*report\.html \(0\.\d MB\)\n$/);
    const html = await readFile(page, "utf8");
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain("<title>smoke: trained networks</title>");
    expect(dataOf(html).sweep).toMatchObject({ name: "smoke", folder: results });
    // Once more, it takes its own page's place, and is the same.
    expect(await run(["report", results])).toMatchObject({ code: 0 });
    expect((await readFile(page, "utf8")) === html).toBe(true);
    await rm(page);
  });

  it("--out names another file, and - is standard output", async () => {
    const file = join(folder, "own.html");
    expect(await run(["report", results, "--out", file])).toMatchObject({ code: 0, stdout: "" });
    const { code, stdout, stderr } = await run(["report", results, "--out", "-"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.trimEnd() === (await readFile(file, "utf8")).trimEnd()).toBe(true);
    await expect(readFile(join(results, "report.html"))).rejects.toThrow("ENOENT");
  });

  it("loads nothing: no address stands in it but names of XML", async () => {
    const { stdout } = await run(["report", results, "--out", "-"]);
    const addresses = new Set(stdout.match(/https?:\/\/[\w.-]+/g));
    addresses.delete("http://www.w3.org");
    expect([...addresses]).toEqual([]);
    expect(stdout).not.toMatch(/ (src|srcset)=["']/);
  });

  it.each([
    ["a folder that is not there", () => [join(folder, "nope")], /nope/],
    [
      "a folder without results",
      () => [folder],
      /sweep\.json: there is no such file; give a folder that lrn sweep wrote/,
    ],
    ["a file", () => [join(results, "trials.csv")], /trials\.csv/],
    ["no folder", () => [], /see lrn report --help/],
    [
      "an own file of the folder",
      () => [results, "--out", join(results, "trials.csv")],
      /own file and stays as it is/,
    ],
    ["a folder as file", () => [results, "--out", folder], /must be a file, it is a folder/],
    [
      "a folder that is not there, of the file",
      () => [results, "--out", join(folder, "no/x.html")],
      /--out: .*no/,
    ],
    [
      "--open of standard output",
      () => [results, "--out", "-", "--open"],
      /--open: needs a file, got standard output/,
    ],
  ])("refuses %s", async (_, args, message) => {
    const { code, stdout, stderr } = await run(["report", ...args()]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("refuses a file that is read-only, and leaves it as it is", async () => {
    const file = join(folder, "kept.html");
    await writeFile(file, "kept");
    await chmod(file, 0o444);
    const { code, stderr } = await run(["report", results, "--out", file]);
    expect(stderr).toContain("is read-only and stays as it is");
    expect(code).toBe(2);
    expect(await readFile(file, "utf8")).toBe("kept");
  });

  it("a data file that is gone is told, for the page needs its numbers", async () => {
    const rows = Array.from({ length: 9 }, (_, i) => `${i},${i % 3}`);
    await writeFile(join(folder, "own.csv"), ["a,b", ...rows].join("\n"));
    const { grid } = JSON.parse(await readFile("configs/smoke.json", "utf8"));
    const dataset = { file: "own.csv", inputs: ["a"], targets: ["b"] };
    const sweep = { name: "own", grid: { ...grid, depth: [2] }, dataset, seeds: 1, epochs: 2 };
    await writeFile(join(folder, "own.json"), JSON.stringify(sweep));
    const out = join(folder, "out");
    expect(await run(["sweep", join(folder, "own.json"), "--out", out])).toMatchObject({ code: 0 });
    const { stdout } = await run(["report", out, "--out", "-"]);
    expect(Object.keys(dataOf(stdout).files)).toHaveLength(1);
    await rm(join(folder, "own.csv"));
    // In a process of its own: this one still has the file's numbers.
    const { code, stderr } = await lrn(["report", out]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("own.csv") });
  });
});

describe.runIf(process.platform === "linux")("--open (needs Linux)", () => {
  const file = () => join(folder, "own.html");

  /** Opens a report where the only programs are Node and, if it is given, a script that opens files. */
  async function openedBy(script?: string) {
    const bin = join(folder, "bin");
    await mkdir(bin);
    await symlink(process.execPath, join(bin, "node"));
    if (script) await writeFile(join(bin, "xdg-open"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const env = { ...process.env, PATH: bin };
    return lrn(["report", results, "--out", file(), "--open"], { env });
  }

  it("opens the file that was written", async () => {
    const { code } = await openedBy(`echo "$1" > "${join(folder, "asked")}"`);
    expect(code).toBe(0);
    await expect.poll(() => readFile(join(folder, "asked"), "utf8")).toBe(`${file()}\n`);
  });

  it("says what to do where nothing opens files, and the file is there", async () => {
    const { code, stderr } = await openedBy();
    expect(stderr).toMatch(
      /\n--open: nothing here opens pages \(ENOENT\); open .*own\.html in a browser\n$/,
    );
    expect(code).toBe(0);
    expect(await readFile(file(), "utf8")).toContain("<!doctype html>");
  });
});
