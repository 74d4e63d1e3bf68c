import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { openPool } from "#lrn/engines/pool.js";
import { openStoreReadOnly } from "#lrn/store/store.js";
import { proveStore } from "#lrn/sweep/prove.js";
import { lrn, temporaryFolder } from "../cli/lrn.js";
import { ENGINE } from "../sweep/sweeps.js";

const FLIPS = 400;

const pool = openPool("fused", 1);
afterAll(() => pool.close());

/** Every value that a training decides, and nothing else. */
function valuesOf(file: string): unknown {
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
async function isNoticed(file: string): Promise<boolean> {
  try {
    const store = openStoreReadOnly(file);
    try {
      const options = { engine: ENGINE, knownNumerics: [ENGINE.numerics] };
      return (await proveStore(store, pool, options)).findings.length > 0;
    } finally {
      store.close();
    }
  } catch (error) {
    expect((error as Error).name, (error as Error).stack).toMatch(/^(UserError|StoppedError)$/);
    return true;
  }
}

it(`of ${FLIPS} single bits flipped in a store, each one that changes a value is noticed`, async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "trials.db");
  const small = ["configs/thesis.json", "--set", "epochs=5", "--set", "grid.depth=[2]"];
  expect((await lrn(["sweep", ...small, "--seeds", "2", "--out", folder])).code).toBe(0);
  const bytes = await readFile(file);
  const sound = valuesOf(file);
  expect(await isNoticed(file)).toBe(false);

  let noticed = 0;
  for (let flip = 0; flip < FLIPS; flip++) {
    const bit = Math.floor(Math.random() * bytes.length * 8);
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] ^= 1 << (bit & 7);
    const damaged = join(await temporaryFolder(), "trials.db");
    await writeFile(damaged, flipped);
    if (await isNoticed(damaged)) noticed++;
    else expect(valuesOf(damaged), `bit ${bit} of ${bytes.length * 8}`).toEqual(sound);
  }
  // What goes unnoticed are unused bytes and training times.
  expect(noticed).toBeGreaterThan(FLIPS / 4);
  console.log(`${noticed} of ${FLIPS} flipped bits changed something, and were noticed`);
}, 300_000);
