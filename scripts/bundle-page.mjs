/**
 * Bundles what runs in a report's page into dist/page: one script, which is also the page's worker, and one style.
 * The page has the model and the kernel's host of the command line, from the same source files.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { addLicenses, noticeOf, packagesIn } from "./licenses.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const outdir = `${root}dist/page`;

rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir, { recursive: true });
const { metafile, outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: { page: "web/main.tsx" },
  outdir,
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: "iife",
  platform: "browser",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none", // `noticeOf` says in fewer words whose the code is
  logLevel: "warning",
});
const packages = packagesIn(metafile);
addLicenses(`${root}dist/command/LICENSES.txt`, packages);
for (const { path, text } of outputFiles) {
  const content = (path.endsWith(".js") ? noticeOf(packages) : "") + text.trim();
  // Inside an HTML file these end a script or a style, or change where a script ends.
  const [ending] = /<!--|<\/(script|style)/i.exec(content) ?? [];
  if (ending) throw new Error(`${path} must not have ${ending} in it: write it in parts`);
  writeFileSync(path, content);
}
