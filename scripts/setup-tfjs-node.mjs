/**
 * `npm run setup:tfjs-node [-- <wheel>]`: TensorFlow's native CPU kernels for `--engine tfjs`, from nothing but
 * the npm registry and the Python package index, or from a wheel that is already here.
 *
 * @tensorflow/tfjs-node downloads its library from a host that closed networks refuse. TensorFlow's
 * Python wheel holds the same library, so it is taken from there, and the addon is built against it.
 * Everything lands in native/node_modules, which `npm ci` leaves alone; delete that folder to undo it.
 */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const NATIVE = join(ROOT, "native");
const MODULES = join(NATIVE, "node_modules");
const TFJS_NODE = join(MODULES, "@tensorflow", "tfjs-node");

/** Names that tfjs-node links with, and what the wheel has under them. */
const LIBRARIES = {
  "libtensorflow.so": "libtensorflow_cc.so.2",
  "libtensorflow_framework.so": "libtensorflow_framework.so.2",
};

/** The C interface's headers and those that they include, in any of the places that TensorFlow moved them to. */
const HEADERS = ["tensorflow/c", "tensorflow/core/platform", "tensorflow/tsl", "tsl", "xla/tsl"];

/** What is wrong here, and the remedy. */
class SetupError extends Error {}

function main([wheel]) {
  checkPlatform();
  if (report().usable) {
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
        "where the network is open, npm install --no-save @tensorflow/tfjs-node@4.22.0 does it",
    );
  }
  if (!existsSync(join(ROOT, "dist", "engines", "tfjs", "backends.js"))) {
    throw new SetupError("lrn is not built, and its self-test is needed; run npm ci first");
  }
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

/** @returns the wheel's path, below `work`; pip checks its hash, and this Python's version does not matter */
function download(python, work) {
  const options = "--no-deps --only-binary=:all: --python-version=3.11 --disable-pip-version-check";
  const requirements = ["--require-hashes", "--requirement", join(NATIVE, "requirements.txt")];
  const platform = "--platform=manylinux2014_x86_64";
  run(python, [
    "-m",
    "pip",
    "download",
    ...options.split(" "),
    platform,
    ...requirements,
    "--dest",
    work,
  ]);
  return join(
    work,
    readdirSync(work).find((name) => name.endsWith(".whl")),
  );
}

/** Lays library and headers where tfjs-node's build looks: deps/lib and deps/include. */
function layLibrary(python, wheel, work) {
  const members = [
    ...Object.values(LIBRARIES).map((library) => `tensorflow/${library}`),
    ...HEADERS.map((folder) => `tensorflow/include/${folder}/`),
  ];
  const program = `import sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
wheel.extractall(sys.argv[2], [n for n in wheel.namelist() if n.startswith(tuple(sys.argv[3:]))])`;
  run(python, ["-c", program, wheel, work, ...members]);

  const deps = join(TFJS_NODE, "deps");
  mkdirSync(join(deps, "lib"), { recursive: true });
  for (const [linked, library] of Object.entries(LIBRARIES)) {
    const extracted = join(work, "tensorflow", library);
    if (!existsSync(extracted)) {
      throw new SetupError(`${wheel} has no ${library}; TensorFlow's wheels have it from 2.12 on`);
    }
    renameSync(extracted, join(deps, "lib", library));
    symlinkSync(library, join(deps, "lib", linked));
  }
  renameSync(join(work, "tensorflow", "include"), join(deps, "include"));
}

/**
 * Builds with the node-gyp that npm brings. The addon is written to Node-API alone, so the headers of
 * the package node-api-headers do on any machine, and none are downloaded.
 */
function buildAddon(nodeGyp, work) {
  const include = join(work, "headers", "include", "node");
  const apiHeaders = join(MODULES, "node-api-headers", "include");
  mkdirSync(include, { recursive: true });
  for (const name of readdirSync(apiHeaders))
    copyFileSync(join(apiHeaders, name), join(include, name));
  const release = { cflags: ["-O2", "-fPIC"] };
  const defaults = { default_configuration: "Release", configurations: { Release: release } };
  writeFileSync(join(include, "common.gypi"), JSON.stringify({ target_defaults: defaults }));
  run(
    process.execPath,
    [
      nodeGyp,
      "rebuild",
      `--nodedir=${join(work, "headers")}`,
      "--force-process-config",
      // What node-pre-gyp would say; 8 is the newest Node-API that tfjs-node 4.22 knows.
      "--module_name=tfjs_binding",
      `--module_path=${join(TFJS_NODE, "lib", "napi-v8")}`,
      "--napi_build_version=8",
    ],
    TFJS_NODE,
  );
}

function answers(command, ...args) {
  return spawnSync(command, args).status === 0;
}

/** Runs quietly; what the command said is shown where it fails. */
function run(command, args, cwd = ROOT) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) {
    const said = `${stdout ?? ""}${stderr ?? ""}${error ?? ""}`.trim().split("\n").slice(-20);
    throw new SetupError(`${[command, ...args].join(" ")}\nfailed:\n${said.join("\n")}`);
  }
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
