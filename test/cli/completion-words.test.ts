/** What shells are told, and what they make of it. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ENGINE_NAMES } from "#lrn/engines/names.js";
import { FIGURES } from "#lrn/thesis/figures.js";
import { LRN, ROOT, run, temporaryFolder } from "./lrn.js";

/** The kind of answer, and the words. */
async function completed(...words: string[]) {
  const { code, stdout, stderr } = await run(["--complete", ...words]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout.trimEnd().split("\n");
}

describe("the end of a command line", () => {
  it.each<[string[], string[]]>([
    [["sw"], ["sweep"]],
    [["--q"], ["--quiet"]],
    [["sweep", "configs/thesis.json", "--re"], ["--retry-failed"]],
    [["sweep", "--engine", ""], [...ENGINE_NAMES]],
    [["sweep", "--engine", "f"], ["fused"]],
    [["sweep", "--engine", "=", "f"], ["fused"]], // as bash splits it
    [["sweep", "--engine", "="], [...ENGINE_NAMES]],
    [["sweep", "--engine=f"], ["--engine=fused"]], // as zsh and fish do not
    [["plan", "--backend", "w"], ["wasm"]],
    [
      ["check", "--reporter", "j"],
      ["json", "junit"],
    ],
    [["export", "x", "--format", "p"], ["parquet"]],
    [["export", "x", "--dead", "c"], ["constant"]],
    [
      ["sweep", "x", "--dead", ""],
      ["zero", "constant", "no-gradient"],
    ],
    [
      ["trial", "--training-style", ""],
      ["iterative", "batch"],
    ],
    [["sweep", "x", "--sh"], ["--shard"]],
    [["merge", "out", "one", "--ta"], ["--tables"]],
    [["figure", "4.2"], FIGURES.map(({ id }) => id).filter((id) => id.startsWith("4.2"))],
    [["figure", "--json", "ta"], ["table-3.1"]],
    [["plot", "x", "--x", "learn"], ["learning-rate"]],
    [["plot", "x", "--row", "no"], ["none"]],
    [["plot", "x", "--y", "test"], ["test-rmse"]],
    [["plot", "x", "--where", "a=1", "--wh"], ["--where"]],
    [["risk", "--init"], ["--initialization"]],
    [["risk", "--initialization", "r"], ["rai"]],
    [["completion", "--shell", "z"], ["zsh"]],
    [["nothing-begins-so"], []],
  ])("%j", async (words, expected) => {
    expect(await completed(...words)).toEqual(["words", ...expected]);
  });

  it.each([
    [["sweep", ""]],
    [["risk", ""]],
    [["query", "res"]],
    [["merge", ""]],
    [["merge", "out", "one", "two", "res"]],
    [["trial", ""]],
    [["trial", "x", "--out", ""]],
    [["sweep", "x", "--out", ""]],
    [["check", "--baseline", "c"]],
  ])("%j is a file", async (words) => expect(await completed(...words)).toEqual(["files"]));

  it.each([
    [["trial", "--seed", ""]],
    [["trial", "--key", ""]],
    [["query", "dir", ""]],
    [["nope", ""]],
    [["figure", "4.9", ""]],
  ])("%j is nothing that could be named", async (words) =>
    expect(await completed(...words)).toEqual(["nothing"]),
  );

  it("offers a flag once, and --set again", async () => {
    const flags = await completed("sweep", "x", "--out", "y", "--seeds=3", "--set", "a=1", "--");
    expect(flags).toContain("--set");
    expect(flags).toContain("--workers");
    expect(flags).not.toContain("--out");
    expect(flags).not.toContain("--seeds");
  });
});

it("completion --help is help, and other words are refused", async () => {
  expect((await run(["completion", "--help"])).stdout).toMatch(/^lrn completion\n/);
  const wrong = await run(["completion", "bash"]);
  expect(wrong).toMatchObject({
    code: 2,
    stderr: "lrn: Unknown argument: bash; see lrn completion --help\n",
  });
  expect((await run(["compltion"])).stderr).toContain('did you mean "completion"?');
});

const has = (command: string) => spawnSync(command, ["-c", "true"]).status === 0;

/** A folder with `lrn` in it. */
let bin: string;
beforeAll(async () => {
  bin = await temporaryFolder();
  const node = `exec '${process.execPath}' '${LRN}' "$@"`;
  writeFileSync(join(bin, "lrn"), `#!/bin/sh\n${node}\n`, { mode: 0o755 });
});

describe.skipIf(!has("bash"))("in bash (needs bash)", () => {
  let script: string;
  beforeAll(async () => {
    ({ stdout: script } = await run(["completion", "--shell", "bash"]));
  });

  /** What the function leaves for bash, and all that it writes anywhere, which is the prompt. */
  function inBash(words: readonly string[], path = `${bin}:${process.env.PATH}`) {
    const quoted = words.map((word) => `'${word}'`).join(" ");
    const line =
      `${script}\nCOMP_WORDS=(lrn ${quoted}); COMP_CWORD=${words.length}; _lrn_completion lrn;` +
      ` printf '[%s]' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync("bash", ["-c", line], {
      ...{ cwd: ROOT, encoding: "utf8" },
      env: { ...process.env, PATH: path },
    });
    return { replies: stdout, stderr };
  }

  it("the words are there, and files are left to bash", () => {
    expect(inBash(["figure", "4.2"])).toEqual({
      replies: "[4.2][4.20][4.21][4.22][4.23]",
      stderr: "",
    });
    expect(inBash(["sweep", "con"])).toEqual({ replies: "[]", stderr: "" });
  });

  it("no error gets into the prompt, also where there is no lrn", () => {
    const sweeps = [
      ["sweep", "--seeds", ""],
      ["sweep", "--seeds"],
      ["query"],
      ["sweep", "--seeds", "1", "--seeds"],
    ];
    for (const words of sweeps) expect(inBash(words).stderr, words.join(" ")).toBe("");
    expect(inBash(["sw"], "/usr/bin:/bin")).toEqual({ replies: "[]", stderr: "" });
  });
});

it.skipIf(!has("fish"))("completes in fish (needs fish)", async () => {
  const { stdout } = await run(["completion", "--shell", "fish"]);
  const file = join(bin, "lrn.fish");
  writeFileSync(file, stdout);
  const inFish = (line: string) => {
    const command = `source '${file}'; complete -C '${line}'`;
    const env = { ...process.env, HOME: bin, PATH: `${bin}:${process.env.PATH}` };
    return spawnSync("fish", ["-N", "-c", command], { cwd: ROOT, encoding: "utf8", env });
  };
  expect(inFish("lrn figure 4.2")).toMatchObject({
    stdout: "4.2\n4.20\n4.21\n4.22\n4.23\n",
    stderr: "",
  });
  expect(inFish("lrn sweep configs/th").stdout).toContain("configs/thesis.json");
});

it.skipIf(!has("zsh"))("has a script for zsh (needs zsh)", async () => {
  const { stdout } = await run(["completion", "--shell", "zsh"]);
  const { status, stderr } = spawnSync("zsh", ["-n"], { input: stdout, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
