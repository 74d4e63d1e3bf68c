/**
 * How long lrn takes to start, against Node with nothing to do: fails where help takes more than
 * two and a half times as long, or a sweep with nothing left to do more than five times. The
 * commands take turns, so that a machine that slows down slows all of them.
 *
 *     npm run bench:startup
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROUNDS = 15;

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "lrn-startup-"));
const lrn = join(root, "bin/lrn.js");
const sweep = [lrn, "sweep", "configs/smoke.json", "--quiet", "--out", join(folder, "smoke")];
const COMMANDS = {
  "node -e 0": { args: ["-e", "0"], most: 1 },
  "lrn --help": { args: [lrn, "--help"], most: 2.5 },
  "lrn sweep, nothing left to do": { args: sweep, most: 5 },
};

function run(args) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  return performance.now() - start;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

try {
  run(sweep);
  const times = Object.fromEntries(Object.keys(COMMANDS).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, { args }] of Object.entries(COMMANDS)) times[name].push(run(args));
  }
  const bare = median(times["node -e 0"]);
  for (const [name, { most }] of Object.entries(COMMANDS)) {
    const milliseconds = median(times[name]);
    const ratio = milliseconds / bare;
    const verdict = ratio > most ? `more than ${most} times bare Node` : "";
    console.log(
      `${name.padEnd(30)} ${milliseconds.toFixed(0).padStart(4)} ms  ${ratio.toFixed(1)}  ${verdict}`,
    );
    if (ratio > most) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
