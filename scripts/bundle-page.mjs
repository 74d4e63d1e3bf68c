/**
 * Bundles what runs in a report's page into dist/page: one script, which is also the page's worker, and one style.
 * The page has the model and the kernel's host of the command line, from the same source files.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const outdir = `${root}dist/page`;

rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir, { recursive: true });
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: { page: "web/main.tsx" },
  outdir,
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  platform: "browser",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  logLevel: "warning",
});
for (const { path, text } of outputFiles) {
  // Inside an HTML file only this ends a script or a style.
  writeFileSync(path, text.trim().replaceAll(/<\/(script|style)/gi, "<\\/$1"));
}
