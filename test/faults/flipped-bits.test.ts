import { afterAll, expect, it } from "vitest";
import { openPool } from "#lrn/engines/pool.js";
import { isNoticed, soundStore, storeOf, valuesOf } from "./damaged-store.js";

const FLIPS = 400;

const pool = openPool("fused", 1);
afterAll(() => pool.close());

it(`of ${FLIPS} single bits flipped in a store, each one that changes a value is noticed`, async () => {
  const { file, bytes } = await soundStore();
  const sound = valuesOf(file);
  expect(await isNoticed(file, pool)).toBe(false);

  let noticed = 0;
  for (let flip = 0; flip < FLIPS; flip++) {
    const bit = Math.floor(Math.random() * bytes.length * 8);
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] ^= 1 << (bit & 7);
    const damaged = await storeOf(flipped);
    if (await isNoticed(damaged, pool)) noticed++;
    else expect(valuesOf(damaged), `bit ${bit} of ${bytes.length * 8}`).toEqual(sound);
  }
  // What goes unnoticed are unused bytes and training times.
  expect(noticed).toBeGreaterThan(FLIPS / 4);
  console.log(`${noticed} of ${FLIPS} flipped bits changed something, and were noticed`);
});
