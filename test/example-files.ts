/** The files of docs/examples. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./cli/lrn.js";

export function example(name: string): string {
  return join(ROOT, "docs/examples", name);
}

/** A YAML file as Python's reader has it; undefined where there is none. */
export function yaml(name: string) {
  const script = "import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1])), sys.stdout)";
  const { status, stdout } = spawnSync("python3", ["-c", script, example(name)], {
    encoding: "utf8",
  });
  // YAML 1.1 takes `on` for true.
  return status === 0 ? JSON.parse(stdout.replace('"true": ', '"on": ')) : undefined;
}
