/** What the rooms of src/ leave to the command line; the direction of imports is held by lint. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "./cli/lrn.js";

const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => [file, readFileSync(join(ROOT, "src", file), "utf8")] as const);

it.each([
  ["prints", /\bprocess\.(stdout|stderr)\b|\bconsole\.log\b/],
  ["exits", /^(?![ *]*\*).*\bprocess\.(exit|exitCode)\b/m],
  ["reads the command line", /\bprocess\.argv\b/],
  ["listens to signals", /["']SIG(INT|TERM|HUP)["']/],
  ["decides on colours", /\b(NO_COLOR|FORCE_COLOR|isTTY)\b/],
])("only src/cli %s", (_what, words) => {
  const outside = sources.filter(([file, text]) => !file.startsWith("cli") && words.test(text));
  expect(outside.map(([file]) => file)).toEqual([]);
});

it("a results folder's files are named in one place", () => {
  const names =
    /(join\([^)]*|= |\[)"(trials\.db|\.writer|trials\.csv|cells\.csv|sweep\.json|manifest\.json)"/;
  const named = sources.filter(([, text]) => names.test(text)).map(([file]) => file);
  expect(named).toEqual([join("runs", "folder-files.ts")]);
});
