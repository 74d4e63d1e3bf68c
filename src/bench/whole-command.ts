/** Times `lrn sweep` from its start to its end, with everything that it loads and writes. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { inPackage } from "../files/package.js";
import { filesOf } from "../runs/folder-files.js";
import { withTemporaryFolder } from "../runs/temporary-folder.js";
import { median } from "./measure.js";

export interface CommandMeasurement {
  readonly name: string;
  readonly trainings: number;
  readonly workers: number;
  /** The median of the runs' wall times, each into an empty folder. */
  readonly seconds: number;
  /** Part of the workers' time in which none of them trained. */
  readonly outsideTraining: number;
}

/** @param flags what to add to `lrn sweep configs/thesis.json` */
export async function measureSweep(
  name: string,
  flags: readonly string[],
  runs: number,
): Promise<CommandMeasurement> {
  const workers = availableParallelism();
  const times: { readonly ms: number; readonly trainMs: readonly number[] }[] = [];
  for (let run = 0; run < runs; run++) {
    await withTemporaryFolder(async (folder) => {
      const sweep = ["sweep", inPackage("configs/thesis.json"), "--out", folder, "--quiet"];
      const start = performance.now();
      await promisify(execFile)(process.execPath, [inPackage("bin/lrn.js"), ...sweep, ...flags]);
      times.push({ ms: performance.now() - start, trainMs: await trainMsOf(folder) });
    });
  }
  const { ms, trainMs } = median(times, ({ ms }) => ms);
  return {
    name,
    trainings: trainMs.length,
    workers,
    seconds: ms / 1000,
    outsideTraining: 1 - trainMs.reduce((sum, time) => sum + time, 0) / (ms * workers),
  };
}

/** A column of its trials as CSV; no field of the thesis's has a comma in it. */
async function trainMsOf(folder: string): Promise<number[]> {
  const csv = await readFile(filesOf(folder).trials, "utf8");
  const [head, ...rows] = csv
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  const column = head.indexOf("train_ms");
  return rows.map((row) => Number(row[column]));
}
