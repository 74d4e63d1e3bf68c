/** Manifests and a folder's sweep.json of the wrong shape, for every command that meets them. */
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { lrn, ROOT, temporaryFolder } from "../cli/lrn.js";

const SMALL = [join(ROOT, "configs/thesis.json"), "--set", "epochs=5", "--set", "grid.depth=[2]"];

let sound: string;
beforeAll(async () => {
  sound = await temporaryFolder();
  const run = await lrn(["sweep", ...SMALL, "--seeds", "1", "--out", sound]);
  expect(run.code, run.stderr).toBe(0);
});

/** A copy of the folder with one file changed. */
async function damaged(name: string, change: (text: string) => string | Buffer): Promise<string> {
  const folder = await temporaryFolder();
  await cp(sound, folder, { recursive: true });
  const text = await readFile(join(folder, name), "utf8");
  const content = change(text);
  expect(content).not.toBe(text);
  await writeFile(join(folder, name), content);
  return folder;
}

const commandsOn = (folder: string) => ({
  export: ["export", folder],
  check: ["check", "--results", folder, "--sample", "1"],
  sweep: ["sweep", ...SMALL, "--seeds", "1", "--out", folder],
  "longer sweep": ["sweep", ...SMALL, "--seeds", "2", "--out", folder],
  query: ["query", folder, "SELECT 1"],
  plan: ["plan", ...SMALL, "--out", folder],
});
type Command = keyof ReturnType<typeof commandsOn>;

async function expectRefused(folder: string, commands: readonly Command[], message: string) {
  const all = commandsOn(folder);
  for (const command of commands) {
    const { code, stdout, stderr } = await lrn(all[command]);
    const named = `${command}: ${stderr}`;
    expect(named).toContain(message);
    expect(named).not.toMatch(/internal error|^\s+at /m);
    expect({ code, stdout }, named).toEqual({ code: 2, stdout: "" });
  }
}

/** With a field of the manifest, by its path, set to another value or left out. */
function withField(path: string, value?: unknown) {
  return (text: string) => {
    const manifest = JSON.parse(text);
    const names = path.split(".");
    const last = names.pop()!;
    const parent = names.reduce((object, name) => object[name], manifest);
    parent[last] = value;
    return JSON.stringify(manifest);
  };
}

describe("a manifest that is", () => {
  it.each<[string, (text: string) => string | Buffer, string]>([
    ["empty", () => "", "line 1, column 1: must be JSON"],
    ["cut short", (text) => text.slice(0, 200), "must be JSON"],
    ["full of zeros", (text) => "\0".repeat(text.length), "must be JSON"],
    ["no text", () => Buffer.from([0x7b, 0x22, 0xff, 0x22]), "must be text in UTF-8"],
    ["null", () => "null", "the whole: must be an object, got null"],
    ["a list", () => "[]", "the whole: must be an object, got []"],
    ["an object without a field", () => "{}", "engine: is missing; must be an object"],
    ["nested deeper than the stack", () => "[".repeat(5000), "must be nested at most 32 deep"],
    ["without an engine", withField("engine"), "engine: is missing"],
    ["of an engine that is a text", withField("engine", "fused"), 'an object, got "fused"'],
    ["of numerics that are none", withField("engine.numerics", 5), "must be a text, got 5"],
    ["of earlier runs that are null", withField("earlierRuns", null), "must be a list of runs"],
    ["of an earlier run that is none", withField("earlierRuns", [null]), "earlierRuns[0]: must be"],
    ["of counts that are a list", withField("counts", []), "counts: must be an object, got []"],
    ["of a count that is a text", withField("counts", { trials: "x" }), "counts.trials: must be"],
    ["of a host that is null", withField("host", null), "host: must be an object, got null"],
    ["of no start", withField("start", null), "start: must be a text, got null"],
    ["with __proto__ in it", (text) => text.replace("{", '{ "__proto__": {},'), "of a manifest"],
  ])("%s", async (_what, change, message) => {
    const folder = await damaged("manifest.json", change);
    await expectRefused(folder, ["export", "sweep"], message);
  });

  it("damaged ends every command that reads it, and none of the others", async () => {
    const folder = await damaged("manifest.json", withField("engine", "fused"));
    await expectRefused(
      folder,
      ["export", "check", "query", "sweep", "longer sweep"],
      'manifest.json: engine: must be an object, got "fused"; remove the file, the next sweep',
    );
    expect(await lrn(commandsOn(folder).plan)).toMatchObject({ code: 0, stderr: "" });
  });

  it("said to be mended by removing it, and is", async () => {
    const folder = await damaged("manifest.json", () => "{");
    const { stderr } = await lrn(["export", folder]);
    expect(stderr).toContain("or remove the file, the next sweep writes another");
    await rm(join(folder, "manifest.json"));
    const { code } = await lrn(commandsOn(folder).sweep);
    expect(code).toBe(0);
    const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
    expect(manifest.engine.name).toBe("fused");
  });

  it("long, for the folder was gone on with ten thousand times, is read", async () => {
    const folder = await damaged("manifest.json", (text) => {
      const { name: _, counts: __, written: ___, earlierRuns: ____, ...run } = JSON.parse(text);
      return withField("earlierRuns", Array(10_000).fill(run))(text);
    });
    expect(await lrn(["export", folder])).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("a folder's sweep.json that is", () => {
  it.each<[string, (text: string) => string, string]>([
    ["empty", () => "", "line 1, column 1: must be JSON"],
    ["null", () => "null", "the whole: must be an object with name, grid and seeds, got null"],
    ["of an engine that is a path", withField("engine", "../x"), 'must be "fused" or'],
    ["of SQL for a threshold", withField("convergence.rmse", "0); --"), "must be a number from"],
    [
      "of a name that steers",
      withField("name", "\u001b[2J\n::error::x"),
      "must be 1 to 100 letters",
    ],
    ["of too many seeds", withField("seeds", 1e9), "must be a count from 1 to 10,000,000"],
    ["larger than any that a sweep writes", () => " ".repeat(2 ** 24 + 1), "at most 16 MiB"],
  ])("%s", async (_what, change, message) => {
    const folder = await damaged("sweep.json", change);
    await expectRefused(folder, ["export"], message);
  });

  it("damaged ends every command that reads it", async () => {
    const folder = await damaged("sweep.json", () => "[]");
    const message = "sweep.json: the whole: must be an object with name, grid and seeds, got []";
    await expectRefused(folder, ["export", "check", "query"], message);
  });

  it("damaged is written again by the next sweep", async () => {
    const folder = await damaged("sweep.json", () => "");
    expect(await lrn(commandsOn(folder).sweep)).toMatchObject({ code: 0 });
    const [now, before] = [folder, sound].map((of) => readFile(join(of, "sweep.json"), "utf8"));
    expect(await now).toBe(await before);
  });
});
