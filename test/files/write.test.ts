/** Files as the file system has them: links, FIFOs, devices, permissions. */
import { execFileSync, spawn } from "node:child_process";
import { constants, existsSync, mkdtempSync, readFileSync } from "node:fs";
import {
  chmod,
  type FileHandle,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeWhole } from "#lrn/files/write.js";

const TEMPORARY = join(tmpdir(), "lrn-write-");

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(TEMPORARY);
});
const path = (name: string) => join(folder, name);
const names = async () => (await readdir(folder)).toSorted();

describe("a file", () => {
  it("is replaced whole, with the permissions that it had", async () => {
    await writeFile(path("a"), "old");
    await chmod(path("a"), 0o606);
    const before = await stat(path("a"));
    await writeWhole(path("a"), "new");
    const after = await stat(path("a"));
    expect([await readFile(path("a"), "utf8"), after.mode & 0o777]).toEqual(["new", 0o606]);
    expect(after.ino).not.toBe(before.ino);
    expect(await names()).toEqual(["a"]);
  });

  it("stays as it was where its content fails half-way, and nothing is left beside it", async () => {
    await writeFile(path("a"), "old");
    function* content() {
      yield "x".repeat(200_000);
      throw new Error("no more");
    }
    await expect(writeWhole(path("a"), content())).rejects.toThrow("no more");
    expect(await readFile(path("a"), "utf8")).toBe("old");
    expect(await names()).toEqual(["a"]);
  });

  it("is made of text and bytes in their order", async () => {
    const parts = ["a", Buffer.from([1, 255]), "é", "b".repeat(70_000), "c"];
    await writeWhole(path("a"), parts);
    expect(await readFile(path("a"))).toEqual(
      Buffer.concat(parts.map((part) => Buffer.from(part))),
    );
  });

  it("does not take the place of one that is being written beside it", async () => {
    await writeFile(path("a.part"), "somebody's");
    await writeWhole(path("a"), "new");
    expect(await readFile(path("a.part"), "utf8")).toBe("somebody's");
  });
});

describe("a link", () => {
  it("is followed to its target", async () => {
    await mkdir(path("far"));
    await writeFile(path("far/target"), "old");
    await symlink("far/target", path("link"));
    await writeWhole(path("link"), "new");
    expect((await lstat(path("link"))).isSymbolicLink()).toBe(true);
    expect(await readFile(path("far/target"), "utf8")).toBe("new");
  });

  it("that leads nowhere yet makes its target", async () => {
    await mkdir(path("far"));
    await symlink("second", path("far/first"));
    await symlink("far/first", path("link"));
    await writeWhole(path("link"), "new");
    expect((await lstat(path("link"))).isSymbolicLink()).toBe(true);
    expect(await readFile(path("far/second"), "utf8")).toBe("new");
  });

  it("that leads to itself is refused", async () => {
    await symlink("link", path("link"));
    await expect(writeWhole(path("link"), "new", "--out")).rejects.toThrow(
      /^--out: .*link cannot be written \(ELOOP\); give another path$/,
    );
  });
});

describe.skipIf(process.platform === "win32")("what is no file", () => {
  /** Begun before the tests here, for it takes ten seconds of waiting; looked at after them. */
  let unread: { closed: string; opened: string; told: Promise<string[]>; handle: FileHandle };
  beforeAll(async () => {
    const [closed, opened] = ["closed", "open"].map((name) => join(mkdtempSync(TEMPORARY), name));
    execFileSync("mkfifo", [closed, opened]);
    const handle = await open(opened, constants.O_RDONLY | constants.O_NONBLOCK);
    const message = (file: string) =>
      writeWhole(file, "x".repeat(300_000), "--out").then(String, ({ message }) => message);
    unread = { closed, opened, told: Promise.all([closed, opened].map(message)), handle };
  });
  afterAll(() => unread.handle.close());

  it("a FIFO is written to, and stays", async () => {
    execFileSync("mkfifo", [path("fifo")]);
    const read = readFile(path("fifo"), "utf8");
    await writeWhole(path("fifo"), ["a".repeat(300_000), "b"]);
    expect(await read).toBe(`${"a".repeat(300_000)}b`);
    expect((await stat(path("fifo"))).isFIFO()).toBe(true);
    expect(await names()).toEqual(["fifo"]);
  });

  it("a FIFO is written to, however slowly it is read", async () => {
    execFileSync("mkfifo", [path("fifo")]);
    const slowly = spawn("sh", ["-c", `sleep 0.5; { sleep 0.5; wc -c; } < '${path("fifo")}'`]);
    const counted = text(slowly.stdout);
    await writeWhole(path("fifo"), "a".repeat(300_000));
    expect((await counted).trim()).toBe("300000");
  });

  it("a FIFO whose reader has seen enough is no mistake", async () => {
    execFileSync("mkfifo", [path("fifo")]);
    const reader = spawn("head", ["-c", "1", path("fifo")]);
    const seen = text(reader.stdout);
    await writeWhole(path("fifo"), "a".repeat(300_000));
    expect(await seen).toBe("a");
  });

  it("what fails a FIFO's content is not taken for the file system's", async () => {
    execFileSync("mkfifo", [path("fifo")]);
    const read = readFile(path("fifo"));
    // biome-ignore lint/correctness/useYield: it fails before
    function* content(): Generator<string> {
      throw new Error("no more");
    }
    await expect(writeWhole(path("fifo"), content())).rejects.toThrow(/^no more$/);
    await read;
  });

  it.skipIf(!existsSync("/dev/full"))(
    "a device is written to, and told of (needs /dev/full)",
    async () => {
      await symlink("/dev/null", path("null"));
      await writeWhole(path("null"), "x");
      expect((await lstat(path("null"))).isSymbolicLink()).toBe(true);
      await expect(writeWhole("/dev/full", "x", "--out")).rejects.toThrow(
        /--out: \/dev\/full could not be written whole \(ENOSPC\)/,
      );
      expect((await stat("/dev/full")).isCharacterDevice()).toBe(true);
    },
  );

  it("a FIFO from which nobody reads is given up, whether somebody has opened it or not", async () => {
    const message = "is a FIFO, and nobody read from it for 10 seconds; give another path";
    expect(await unread.told).toEqual([
      `--out: ${unread.closed} ${message}`,
      `--out: ${unread.opened} ${message}`,
    ]);
  });

  it("a folder is refused", async () => {
    await mkdir(path("a"));
    await expect(writeWhole(path("a"), "x", "--out")).rejects.toThrow(
      `--out: ${path("a")} must be a file, it is a folder; give another path`,
    );
  });
});

describe("what is not ours to replace", () => {
  it("a read-only file in a folder that can be written", async () => {
    await writeFile(path("a"), "kept");
    await chmod(path("a"), 0o444);
    await expect(writeWhole(path("a"), "x", "--out")).rejects.toThrow("a is read-only and stays");
    expect(readFileSync(path("a"), "utf8")).toBe("kept");
  });

  it("an SQLite database, by whatever name", async () => {
    const database = Buffer.concat([Buffer.from("SQLite format 3\0"), Buffer.alloc(4080)]);
    await writeFile(path("a.sqlite"), database);
    await symlink("a.sqlite", path("a.csv"));
    await expect(writeWhole(path("a.csv"), "x", "--out")).rejects.toThrow("is an SQLite database");
    expect(readFileSync(path("a.sqlite"))).toEqual(database);
  });
});
