import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect, it } from "vitest";
import { lrn, temporaryFolder, withoutTimes } from "../cli/lrn.js";

const KILLS = 60;
const SWEEP = [
  "sweep",
  "configs/thesis.json",
  "--set",
  "grid.width=[2]",
  "--set",
  "epochs=1000",
  "--quiet",
];

/** All rows, each as JSON, but for the times, which no two runs share. */
function rows(folder: string): string[] {
  const db = new DatabaseSync(join(folder, "trials.db"));
  const all = db
    .prepare("SELECT * FROM trials ORDER BY key")
    .all()
    .map((row) => JSON.stringify({ ...(row as object), train_ms: 0 }));
  db.close();
  return all;
}

/** The lines of the file of all trials but for the times. */
const written = (folder: string) => withoutTimes(readFileSync(join(folder, "trials.csv"), "utf8"));

/** How far a killed sweep had come. */
function progress(folder: string): number {
  try {
    return existsSync(join(folder, "trials.db")) ? rows(folder).length : 0;
  } catch {
    return 0; // killed before its tables were there
  }
}

it(`a sweep killed ${KILLS} times at random moments ends in the store of one never killed`, async () => {
  const whole = await temporaryFolder();
  const start = performance.now();
  expect((await lrn([...SWEEP, "--out", whole])).code).toBe(0);
  let within = performance.now() - start; // ms; follows how busy the machine is
  const expected = rows(whole);
  expect(expected).toHaveLength(1680);

  /** The same command without a kill ends well, in the rows and lines of a sweep never killed. */
  async function expectFinished(folder: string): Promise<void> {
    expect(await lrn([...SWEEP, "--out", folder])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(rows(folder)).toEqual(expected);
    expect(written(folder)).toEqual(written(whole));
  }

  let folder = await temporaryFolder();
  let killed = 0;
  const seen = new Set<number>();
  while (killed < KILLS) {
    const run = lrn([...SWEEP, "--out", folder]);
    const moment = within * Math.random();
    const timer = setTimeout(() => run.child.kill("SIGKILL"), moment);
    const { code, stderr } = await run;
    clearTimeout(timer);
    if (code !== null) expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const done = progress(folder);
    if (done < expected.length) {
      killed++; // only a kill that left something to do counts
      if (seen.has(done)) within *= 1.1;
      seen.add(done);
    } else {
      within *= 0.8;
      expect(rows(folder)).toEqual(expected);
      if (code === null) await expectFinished(folder); // killed at its files
      folder = await temporaryFolder();
    }
  }
  // The kills hit sweeps at work.
  console.log(`${killed} kills left ${seen.size} different numbers of trials`);
  expect(seen.size).toBeGreaterThan(10);
  await expectFinished(folder);
});
