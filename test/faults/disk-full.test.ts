import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { lrn } from "../cli/lrn.js";

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

it.skipIf(!mounted)(
  "a full disk ends a sweep with a message, and loses nothing (needs to mount a tmpfs)",
  async () => {
    const sweep = [
      "sweep",
      "configs/thesis.json",
      "--set",
      "epochs=5",
      "--out",
      join(folder, "out"),
    ];
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
  },
);
