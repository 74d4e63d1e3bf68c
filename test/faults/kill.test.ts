import { join } from "node:path";
import Database from "libsql";
import { expect, it } from "vitest";
import { lrn, temporaryFolder } from "../cli/lrn.js";

const KILLS = 60;
const SWEEP = [
  "sweep",
  "configs/thesis.json",
  "--set",
  "grid.width=[2]",
  "--seeds",
  "60",
  "--quiet",
];

/** All rows but for the times, which no two runs share. */
function rows(folder: string): unknown[] {
  const db = new Database(join(folder, "trials.db"), { readonly: true });
  const all = db
    .prepare("SELECT * FROM trials ORDER BY key")
    .all()
    .map((row) => ({ ...(row as object), train_ms: 0 }));
  db.close();
  return all;
}

it(`a sweep killed ${KILLS} times at random moments ends in the store of one never killed`, async () => {
  const folder = await temporaryFolder();
  const start = performance.now();
  await lrn(["plan", ...SWEEP.slice(1), "--out", folder]);
  const startMs = performance.now() - start; // how long this machine takes to begin
  let killed = 0;
  const seen: number[] = [];
  while (killed < KILLS) {
    const run = lrn([...SWEEP, "--out", folder]);
    const moment = startMs * (0.3 + 3 * Math.random());
    const timer = setTimeout(() => run.child.kill("SIGKILL"), moment);
    const { code, stderr } = await run;
    clearTimeout(timer);
    // Once the sweep is through, kills go on hitting runs that find nothing to train.
    if (code === null) killed++;
    else expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    if (killed % 10 === 0) seen.push(rows(folder).length);
  }
  const last = await lrn([...SWEEP, "--out", folder]);
  expect(last).toEqual({ code: 0, stdout: "", stderr: "" });
  // The kills hit a sweep at work: it grew from look to look.
  expect(new Set(seen).size).toBeGreaterThan(2);

  const whole = await temporaryFolder();
  expect((await lrn([...SWEEP, "--out", whole])).code).toBe(0);
  const expected = rows(whole);
  expect(expected).toHaveLength(10_080);
  expect(rows(folder)).toEqual(expected);
}, 600_000);
