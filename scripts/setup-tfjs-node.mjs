/**
 * `npm run setup:tfjs-node [-- <wheel>]`: TensorFlow's native CPU kernels for `--engine tfjs`, from nothing but
 * the npm registry and the Python package index, or from a wheel that is already here.
 *
 * @tensorflow/tfjs-node downloads its library from a host that closed networks refuse. TensorFlow's
 * Python wheel holds the same library, so it is taken from there, and the addon is built against it.
 * Everything lands in native/node_modules, which `npm ci` leaves alone; delete that folder to undo it.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  buildAddon,
  download,
  layLibrary,
  MODULES,
  NATIVE,
  run,
  SetupError,
} from "./tensorflow-library.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
function main([wheel]) {
  checkPlatform();
  if (isInstalled() && report().usable) {
    say(`${report().description}: already there. To start again, delete ${MODULES}`);
    return;
  }
  const tools = findTools(wheel);
  say("1/4 @tensorflow/tfjs-node, without its own install script");
  run(process.execPath, [tools.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], NATIVE);
  const work = mkdtempSync(join(MODULES, ".setup-"));
  try {
    say(`2/4 TensorFlow's library, from ${wheel ?? "the Python package index (about 210 MB)"}`);
    layLibrary(tools.python, wheel ? resolve(wheel) : download(tools.python, work), work);
    say("3/4 the addon, built against it");
    buildAddon(tools.nodeGyp, work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  say("4/4 a try");
  const { usable, reason, description } = report();
  if (!usable) throw new SetupError(`what was built does not work: ${reason}`);
  say(`${description}: ready, for --engine tfjs --backend tensorflow`);
}

function checkPlatform() {
  const glibc = process.report.getReport().header.glibcVersionRuntime;
  if (process.platform !== "linux" || process.arch !== "x64" || glibc === undefined) {
    throw new SetupError(
      `this route is for Linux on x64 with glibc, and this is ${process.platform} on ${process.arch}; ` +
        "elsewhere npm ci brings @tensorflow/tfjs-node itself, if it can download its library",
    );
  }
  if (!existsSync(join(ROOT, "dist", "engines", "tfjs", "backends.js"))) {
    throw new SetupError("lrn is not built, and its self-test is needed; run npm ci first");
  }
}

/** Whether there is anything to try, which takes half a second: lrn loads TensorFlow.js for it. */
function isInstalled() {
  const places = [ROOT, NATIVE].map((folder) => createRequire(join(folder, "package.json")));
  return ["tfjs-node-gpu", "tfjs-node"].some((name) =>
    places.some((place) => {
      try {
        return place.resolve(`@tensorflow/${name}/package.json`) !== undefined;
      } catch {
        return false;
      }
    }),
  );
}

/** What lrn says of the native kernels, asked in a process of its own, for an addon once loaded stays. */
function report() {
  const program = `import { inspectBackend } from "#lrn/engines/tfjs/backends.js";
    process.stdout.write(JSON.stringify(await inspectBackend("tensorflow")));`;
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", program],
    { cwd: ROOT, encoding: "utf8" },
  );
  if (status === 0) return JSON.parse(stdout);
  return {
    usable: false,
    reason: `the process that tried it ended with ${signal ?? status}\n${stderr}`,
  };
}

/** Finds everything that is needed before anything is downloaded. */
function findTools(wheel) {
  const { npm_execpath: npm, npm_config_node_gyp: nodeGyp } = process.env;
  if (!npm || !nodeGyp)
    throw new SetupError("npm is needed: start this as npm run setup:tfjs-node");
  if (wheel && !existsSync(wheel)) throw new SetupError(`${wheel}: there is no such wheel`);
  const python = ["python3", "python"].find((name) => answers(name, "--version"));
  if (!python) throw new SetupError("Python 3 is not here, and node-gyp needs it; install python3");
  if (!wheel && !answers(python, "-m", "pip", "--version")) {
    throw new SetupError(
      `${python} has no pip; install it (Debian: python3-pip), or give the path of a downloaded wheel`,
    );
  }
  const compiler = process.env.CXX ?? "g++";
  for (const tool of [compiler, "make"]) {
    if (!answers(tool, "--version")) {
      throw new SetupError(
        `${tool} is not here; install a C++ compiler and make (Debian: build-essential)`,
      );
    }
  }
  return { npm, nodeGyp, python };
}

function answers(command, ...args) {
  return spawnSync(command, args).status === 0;
}

function say(line) {
  process.stdout.write(`setup:tfjs-node: ${line}\n`);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`setup:tfjs-node: ${error.message}\n`);
  process.exitCode = 1;
}
