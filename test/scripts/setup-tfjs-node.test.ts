/** What the set-up of the native kernels says where it cannot go on; that it works, CI shows. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inspectBackend } from "#lrn/engines/tfjs/backends.js";
// @ts-expect-error: a script, without types
import { layLibrary, MODULES, run, SetupError } from "../../scripts/tensorflow-library.mjs";
import { ROOT } from "../cli/lrn.js";

const SCRIPT = join(ROOT, "scripts/setup-tfjs-node.mjs");
const isThere = (await inspectBackend("tensorflow")).usable;
const isLinux = process.platform === "linux" && process.arch === "x64";
const python = spawnSync("python3", ["--version"]).status === 0;

describe.skipIf(isThere || !isLinux)("setup:tfjs-node (Linux, x64, kernels not there yet)", () => {
  const setup = (args: string[], env: NodeJS.ProcessEnv) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...process.env, npm_execpath: "npm", npm_config_node_gyp: "node-gyp", ...env },
    });
    return { status, stdout, stderr };
  };

  it.each([
    ["npm", [], { npm_execpath: "" }, "npm is needed: start this as npm run setup:tfjs-node"],
    ["the wheel", ["nowhere.whl"], {}, "nowhere.whl: there is no such wheel"],
    ["Python", [], { PATH: "/nowhere" }, "Python 3 is not here, and node-gyp needs it"],
  ])("without %s ends before anything is downloaded", (_name, args, env, message) => {
    const before = existsSync(MODULES);
    const { status, stderr } = setup(args, env);
    expect(stderr).toContain(`setup:tfjs-node: ${message}`);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(status).toBe(1);
    expect(existsSync(MODULES)).toBe(before);
  });

  it.skipIf(!python)("without a compiler names it (needs python3)", () => {
    const wheel = join(mkdtempSync(join(tmpdir(), "lrn-wheel-")), "a.whl");
    writeFileSync(wheel, "");
    const { status, stderr } = setup([wheel], { CXX: "no-such-compiler" });
    expect(stderr).toContain("no-such-compiler is not here; install a C++ compiler and make");
    expect(status).toBe(1);
  });
});

it.skipIf(!python || isThere)(
  "a wheel without TensorFlow's library is refused by name (needs python3)",
  () => {
    const work = mkdtempSync(join(tmpdir(), "lrn-wheel-"));
    const wheel = join(work, "other.whl");
    const program =
      "import sys, zipfile; zipfile.ZipFile(sys.argv[1], 'w').writestr('other/__init__.py', '')";
    expect(spawnSync("python3", ["-c", program, wheel]).status).toBe(0);
    expect(() => layLibrary("python3", wheel, work)).toThrow(
      new SetupError(
        `${wheel} has no libtensorflow_cc.so.2; TensorFlow's wheels have it from 2.12 on`,
      ),
    );
  },
);

it("shows what a command said that failed, and nothing of one that did not", () => {
  expect(() => run(process.execPath, ["-e", "console.error('no room'); process.exit(3)"])).toThrow(
    /failed:\nno room$/,
  );
  expect(run(process.execPath, ["-e", "console.error('a warning')"])).toBeUndefined();
});
