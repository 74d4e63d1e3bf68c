/** Tells whether a results folder's files still are as a sweep wrote them. */
import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Plan } from "../sweep/plan.js";
import { packageVersion } from "./version.js";

/**
 * SHA-256 of what decides the files' content beside the store: lrn itself, and what it was asked for.
 *
 * @param threshold the largest RMSE of a converged trial, in original units
 * @param allTables whether tables are written however many they are
 */
export function contentHash(plan: Plan, threshold: number, allTables: boolean): string {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([packageVersion(), threshold, allTables, plan.until ?? null]));
  hash.update(Uint32Array.from(plan.seeds));
  for (const { key } of plan.cells) hash.update(key);
  return hash.digest("hex");
}

/**
 * SHA-256 of the size and the latest change of the store and of each file that is made of it. The
 * file system sets the time of a change, which none can give back to a file that was edited.
 */
export async function filesHash(folder: string): Promise<string> {
  const tables = await readdir(join(folder, "tables"), { recursive: true }).catch(() => []);
  const names = tables.toSorted().map((name) => join("tables", name));
  const hash = createHash("sha256");
  for (const name of ["trials.db", "trials.db-wal", "trials.csv", "cells.csv", ...names]) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    // An empty log says nothing: a reader leaves it while it reads.
    if (found?.isFile() && found.size > 0) hash.update(`${name} ${found.size} ${found.ctimeMs}\n`);
  }
  return hash.digest("hex");
}
