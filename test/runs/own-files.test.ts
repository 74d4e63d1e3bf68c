import { link, mkdir, mkdtemp, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { writeOut } from "#lrn/runs/own-files.js";

const FILES = [
  "trials.db",
  "trials.db-wal",
  "trials.db-shm",
  ".writer",
  "trials.csv",
  "cells.csv",
  "sweep.json",
  "manifest.json",
  "tables/width-2/adam-lr-0.1.csv",
];

let read: string;
let other: string;
let elsewhere: string;
beforeAll(async () => {
  [read, other, elsewhere] = await Promise.all(
    [0, 1, 2].map(() => mkdtemp(join(tmpdir(), "lrn-out-"))),
  );
  for (const folder of [read, other]) {
    for (const name of FILES) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), name);
    }
  }
  await symlink(read, join(elsewhere, "folder"));
});

const write = (file: string) => writeOut(file, "x", "--out", read);

describe.each(FILES)("%s of a results folder", (name) => {
  it("is refused by its name, in any folder that has a store", async () => {
    for (const file of [join(read, name), join(other, name), join(elsewhere, "folder", name)]) {
      await expect(write(file)).rejects.toThrow(
        `--out: ${file} is a results folder's own file and stays as it is; give another path`,
      );
    }
    expect(await readFile(join(read, name), "utf8")).toBe(name);
  });

  it("is refused by a link to it", async () => {
    const file = join(elsewhere, name.replaceAll("/", " "));
    await symlink(join(read, name), file);
    await expect(write(file)).rejects.toThrow("is a results folder's own file");
    expect(await readFile(join(read, name), "utf8")).toBe(name);
  });
});

it.each(FILES.slice(0, 8))(
  "%s of the folder that is read is refused by any other name",
  async (name) => {
    const file = join(elsewhere, `hard ${name}`);
    await link(join(read, name), file);
    await expect(write(file)).rejects.toThrow("is a results folder's own file");
  },
);

it("the names of files that are not there yet are kept for them", async () => {
  await expect(write(join(other, "tables/new.csv"))).rejects.toThrow("own file");
  await expect(write(join(other, "trials.db-journal"))).rejects.toThrow("own file");
});

it("any other name is written, in a results folder too", async () => {
  await write(join(read, "trials.json"));
  await write(join(elsewhere, "cells of mine.csv"));
  expect(await readFile(join(read, "trials.json"), "utf8")).toBe("x");
});
