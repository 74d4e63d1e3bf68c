/** lrn's own package: what its package.json says, and where its files are. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** @param path from the package's root, as `configs/thesis.json`; nothing for the root itself */
export function inPackage(path = ""): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

function manifest(): { version: string; engines: { node: string } } {
  return JSON.parse(readFileSync(inPackage("package.json"), "utf8"));
}

export function packageVersion(): string {
  return manifest().version;
}

/** The oldest version of Node that will do, as "20.19.0". */
export function oldestNode(): string {
  return manifest().engines.node.replace(">=", "");
}
