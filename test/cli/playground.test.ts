/** `lrn playground`: the page without a sweep. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { run, temporaryFolder } from "./lrn.js";

const MOST_BYTES = 500_000;

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});

it("is one small file, with networks to begin with and no sweep", async () => {
  const file = join(folder, "own.html");
  const { code, stdout, stderr } = await run(["playground", "--out", file]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(stderr).toMatch(/^written to .*own\.html \(0\.\d MB\)\n$/);
  const html = await readFile(file, "utf8");
  expect(Buffer.byteLength(html)).toBeLessThan(MOST_BYTES);
  const [, json] = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(html)!;
  const data = JSON.parse(json);
  expect(data.sweep).toBeUndefined();
  expect(new Set(data.startingPoints.map(({ group }: { group: string }) => group)).size).toBe(2);
});

it("goes to standard output, whole", async () => {
  const { code, stdout, stderr } = await run(["playground", "--out", "-"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^<!doctype html>.*<\/html>\n+$/s);
});

it.each([
  ["a folder", () => [folder], /--out: .*must be a file, it is a folder/],
  ["a place that is not there", () => [join(folder, "no/x.html")], /--out: .*no/],
  ["standard output to be opened", () => ["-", "--open"], /--open: needs a file/],
])("refuses %s", async (_, args, message) => {
  const { code, stdout, stderr } = await run(["playground", "--out", ...args()]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(message);
});

it("refuses a results folder's own file", async () => {
  const out = join(folder, "results");
  await run(["sweep", "configs/smoke.json", "--seeds", "1", "--set", "epochs=1", "--out", out]);
  const own = join(out, "cells.csv");
  const before = await readFile(own, "utf8");
  const { code, stderr } = await run(["playground", "--out", own]);
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining("own file") });
  expect(await readFile(own, "utf8")).toBe(before);
  await writeFile(join(out, "playground.html"), "an older page");
  expect(await run(["playground", "--out", join(out, "playground.html")])).toMatchObject({
    code: 0,
  });
});
