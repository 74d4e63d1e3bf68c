import {
  type ChildProcessWithoutNullStreams,
  type SpawnOptionsWithoutStdio,
  spawn,
} from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { runOn } from "#lrn/cli/entry.js";
import { UNINTERRUPTED } from "#lrn/cli/interrupts.js";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const LRN = join(ROOT, "bin/lrn.js");

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, from the repository's root, with nothing that interrupts it. */
export async function run(args: readonly string[]): Promise<Finished> {
  const stdout = recorder();
  const finished = await runOnto(stdout, args);
  return { ...finished, stdout: stdout.text() };
}

/** As `run`, with standard output of one's own. */
export async function runOnto(stdout: Writable, args: readonly string[]) {
  const stderr = recorder();
  const code = await runOn({ stdout, stderr }, UNINTERRUPTED, args);
  return { code, stderr: stderr.text() };
}

/** A stream that keeps what is written to it; a pipe, as far as a command can tell. */
function recorder() {
  const parts: Buffer[] = [];
  const stream = new Writable({
    write(part, _encoding, done) {
      parts.push(part);
      done();
    },
  });
  return Object.assign(stream, { text: () => Buffer.concat(parts).toString("utf8") });
}

/**
 * Runs the real command in a process of its own, from the repository's root: for what only a process has, as signals,
 * pipes, a terminal and its end.
 */
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

/** Text in one line, whatever a terminal's width made of it. */
export function unbroken(text: string): string {
  return text.replace(/\s+/g, " ");
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "lrn-"));
}

/** The lines of `trials.csv` without what differs from run to run: the sixteenth column. */
export function withoutTimes(csv: string): string[] {
  return csv
    .trimEnd()
    .split("\n")
    .map((row) => row.replace(/^((?:[^,]*,){15})[^,]*/, "$1"));
}
