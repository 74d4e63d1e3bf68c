/**
 * Bundles the command line and the library into dist/command: Node spends most of a short command's time
 * on finding and reading modules one by one. Commands stay apart, so that each loads only what it runs.
 * The library's declarations, and no others, go into dist/types.
 */
import { copyFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import ts from "typescript";
import { addLicenses, packagesIn } from "./licenses.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const outdir = `${root}dist/command`;

/** CommonJS packages that are bundled ask for Node's modules with it. */
const REQUIRE =
  'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);';

rmSync(outdir, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: {
    lrn: "src/cli/entry.ts",
    worker: "src/engines/worker.ts",
    index: "src/index.ts",
  },
  outdir,
  bundle: true,
  splitting: true,
  minify: true,
  metafile: true,
  format: "esm",
  platform: "node",
  target: "node20",
  // Packages that say where their ES modules are can be cut down to what is used.
  mainFields: ["module", "main"],
  plugins: [{ name: "one measure of text", setup: measureFast }],
  // Native parts, and what is loaded only where much time is spent anyway, or hardly ever.
  external: [
    ...["@photostructure/sqlite", "@resvg/resvg-js", "@tensorflow/*", "vega", "vega-lite"],
    ...["bullmq", "csv-parse", "hyparquet-writer", "ioredis", "simple-ascii-chart"],
  ],
  banner: { js: REQUIRE },
  logLevel: "warning",
});
for (const file of Object.keys(metafile.outputs)) withoutUnusedRequire(`${root}${file}`);
copyFileSync(`${root}dist/engines/fused/kernel.wasm`, `${outdir}/kernel.wasm`);
addLicenses(`${outdir}/LICENSES.txt`, packagesIn(metafile));

const types = `${root}dist/types`;
rmSync(types, { recursive: true, force: true });
for (const file of declarations("index.d.ts")) cpSync(`${root}dist/${file}`, join(types, file));

/** esbuild puts the same at the head of every file, and few of them have such a package. */
function withoutUnusedRequire(file) {
  const text = readFileSync(file, "utf8");
  const rest = text.replace(`${REQUIRE}\n`, "");
  if (!/\brequire\b/.test(rest)) writeFileSync(file, rest);
}

/** A declaration file and those that it needs, by their paths in dist. */
function declarations(file, known = new Set()) {
  if (known.has(file)) return known;
  known.add(file);
  const { importedFiles } = ts.preProcessFile(readFileSync(`${root}dist/${file}`, "utf8"));
  for (const { fileName } of importedFiles) {
    if (!fileName.startsWith(".")) continue;
    declarations(join(dirname(file), fileName.replace(/[.]js$/, ".d.ts")), known);
  }
  return known;
}

/**
 * What yargs and cli-table3 measure text with is large, and takes as long to load as all the rest of a help. They get what
 * our own code measures with.
 */
function measureFast({ onResolve, resolve }) {
  onResolve({ filter: /^string-width$/ }, ({ resolveDir, kind }) =>
    kind === "require-call"
      ? { path: `${root}scripts/text-width.cjs` }
      : resolve("fast-string-width", { resolveDir, kind }),
  );
}
