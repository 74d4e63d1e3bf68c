/** Stores that are cut short or grew, whose header is overwritten, or whose log is damaged. */
import { copyFile, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openPool } from "#lrn/engines/pool.js";
import { openStore } from "#lrn/store/store.js";
import { lrn, temporaryFolder, withoutTimes } from "../cli/lrn.js";
import { isNoticed, soundStore, storeOf, valuesOf } from "./damaged-store.js";

const pool = openPool("fused", 1);
afterAll(() => pool.close());

let file: string;
let bytes: Buffer;
let sound: unknown;
let pageSize: number;
beforeAll(async () => {
  ({ file, bytes } = await soundStore());
  sound = valuesOf(file);
  pageSize = bytes.readUInt16BE(16); // sqlite.org/fileformat.html, section 1.3
});

async function expectNoticedOrSame(content: Uint8Array, what: string): Promise<boolean> {
  const damaged = await storeOf(content);
  const noticed = await isNoticed(damaged, pool);
  if (!noticed) expect(valuesOf(damaged), what).toEqual(sound);
  expect((await readFile(damaged)).equals(content), `${what}: left as it was`).toBe(true);
  return noticed;
}

it("cut to any length, a store is noticed to be damaged", async () => {
  const pages = bytes.length / pageSize;
  const lengths = Array.from({ length: pages }, (_, page) => page * pageSize)
    .flatMap((end) => [end - 1, end, end + 1, end + 16])
    .filter((length) => length >= 0);
  expect(lengths.length).toBeGreaterThan(30);
  for (const length of lengths) {
    const what = `cut to ${length} of ${bytes.length} bytes`;
    expect(await expectNoticedOrSame(bytes.subarray(0, length), what), what).toBe(true);
  }
});

it("with more bytes at its end, a store has the same values or is noticed", async () => {
  for (const more of [1, pageSize, 3 * pageSize + 5]) {
    const longer = Buffer.concat([bytes, Buffer.alloc(more, 0x5a)]);
    await expectNoticedOrSame(longer, `${more} bytes longer`);
  }
});

it("with any byte of its header overwritten, a store has the same values or is noticed", async () => {
  const HEADER = 100; // bytes
  let noticed = 0;
  for (let at = 0; at < HEADER; at++) {
    for (const value of [0x00, 0xff]) {
      if (bytes[at] === value) continue;
      const content = Buffer.from(bytes);
      content[at] = value;
      if (await expectNoticedOrSame(content, `byte ${at} set to ${value}`)) noticed++;
    }
  }
  expect(noticed).toBeGreaterThan(HEADER / 4);
});

it("whatever its log was damaged to, a killed sweep's store goes on to the rows of one never killed", async () => {
  const folder = await temporaryFolder();
  const flags = ["configs/thesis.json", "--set", "grid.depth=[2]", "--set", "epochs=300"];
  const sweep = [...flags, "--seeds", "100", "--quiet"];
  const whole = await temporaryFolder();
  expect(await lrn(["sweep", ...sweep, "--out", whole])).toMatchObject({ code: 0 });

  const database = join(folder, "trials.db");
  const run = lrn(["sweep", ...flags, "--seeds", "20000", "--out", folder]);
  const logSize = async () => (await stat(`${database}-wal`).catch(() => undefined))?.size ?? 0;
  while ((await logSize()) < 100_000) await setTimeout(10);
  run.child.kill("SIGKILL");
  await run;
  const size = await logSize();

  const damages: ((log: string) => Promise<void>)[] = [
    ...[0, 1, 31, 32, 1000, Math.floor(size / 2), size - 1].map(
      (length) => (log: string) => truncate(log, length),
    ),
    async (log) => writeFile(log, Buffer.alloc(size, 0x5a)),
    async (log) => {
      const content = await readFile(log);
      content.fill(0x5a, Math.floor(size / 3), Math.floor(size / 3) + 5000);
      await writeFile(log, content);
    },
  ];
  for (const damage of damages) {
    const copy = join(await temporaryFolder(), "trials.db");
    await copyFile(database, copy);
    await copyFile(`${database}-wal`, `${copy}-wal`);
    await damage(`${copy}-wal`);
    const store = openStore(copy); // SQLite takes the log up to its first frame that is not as written
    expect(store.problems()).toEqual([]);
    store.close();
    expect(await isNoticed(copy, pool)).toBe(false);
  }
  // The last of them, where the damage lies in the middle, is swept to its end.
  const last = await temporaryFolder();
  await copyFile(database, join(last, "trials.db"));
  await copyFile(`${database}-wal`, join(last, "trials.db-wal"));
  await damages.at(-1)!(join(last, "trials.db-wal"));
  expect(await lrn(["sweep", ...sweep, "--out", last])).toMatchObject({ code: 0 });
  expect(await rowsOf(last)).toEqual(await rowsOf(whole));
});

/** What the sweep asked for, but for the times, which no two runs share. */
async function rowsOf(folder: string): Promise<string[]> {
  return withoutTimes(await readFile(join(folder, "trials.csv"), "utf8"));
}
