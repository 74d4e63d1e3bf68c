import { chmod, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { ROOT, run, temporaryFolder } from "./lrn.js";

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder, "a-file"), "");
  await writeFile(join(folder, "broken.json"), '{\n  "name": "x"\n  "seeds": 3\n}');
});

const THESIS = "configs/thesis.json";

describe("ends with exit code 2, a message, no stack trace and nothing written", () => {
  const cases: [name: string, args: (out: string) => string[], message: string][] = [
    ["a missing file", (out) => ["sweep", "nope.json", "--out", out], "there is no such file"],
    ["a folder as a file", (out) => ["sweep", "configs", "--out", out], "is a folder"],
    ["a negative depth", set("grid.depth=[-1]"), "grid.depth[0]: must be a whole number"],
    ["a fractional width", set("grid.width=[1.5]"), "grid.width[0]: must be a whole number"],
    [
      "an absurd rate",
      set("grid.learningRate=[1e9]"),
      "grid.learningRate[0]: must be a number from 1e-30 to 1000",
    ],
    ["an infinite rate", set("grid.learningRate=[1e999]"), "got Infinity"],
    ["an empty axis", set("grid.depth=[]"), "grid.depth: must be a list of at least one value"],
    [
      "an unknown field",
      set("gird=1"),
      'gird: is not a field of a sweep file; did you mean "grid"',
    ],
    ["too many trials", set("seeds=1000000"), "got 336,000,000"],
    ["__proto__", set("__proto__.polluted=1"), "__proto__.polluted: is not a field"],
    [
      "an unknown engine",
      (out) => ["sweep", THESIS, "--engine", "fusd", "--out", out],
      'engine: must be "fused" or "reference" or "tfjs", got "fusd"; did you mean "fused"?',
    ],
    [
      "a negative seed count",
      (out) => ["sweep", THESIS, "--seeds", "-3", "--out", out],
      "seeds: must be a count",
    ],
    [
      "no workers",
      (out) => ["sweep", THESIS, "--workers", "0", "--out", out],
      '--workers: must be a whole number from 1 to 256, got "0"',
    ],
    ["an unknown flag", (out) => ["sweep", THESIS, "--sedes", "3", "--out", out], "sedes"],
    ["no file", (out) => ["sweep", "--out", out], "see lrn sweep --help"],
    ["a misspelt command", () => ["swep", THESIS], 'did you mean "sweep"?'],
    [
      "no folder",
      () => ["compare", "--axis", "connection"],
      "compare: needs a results folder, as lrn compare results/thesis; see lrn compare --help",
    ],
    ["no figure", () => ["figure"], "figure: needs a figure, as lrn figure 4.3"],
    ["no command", () => [], "Name a command"],
    [
      "a flag given twice",
      (out) => ["sweep", THESIS, "--seeds", "3", "--seeds", "4", "--out", out],
      '--seeds: takes one value, got "3" and "4"',
    ],
    [
      "a flag without its value",
      (out) => ["sweep", THESIS, "--out", out, "--set"],
      "see lrn sweep --help",
    ],
    ["a hidden command", () => ["--", "sweep", THESIS], "Name a command"],
    ["an empty path", set("=5"), "--set: must be key=value"],
    ["a path that is none", set("grid.depth.=3"), "grid.depth.: is not a field"],
    [
      "a place that a list lacks",
      set("grid.depth[9]=3"),
      "there is no grid.depth.9, for grid.depth",
    ],
    [
      "a rate that float32 rounds to 0",
      set("grid.learningRate=[1e-320]"),
      "must be a number from 1e-30",
    ],
    [
      "an until that cannot be",
      set('seeds={"untilConverged":3,"atMost":2}'),
      "seeds.atMost: must be at least untilConverged, got 2",
    ],
    ["a bad trial", () => ["trial", "--depth", "3.5"], "--depth: must be a whole number"],
  ];

  function set(override: string) {
    return (out: string) => ["sweep", THESIS, "--set", override, "--out", out];
  }

  it.each(cases)("%s", async (_name, args, message) => {
    const out = join(folder, "untouched");
    const { code, stdout, stderr } = await run(args(out));
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe("");
    expect(code).toBe(2);
    expect(await readdir(folder)).not.toContain("untouched");
  });

  it("a file nested without end, or wrong in every value", async () => {
    const file = join(folder, "large.json");
    const refused = async (content: string) => {
      await writeFile(file, content);
      const { code, stderr } = await run(["sweep", file, "--out", join(folder, "untouched")]);
      expect(code, stderr).toBe(2);
      return stderr.trimEnd().split("\n");
    };
    await refused(`{"grid":${"[".repeat(20_000)}${"]".repeat(20_000)}}`);
    const depth = JSON.stringify(Array(200_000).fill(-1));
    const lines = await refused(`{"name":"x","seeds":1,"grid":{"depth":${depth}}}`);
    expect(lines).toHaveLength(11);
    expect(lines[10]).toMatch(/… and [\d,]+ more$/);
  });

  it.each(["trials.db", ".writer", "trials.csv", "manifest.json"])(
    "a folder in place of %s",
    async (name) => {
      const out = await temporaryFolder();
      await mkdir(join(out, name));
      const { code, stderr } = await run(["sweep", THESIS, "--out", out]);
      expect(stderr).toContain(`${name}: must be a file, it is a folder`);
      expect(code).toBe(2);
    },
  );

  it("a file that is not JSON, with the line", async () => {
    const file = join(folder, "broken.json");
    const { code, stderr } = await run(["sweep", file, "--out", join(folder, "untouched")]);
    expect(stderr).toContain(`${file}: line 3, column 3: must be JSON`);
    expect(code).toBe(2);
  });

  it("an output folder that is a file, or below one", async () => {
    const file = join(folder, "a-file");
    const onto = await run(["sweep", THESIS, "--out", file]);
    expect(onto).toMatchObject({ code: 2, stdout: "" });
    expect(onto.stderr).toContain(`--out: must be a folder, ${file} is a file`);
    const below = await run(["sweep", THESIS, "--out", join(file, "below")]);
    expect(below).toMatchObject({ code: 2, stdout: "" });
    expect(below.stderr).toContain("cannot be written (ENOTDIR)");
  });

  it("any other words: a code of the contract, and never a stack trace", async () => {
    const words = fc.constantFrom(
      ...[
        "sweep",
        "plan",
        "trial",
        "schema",
        THESIS,
        "nope.json",
        "--seeds",
        "--set",
        "--out",
        "--json",
      ],
      ...[
        "--depth",
        "--quiet",
        "--workers",
        "--help",
        "--",
        "-",
        "",
        "3",
        "-1",
        "grid.depth=[2]",
        "é=☃",
      ],
    );
    const out = await temporaryFolder();
    process.chdir(out); // for what a sweep of these words may write
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(words, { maxLength: 6 }), async (args) => {
          const few =
            args[0] === "sweep" ? [...args, "--set", "epochs=1", "--set", "seeds=1"] : args;
          const { code, stderr } = await run(few);
          expect(stderr, args.join(" ")).not.toMatch(/internal error|^\s+at /m);
          expect([0, 1, 2]).toContain(code);
        }),
        { numRuns: 40 },
      );
    } finally {
      process.chdir(ROOT);
    }
  });

  it.skipIf(process.getuid?.() === 0)(
    "an output folder that is read-only (not as root)",
    async () => {
      const locked = join(folder, "locked");
      await mkdir(locked);
      await chmod(locked, 0o555);
      const { code, stderr } = await run(["sweep", THESIS, "--out", locked]);
      expect(stderr).toContain("cannot be written (EACCES)");
      expect(code).toBe(2);
    },
  );

  it.skipIf(process.platform !== "linux")("an output folder below /proc (Linux)", async () => {
    const { code, stderr } = await run(["sweep", THESIS, "--out", "/proc/lrn/results"]);
    expect(stderr).toContain("cannot be written (ENOENT)");
    expect(code).toBe(2);
  });
});
