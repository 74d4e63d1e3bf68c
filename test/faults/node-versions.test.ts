import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { LRN, ROOT, temporaryFolder, withoutTimes } from "../cli/lrn.js";

const run = promisify(execFile);
const VERSIONS = ["20", "22", "24"];
const OPEN_AND_CLOSE = fileURLToPath(new URL("../fixtures/opens-and-closes.js", import.meta.url));

/** Of each version, together 600: the abort that this looks for came about once in 500 times. */
const CYCLES = process.env.LRN_CYCLES ?? "200";

/** npm has Node's binaries as packages, a name for each system and processor. */
async function installNode(version: string): Promise<string | undefined> {
  const folder = await temporaryFolder();
  const name = `node-${process.platform}-${process.arch}`;
  await mkdir(join(folder, "node_modules"));
  try {
    await run("npm", ["install", "--no-save", "--prefix", folder, `${name}@${version}`]);
    const node = join(folder, "node_modules", name, "bin/node");
    const { stdout } = await run(node, ["--version"]);
    return stdout.startsWith(`v${version}.`) ? node : undefined;
  } catch {
    return undefined; // no registry, or no such package
  }
}

const nodes = await Promise.all(VERSIONS.map(installNode));

/** Of all rows of the thesis's cells, with three seeds, but for the times, which no two runs share. */
async function sweptRows(node: string): Promise<string> {
  const folder = await temporaryFolder();
  const sweep = ["sweep", "configs/thesis.json", "--seeds", "3", "--quiet", "--out", folder];
  await run(node, [LRN, ...sweep], { cwd: ROOT });
  const rows = withoutTimes(await readFile(join(folder, "trials.csv"), "utf8"));
  expect(rows).toHaveLength(1009);
  return createHash("sha256").update(rows.join("\n")).digest("hex");
}

const versionOf = async (node: string) => (await run(node, ["--version"])).stdout.trim();

/** The rows of the first of the versions; this process's own is the first unless npm gave the very same one. */
let expected: string | undefined;
beforeAll(async () => {
  const installed = await Promise.all(nodes.filter((node) => node !== undefined).map(versionOf));
  if (!installed.includes(process.version)) expected = await sweptRows(process.execPath);
});

describe.each(VERSIONS.map((version, i) => ({ version, node: nodes[i] })))(
  "Node $version",
  ({ version, node }) => {
    it.skipIf(!node)(
      `sweeps the thesis to the same rows (needs npm's node@${version})`,
      async () => {
        const rows = await sweptRows(node!);
        expected ??= rows;
        expect(rows).toBe(expected);
      },
    );

    it.skipIf(!node)(
      `opens and closes ${CYCLES} pools and lives (needs npm's node@${version})`,
      async () => {
        await run(node!, [OPEN_AND_CLOSE, CYCLES]); // rejects where it is aborted
      },
    );
  },
);
