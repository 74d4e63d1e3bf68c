/** Tells whether a results folder's files still are as a sweep wrote them. */
import { createHash, type Hash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { packageVersion } from "../files/package.js";
import { askedTrials, type Plan } from "../sweep/plan.js";
import { filesOf } from "./folder-files.js";

/**
 * SHA-256 of what decides the files' content: lrn itself and what is asked for; the trials, as they
 * are read, and whether tables are among the files are for the caller to add.
 *
 * @param threshold the largest RMSE of a converged trial, in original units
 */
export function contentHash(plan: Plan, threshold: number): Hash {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([packageVersion(), threshold, askedTrials(plan)]));
  for (const { key } of plan.cells) hash.update(key);
  return hash;
}

/**
 * SHA-256 of the size and the latest change of each file. The file system sets the time of a change,
 * which nobody can give back to a file that was edited.
 */
export async function filesHash(folder: string): Promise<string> {
  const { trials, cells, tables } = filesOf(folder);
  const names = await readdir(tables, { recursive: true }).catch(() => []);
  const hash = createHash("sha256");
  for (const file of [trials, cells, ...names.toSorted().map((name) => join(tables, name))]) {
    const found = await stat(file).catch(() => undefined);
    hash.update(
      `${relative(folder, file)} ${found?.isFile() ? `${found.size} ${found.ctimeMs}` : "-"}\n`,
    );
  }
  return hash.digest("hex");
}
