/** What package.json says of lrn. */
import { readFileSync } from "node:fs";

function manifest(): { version: string; engines: { node: string } } {
  return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
}

export function packageVersion(): string {
  return manifest().version;
}

/** The oldest version of Node that will do, as "20.19.0". */
export function oldestNode(): string {
  return manifest().engines.node.replace(">=", "");
}
