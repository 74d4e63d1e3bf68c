/** What `npm pack` would send: all that a command reads or recommends, and no more. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, it } from "vitest";
import { inspectBackends } from "#lrn/engines/tfjs/backends.js";
import { ROOT, run, unbroken } from "./cli/lrn.js";

const [native] = await inspectBackends();

interface Pack {
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

const [pack]: [Pack] = JSON.parse(
  execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }),
);
const paths = new Set(pack.files.map(({ path }) => path));
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

it("has no figures, sources, tests, maps or results", () => {
  const odd =
    /^(docs\/figures\/|test\/|assembly\/|results\/|native\/node_modules\/|src\/.*\.ts$)|\.map$/;
  expect([...paths].filter((path) => odd.test(path))).toEqual([]);
  expect(pack.size).toBeLessThan(500_000); // bytes, compressed
});

it("has the command, the kernel and the sweep files", () => {
  for (const path of [
    ...["bin/lrn.js", "dist/command/lrn.js", "dist/command/index.js", "dist/types/index.d.ts"],
    ...["dist/command/kernel.wasm", "configs/thesis.json", "configs/sweep.schema.json"],
    ...["configs/baselines/thesis.json", "README.md", "LICENSE"],
  ]) {
    expect(paths, path).toContain(path);
  }
});

it("has every module and file that its own modules name", () => {
  for (const path of paths) {
    if (!/^(bin|dist|scripts|bench)\/.*\.m?js$/.test(path)) continue;
    const source = readFileSync(join(ROOT, path), "utf8");
    const named = [
      ...source.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g),
      ...source.matchAll(/new URL\("(\.[^"]*\.\w+)", import\.meta\.url\)/g),
    ].map(([, name]) => normalize(join(dirname(path), name)));
    for (const name of named) expect(paths, `${path} needs ${name}`).toContain(name);
  }
});

it("has what doctor recommends for a part that is absent, for someone who installed it", () => {
  // Every script and page that a message of a command names.
  const messages = [...paths]
    .filter((path) => /^dist\/.*\.js$/.test(path))
    .flatMap((path) => readFileSync(join(ROOT, path), "utf8").split("\n"))
    .filter((line) => /["'`]/.test(line) && !/^\s*(\*|\/\/|\/\*)/.test(line))
    .join("\n");
  const scripts = [...messages.matchAll(/npm run (?!\$)([\w:-]+)/g)].map(([, name]) => name);
  expect(scripts).toContain("setup:tfjs-node");
  for (const name of scripts) {
    const command: string = manifest.scripts[name];
    expect(command, name).toBeDefined();
    const [, file] = /^node (\S+)/.exec(command)!;
    expect(paths, `npm run ${name}`).toContain(file);
  }
  const pages = [...messages.matchAll(/\bdocs\/[\w/-]+\.md/g)].map(([page]) => page);
  expect(pages).toContain("docs/engines.md");
  for (const page of pages) expect(paths).toContain(page);
  // What the script itself reads.
  for (const name of readdirSync(join(ROOT, "native"))) {
    if (/^(package(-lock)?\.json|requirements\.txt)$/.test(name)) {
      expect(paths).toContain(`native/${name}`);
    }
  }
});

it.skipIf(native.usable)(
  "recommends a script by the folder that it is in, from wherever the command runs (without TensorFlow's kernels)",
  async () => {
    const prefixIn = async (folder: string) => {
      const before = process.cwd();
      process.chdir(folder);
      const { stdout } = await run(["doctor"]).finally(() => process.chdir(before));
      return unbroken(stdout).match(/npm run setup:tfjs-node(?: --prefix (\S+))? \(/)![1];
    };
    expect(await prefixIn(ROOT)).toBeUndefined();
    const elsewhere = join(ROOT, "docs");
    const script = join(elsewhere, await prefixIn(elsewhere), "scripts/setup-tfjs-node.mjs");
    expect(existsSync(script)).toBe(true);
  },
);
