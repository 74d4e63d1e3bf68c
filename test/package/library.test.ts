/** docs/library.md, from what `npm pack` makes, in an empty TypeScript project. */
import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT, temporaryFolder } from "../cli/lrn.js";

interface Example {
  readonly title: string;
  readonly code: string;
  readonly output: string;
}

const page = await readFile(join(ROOT, "docs/library.md"), "utf8");
const examples: Example[] = [...page.matchAll(/```ts\n(.*?)```\n+```text\n(.*?)```/gs)].map(
  ([, code, output], i) => ({ title: `example ${i + 1}`, code, output }),
);

let project: string;
const here = async (command: string, ...args: string[]) =>
  (await promisify(execFile)(command, args, { cwd: project })).stdout;

beforeAll(async () => {
  project = join(await temporaryFolder(), "project");
  await mkdir(project);
  const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", project];
  const packed = await promisify(execFile)("npm", pack, { cwd: ROOT });
  const [{ filename }] = JSON.parse(packed.stdout);
  await writeFile(join(project, "package.json"), '{ "private": true, "type": "module" }');
  const strict = { strict: true, noUncheckedIndexedAccess: true };
  const compilerOptions = { module: "nodenext", target: "es2023", ...strict, types: ["node"] };
  await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  for (const [i, { code }] of examples.entries()) {
    await writeFile(join(project, `example-${i + 1}.ts`), code);
  }
  const { devDependencies } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  const types = ["typescript", "@types/node"].map((name) => `${name}@${devDependencies[name]}`);
  // The scripts of dependencies get native kernels for engine tfjs, which no example needs.
  const quick = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
  await here("npm", "install", ...quick, join(project, filename), ...types);
}, 300_000);
afterAll(() => rm(join(project, ".."), { recursive: true, force: true }));

it("has an output for every example", () => {
  expect(examples.length).toBe(page.match(/^```ts$/gm)!.length);
});

describe("each example of docs/library.md", () => {
  it("is right by the package's types, which need no word from the project", async () => {
    await here("npx", "tsc");
  });

  it.each(examples)("prints what the page says: $title", async ({ title, output }) => {
    expect(await here("node", `${title.replace(" ", "-")}.js`)).toBe(output);
  });
});
