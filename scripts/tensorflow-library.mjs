/** The steps of `npm run setup:tfjs-node`: TensorFlow's library out of its wheel, and the addon against it. */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const NATIVE = fileURLToPath(new URL("../native", import.meta.url));
export const MODULES = join(NATIVE, "node_modules");
const TFJS_NODE = join(MODULES, "@tensorflow", "tfjs-node");

/** Names that tfjs-node links with, and what the wheel has under them. */
const LIBRARIES = {
  "libtensorflow.so": "libtensorflow_cc.so.2",
  "libtensorflow_framework.so": "libtensorflow_framework.so.2",
};

/** The C interface's headers and those that they include, in any of the places that TensorFlow moved them to. */
const HEADERS = ["tensorflow/c", "tensorflow/core/platform", "tensorflow/tsl", "tsl", "xla/tsl"];

/** What is wrong here, and the remedy. */
export class SetupError extends Error {}

/** @returns the wheel's path, below `work`; pip checks its hash, and this Python's version does not matter */
export function download(python, work) {
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
export function layLibrary(python, wheel, work) {
  const members = [
    ...Object.values(LIBRARIES).map((library) => `tensorflow/${library}`),
    ...HEADERS.map((folder) => `tensorflow/include/${folder}/`),
  ];
  const program = `import sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
wheel.extractall(sys.argv[2], [n for n in wheel.namelist() if n.startswith(tuple(sys.argv[3:]))])`;
  run(python, ["-c", program, wheel, work, ...members]);

  const extracted = (library) => join(work, "tensorflow", library);
  for (const library of Object.values(LIBRARIES)) {
    if (existsSync(extracted(library))) continue;
    throw new SetupError(`${wheel} has no ${library}; TensorFlow's wheels have it from 2.12 on`);
  }
  const deps = join(TFJS_NODE, "deps");
  mkdirSync(join(deps, "lib"), { recursive: true });
  for (const [linked, library] of Object.entries(LIBRARIES)) {
    renameSync(extracted(library), join(deps, "lib", library));
    symlinkSync(library, join(deps, "lib", linked));
  }
  renameSync(join(work, "tensorflow", "include"), join(deps, "include"));
}

/**
 * Builds with the node-gyp that npm brings. The addon is written to Node-API alone, so the headers of
 * the package node-api-headers do on any machine, and none are downloaded.
 */
export function buildAddon(nodeGyp, work) {
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

/** Runs quietly; what the command said is shown where it fails. */
export function run(command, args, cwd = NATIVE) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) {
    const said = `${stdout ?? ""}${stderr ?? ""}${error ?? ""}`.trim().split("\n").slice(-20);
    throw new SetupError(`${[command, ...args].join(" ")}\nfailed:\n${said.join("\n")}`);
  }
}
