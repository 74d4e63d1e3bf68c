/** Makes an engine by its name, loading only that one. */
import { nearestOf, StoppedError, UserError } from "../errors.js";
import type { Engine } from "./contract.js";
import { ENGINE_BACKENDS, ENGINE_NAMES, type EngineName } from "./names.js";

/** The kernel's memory is large: who opens many folders one after the other shares one, which goes when nobody has it. */
let lastFused: WeakRef<Engine> | undefined;

const LOADERS: Record<EngineName, (backend?: string) => Promise<Engine>> = {
  fused: async () => {
    const loaded = lastFused?.deref();
    if (loaded) return loaded;
    const [{ makeFusedEngine }, { loadKernel }] = await Promise.all([
      import("./fused/host.js"),
      import("./fused/load-kernel.js"),
    ]);
    const engine = makeFusedEngine(await loadKernel());
    lastFused = new WeakRef(engine);
    return engine;
  },
  reference: async () => (await import("./reference/engine.js")).referenceEngine,
  tfjs: async (backend) => (await import("./tfjs/engine.js")).makeTfjsEngine(backend),
};

/**
 * @param backend of an engine that has some; without it, the best one that can be used
 * @throws UserError where there is no such engine, or it has no such backend, or it cannot be used here
 * @throws StoppedError where it does not load, as for want of memory
 */
export async function loadEngine(name: EngineName, backend?: string): Promise<Engine> {
  if (!ENGINE_NAMES.includes(name)) {
    const nearest = nearestOf(String(name), ENGINE_NAMES);
    throw new UserError(
      `engine: must be "${ENGINE_NAMES.join('" or "')}", got ${JSON.stringify(name)}` +
        (nearest ? `; did you mean "${nearest}"?` : ""),
    );
  }
  if (backend !== undefined && ENGINE_BACKENDS[name].length === 0) {
    const having = ENGINE_NAMES.filter((other) => ENGINE_BACKENDS[other].length > 0).join(" or ");
    throw new UserError(
      `backend: only engine ${having} has backends, got ${JSON.stringify(backend)} for engine ${name}; ` +
        `leave it out, or take engine ${having}`,
    );
  }
  try {
    return await LOADERS[name](backend);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new StoppedError(
      `engine ${name} cannot be loaded (${(error as Error).message}); free some memory, lift a limit on ` +
        "it (ulimit -v), or take another --engine: lrn doctor says which work here",
      { cause: error },
    );
  }
}
