/**
 * Finds and loads @tensorflow/tfjs-node, or its GPU build. An optional dependency: both download a
 * library of hundreds of megabytes, from a host that closed networks refuse, and npm then leaves them out.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import util from "node:util";
import { inPackage } from "../../files/package.js";
import { tf } from "./tensorflow-js.js";

/** In the order in which they are preferred. */
const PACKAGES = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"] as const;

/** Where they may be installed: beside lrn's other packages, or where `npm run setup:tfjs-node` puts them. */
const PLACES = [inPackage("package.json"), inPackage("native/package.json")];

/** The addon within a package. 8 is the newest Node-API that tfjs-node 4.22 knows; Node 20 has it. */
const ADDON = join("lib", "napi-v8", "tfjs_binding.node");

/** What the native kernels' backend has beyond any other's. */
interface NativeBackend {
  readonly binding: { readonly TF_Version: string };
  readonly isUsingGpuDevice: boolean;
}

export interface NativeKernels {
  readonly tensorflowVersion: string;
  readonly device: "CPU" | "GPU";
}

/**
 * Loads the native kernels and registers them as TensorFlow.js's backend `tensorflow`.
 *
 * @throws Error whose message says why they are not there
 */
export function loadNativeKernels(): NativeKernels {
  if (tf.findBackendFactory("tensorflow") === null) {
    restoreLegacyUtil();
    // TensorFlow greets on stderr with the CPU's instructions: level 2 leaves errors only.
    process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
    createRequire(PLACES[0])(findPackage());
  }
  const backend = tf.findBackend("tensorflow") as unknown as NativeBackend;
  return {
    tensorflowVersion: backend.binding.TF_Version,
    device: backend.isUsingGpuDevice ? "GPU" : "CPU",
  };
}

/** @returns the folder of the first package that has its addon */
function findPackage(): string {
  let reason =
    "@tensorflow/tfjs-node is not installed (npm leaves it out where its download fails)";
  for (const name of PACKAGES) {
    for (const place of PLACES) {
      const require = createRequire(place);
      const manifest = resolveOrUndefined(require, `${name}/package.json`);
      if (manifest === undefined) continue;
      const { version } = require(manifest) as { version: string };
      if (version !== tf.version_core) {
        reason = `${name} ${version} is installed, but only ${tf.version_core} fits the rest of TensorFlow.js`;
      } else if (!existsSync(join(manifest, "..", ADDON))) {
        reason = `${name} is installed, but its native addon was neither downloaded nor built`;
      } else {
        return join(manifest, "..");
      }
    }
  }
  throw new Error(reason);
}

function resolveOrUndefined(require: NodeJS.Require, id: string): string | undefined {
  try {
    return require.resolve(id);
  } catch {
    return undefined;
  }
}

/**
 * tfjs-node 4.22 calls util.isNullOrUndefined, which Node 23 removed, and util.isArray, of which newer
 * versions of Node warn on stderr.
 */
function restoreLegacyUtil(): void {
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean; isArray?: unknown };
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
  legacy.isArray = Array.isArray;
}
