/** A store and what is made of it: bytes changed at a time, and whether that is noticed. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import type { Pool } from "#lrn/engines/pool.js";
import { openStoreReadOnly } from "#lrn/store/store.js";
import { proveStore } from "#lrn/sweep/prove.js";
import { lrn, temporaryFolder } from "../cli/lrn.js";
import { ENGINE } from "../sweep/sweeps.js";

/** The bytes of a small sweep's store: 96 trials. */
export async function soundStore(): Promise<{ file: string; bytes: Buffer }> {
  const folder = await temporaryFolder();
  const small = ["configs/thesis.json", "--set", "epochs=5", "--set", "grid.depth=[2]"];
  const run = await lrn(["sweep", ...small, "--seeds", "2", "--out", folder]);
  expect(run.code, run.stderr).toBe(0);
  const file = join(folder, "trials.db");
  return { file, bytes: await readFile(file) };
}

/** Every value that a training decides, and nothing else. */
export function valuesOf(file: string): unknown {
  const store = openStoreReadOnly(file);
  try {
    return store.cells().map(({ key, cell }) => ({
      key,
      cell,
      trials: store.trialsOf(key).map(({ trainMs: _, engine: __, ...trial }) => trial),
    }));
  } finally {
    store.close();
  }
}

/** @returns whether the store was found to be other than it was written, one way or another */
export async function isNoticed(file: string, pool: Pool): Promise<boolean> {
  try {
    const store = openStoreReadOnly(file);
    try {
      const options = {
        ...{ engine: ENGINE, knownNumerics: [ENGINE.numerics] },
        knownThresholds: [0.07],
      };
      return (await proveStore(store, pool, options)).findings.length > 0;
    } finally {
      store.close();
    }
  } catch (error) {
    expect((error as Error).name, (error as Error).stack).toMatch(/^(UserError|StoppedError)$/);
    return true;
  }
}

/** Writes a damaged store into a folder of its own. @returns its path */
export async function storeOf(bytes: Uint8Array): Promise<string> {
  const file = join(await temporaryFolder(), "trials.db");
  await writeFile(file, bytes);
  return file;
}
