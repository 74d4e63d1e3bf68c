/** What bundles say of whose code they have, held against the packages themselves. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "../cli/lrn.js";

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

/** Packages that bundles have code of, in the page or in the command alone. */
const BUNDLED = [
  { name: "preact", text: "MIT", page: true },
  { name: "d3-array", text: "ISC", page: true },
  { name: "seedrandom", text: "MIT", page: true },
  { name: "open", text: "MIT", page: false },
];

it.each(BUNDLED)("$name: its licence is kept, and named in the page", ({ name, text, page }) => {
  const { version } = JSON.parse(read(`node_modules/${name}/package.json`));
  const kept = read("dist/command/LICENSES.txt").split(`\n\n${"-".repeat(80)}\n\n`);
  const own = kept.filter((part) => part.startsWith(`${name} ${version} (${text})\n\n`));
  expect(own).toEqual([
    expect.stringMatching(/\nCopyright (\(c\)|\d{4})[\s\S]*\nPermission [\s\S]* WARRANT/),
  ]);
  const notice = /^\/\*[^*]*\*\/\n/.exec(read("dist/page/page.js"))![0];
  const line = new RegExp(`^${name} ${version}, ${text}, Copyright .*\\d{4}.*`, "m");
  expect(line.test(notice)).toBe(page);
});

it("every package is there once", () => {
  const names = read("dist/command/LICENSES.txt")
    .split(`\n\n${"-".repeat(80)}\n\n`)
    .map((part) => part.split("\n")[0]);
  expect(new Set(names).size).toBe(names.length);
});

it("the page's script has nothing that ends or hides a script in HTML", () => {
  expect(read("dist/page/page.js")).not.toMatch(/<!--|<\/script/i);
});
