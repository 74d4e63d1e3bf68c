import {
  type ChildProcessWithoutNullStreams,
  type SpawnOptionsWithoutStdio,
  spawn,
} from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const LRN = join(ROOT, "bin/lrn.js");

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command in a process of its own, from the repository's root. */
export function lrn(args: readonly string[], options: SpawnOptionsWithoutStdio = {}) {
  return finished(spawn(process.execPath, [LRN, ...args], { cwd: ROOT, ...options }));
}

/** Runs a command line of the shell, bash. */
export function shell(line: string, options: SpawnOptionsWithoutStdio = {}) {
  return finished(spawn("bash", ["-c", line], { cwd: ROOT, ...options }));
}

function finished(child: ChildProcessWithoutNullStreams) {
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  const end = new Promise<Finished>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  return Object.assign(end, { child });
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "lrn-"));
}
