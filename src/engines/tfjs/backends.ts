/** Which of TensorFlow.js's backends can be used here, and why not the others. */
import { relative } from "node:path";
import { nearestOf, UserError } from "../../errors.js";
import { inPackage } from "../../files/package.js";
import type { EngineBackend } from "../contract.js";
import { BACKENDS, type Backend } from "../names.js";
import { loadNativeKernels } from "./native.js";
import { findWrongOperation } from "./self-test.js";
import { tf } from "./tensorflow-js.js";

export interface UsableBackend {
  readonly backend: Backend;
  readonly usable: true;
  /** What does the arithmetic, for a reader: "TensorFlow 2.15.1 on the CPU". */
  readonly description: string;
  /** What decides the arithmetic, for a trial's key: "tensorflow-cpu/2.15.1". */
  readonly numerics: string;
  readonly versions: EngineBackend["versions"];
}

export interface UnusableBackend {
  readonly backend: Backend;
  readonly usable: false;
  readonly reason: string;
  /** What to do about it. */
  readonly remedy: string;
}

export type BackendReport = UsableBackend | UnusableBackend;

/** Every backend, best first. Makes the last usable one TensorFlow.js's current backend. */
export async function inspectBackends(): Promise<BackendReport[]> {
  const reports: BackendReport[] = [];
  for (const backend of BACKENDS) reports.push(await inspectBackend(backend));
  return reports;
}

/** Loads a backend and tries its operations. */
export async function inspectBackend(backend: Backend): Promise<BackendReport> {
  try {
    const identity = SOURCES[backend].identify();
    if (!(await tf.setBackend(backend))) throw new Error("it does not start");
    const wrong = findWrongOperation();
    if (wrong !== undefined) throw new Error(`its operation ${wrong} gives a wrong result`);
    return { backend, usable: true, ...identity };
  } catch (error) {
    const [reason] = String((error as Error).message).split("\n");
    return { backend, usable: false, reason, remedy: SOURCES[backend].remedy() };
  }
}

/**
 * @param requested a backend's name; without it, the best usable one is taken
 * @throws UserError where there is no backend of that name, or where it cannot be used
 */
export async function chooseBackend(requested?: string): Promise<UsableBackend> {
  const candidates = BACKENDS.filter((name) => requested === undefined || name === requested);
  if (candidates.length === 0) {
    const nearest = nearestOf(requested!, BACKENDS);
    throw new UserError(
      `backend: must be "${BACKENDS.join('" or "')}", got ${JSON.stringify(requested)}` +
        (nearest ? `; did you mean "${nearest}"?` : ""),
    );
  }
  const refusals: string[] = [];
  for (const backend of candidates) {
    const report = await inspectBackend(backend);
    if (report.usable) return report;
    refusals.push(explain(report));
  }
  throw new UserError(refusals.join("\n"));
}

/** Why a backend cannot be used, and the remedy, in one line. */
export function explain({ backend, reason, remedy }: UnusableBackend): string {
  return `backend ${backend} cannot be used: ${reason}; ${remedy}`;
}

interface Source {
  /** Loads what the backend needs beyond TensorFlow.js, and says what it is. */
  identify(): Pick<UsableBackend, "description" | "numerics" | "versions">;
  /** What to do where it cannot be used. */
  remedy(): string;
}

const SOURCES: Readonly<Record<Backend, Source>> = {
  tensorflow: { identify: identifyNative, remedy: nativeRemedy },
  wasm: inPackages("wasm", "WebAssembly"),
  cpu: inPackages("cpu", "plain JavaScript"),
};

/** A backend that comes with lrn's packages. */
function inPackages(numerics: string, description: string): Source {
  return {
    identify: () => ({ description, numerics, versions: { tfjs: tf.version_core } }),
    remedy: () => "install lrn's packages again (npm ci)",
  };
}

function identifyNative(): ReturnType<Source["identify"]> {
  const { tensorflowVersion, device } = loadNativeKernels();
  const library = `tensorflow-${device.toLowerCase()}`;
  return {
    description: `TensorFlow ${tensorflowVersion} on the ${device}`,
    numerics: `${library}/${tensorflowVersion}`,
    versions: { tfjs: tf.version_core, [library]: tensorflowVersion },
  };
}

/** Where lrn is installed, it is done in its own folder. */
function nativeRemedy(): string {
  const folder = relative(process.cwd(), inPackage());
  const prefix = folder === "" ? "" : ` --prefix ${shellWord(folder)}`;
  return `run npm run setup:tfjs-node${prefix} (docs/engines.md), or take backend wasm`;
}

/** To be typed as it is. */
const shellWord = (path: string) => (/^[\w./@+-]+$/.test(path) ? path : JSON.stringify(path));
