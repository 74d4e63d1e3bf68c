/**
 * Compiles the fused kernel, unless what it is compiled from is older than the kernel. npm prepares
 * the package more often than it changes: also the first `npx lrn` in a checkout does.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const sources = [
  "asconfig.json",
  "package-lock.json",
  "assembly",
  ...readdirSync(`${root}assembly`).map((name) => `assembly/${name}`),
  "src/engines/exponential-constants.ts",
  "src/engines/fused/codes.ts",
  "src/engines/optimizer-constants.ts",
];
const changed = (name) => statSync(`${root}${name}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (changed("dist/engines/fused/kernel.wasm") < Math.max(...sources.map(changed))) {
  const asc = spawnSync("asc", ["--target", "release"], {
    cwd: root,
    stdio: "inherit",
    shell: true,
  });
  process.exitCode = asc.status ?? 1;
}
