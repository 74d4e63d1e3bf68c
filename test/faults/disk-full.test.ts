import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LRN, lrn, shell, temporaryFolder } from "../cli/lrn.js";

const folder = mkdtempSync(join(tmpdir(), "lrn-full-"));
const mount = (options: string) =>
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder], { stdio: "ignore" });

function canMount(): boolean {
  try {
    mount("size=1200k");
    return true;
  } catch {
    return false;
  }
}

const mounted = canMount();
afterAll(() => {
  if (mounted) execFileSync("umount", [folder]);
});

const SWEEP = ["sweep", "configs/thesis.json", "--set", "epochs=5"];

describe.skipIf(!mounted)("a full disk (needs to mount a tmpfs)", () => {
  it("ends a sweep with a message, and loses nothing", async () => {
    const sweep = [...SWEEP, "--out", join(folder, "out")];
    const full = await lrn(sweep);
    expect(full.code).toBe(1);
    expect(full.stderr).toBe(
      "lrn: the disk is full; what is finished is kept: free some space and run the same command again\n",
    );

    mount("remount,size=20m");
    const resumed = await lrn(sweep);
    expect(resumed.code, resumed.stderr).toBe(0);
    const [, trained, kept] = /([\d,]+) trials trained .* ([\d,]+) were there already/.exec(
      resumed.stderr,
    )!;
    const number = (text: string) => Number(text.replaceAll(",", ""));
    expect(number(kept)).toBeGreaterThan(0);
    expect(number(trained) + number(kept)).toBe(3360);
    await rm(join(folder, "out"), { recursive: true });
  });

  describe("of 200 KiB", () => {
    let results: string;
    beforeAll(async () => {
      results = await temporaryFolder();
      expect(await lrn([...SWEEP, "--quiet", "--out", results])).toMatchObject({ code: 0 });
      mount("remount,size=200k");
    });

    const small = join(folder, "small");
    beforeEach(async () => {
      await rm(small, { recursive: true, force: true });
      await mkdir(small);
    });

    const LINE =
      "lrn: standard output could not be written whole (ENOSPC); " +
      "free some space or send it elsewhere, and run the same command again\n";

    it.each<[string, string[]]>([
      ["query", ["SELECT * FROM trials"]],
      ["query", ["SELECT * FROM trials", "--csv"]],
      ["query", ["SELECT * FROM trials", "--json"]],
      ["export", []],
      ["export", ["--format", "json"]],
      ["export", ["--format", "markdown", "--what", "trials"]],
    ])("%s %j into a file there ends with 1 and one line", async (command, flags) => {
      const file = join(small, "out");
      const words = [process.execPath, LRN, command, results, ...flags].map((word) => `'${word}'`);
      const { code, stderr } = await shell(`${words.join(" ")} > '${file}'`);
      expect({ code, stderr }).toEqual({ code: 1, stderr: LINE });
      expect((await stat(file)).size).toBeGreaterThan(100_000); // it was not refused from the start
    });

    it.each([["csv"], ["json"], ["markdown"]])(
      "--out of it as %s says so, leaves what was there, and no part of a file",
      async (format) => {
        const file = join(small, "out");
        await writeFile(file, "before");
        const flags = ["--format", format, "--what", "trials", "--out", file];
        const { code, stdout, stderr } = await lrn(["export", results, ...flags]);
        expect(stderr).toMatch(
          /^lrn: --out: .*out could not be written whole \(ENOSPC\), so what was there stays; free/,
        );
        expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
        expect(await readFile(file, "utf8")).toBe("before");
        expect(await readdir(small)).toEqual(["out"]);
      },
    );

    it("as TMPDIR ends a check with a message, and no temporary folder stays", async () => {
      const check = ["check", "configs/thesis.json", "--set", "epochs=5"];
      const baseline = ["--update", "--baseline", join(results, "baseline.json")];
      const { code, stderr } = await lrn([...check, ...baseline], {
        env: { ...process.env, TMPDIR: small },
      });
      expect(stderr).toBe(
        `lrn: TMPDIR: the disk of ${small} is full; free some space, or set it to another folder, and ` +
          "run the same command again\n",
      );
      expect(code).toBe(1);
      expect(await readdir(small)).toEqual([]);
    });
  });
});
