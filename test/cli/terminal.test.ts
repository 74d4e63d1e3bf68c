/** What `lrn query` and `lrn export` send to a terminal; `script` gives them one. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { LRN, ROOT, run, temporaryFolder } from "./lrn.js";

const hasScript = spawnSync("script", ["-qec", "true", "/dev/null"]).status === 0;

let results: string;
beforeAll(async () => {
  results = join(await temporaryFolder(), "results");
  const small = ["--set", "grid.depth=[2]", "--set", "grid.width=[2]", "--set", "epochs=1"];
  await run(["sweep", "configs/thesis.json", ...small, "--seeds", "1", "--out", results]);
});

function onTerminal(...args: string[]): string[] {
  const quoted = [process.execPath, LRN, ...args].map(
    (word) => `'${word.replaceAll("'", "'\\''")}'`,
  );
  const options = { cwd: ROOT, encoding: "utf8", maxBuffer: 2 ** 28 } as const;
  const { stdout } = spawnSync("script", ["-qec", quoted.join(" "), "/dev/null"], options);
  return stdout.trimEnd().split("\r\n");
}

const NUMBERS = (most: number) =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${most}) SELECT i FROM n`;

describe.skipIf(!hasScript)("on a terminal (needs util-linux's script)", () => {
  it("a long table shows its first rows, how many there are, and what prints them all", () => {
    const lines = onTerminal("query", results, NUMBERS(12_345));
    expect(lines).toHaveLength(3 + 5000 + 1 + 1);
    expect(lines.at(-1)).toMatch(/^The first 5,000 of 12,345 rows; --csv or --json prints all/);
    expect(onTerminal("query", results, NUMBERS(5000))).toHaveLength(3 + 5000 + 1);
    expect(onTerminal("query", results, NUMBERS(6000), "--csv")).toHaveLength(6001);
  });

  it.each([[[]], [["--csv"]], [["--json"]]])("text cannot steer it (%j)", (flags) => {
    const sql = "SELECT char(27) || '[31m' || char(155) || '2J' || char(8238) || 'a' AS text";
    const shown = onTerminal("query", results, sql, ...flags).join("\n");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(shown).toContain("[31m");
  });
});

it("in a pipe a table is whole", async () => {
  const { stdout } = await run(["query", results, NUMBERS(12_345)]);
  expect(stdout.trimEnd().split("\n")).toHaveLength(3 + 12_345 + 1);
});
