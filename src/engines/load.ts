/** Makes an engine by its name, loading only that one. */
import { StoppedError, UserError } from "../errors.js";
import type { Engine } from "./contract.js";
import type { EngineName } from "./names.js";

const LOADERS: Record<EngineName, (backend?: string) => Promise<Engine>> = {
  fused: async () => {
    const [{ makeFusedEngine }, { loadKernel }] = await Promise.all([
      import("./fused/host.js"),
      import("./fused/load-kernel.js"),
    ]);
    return makeFusedEngine(await loadKernel());
  },
  reference: async () => (await import("./reference/engine.js")).referenceEngine,
  tfjs: async (backend) => (await import("./tfjs/engine.js")).makeTfjsEngine(backend),
};

/**
 * @param backend of engine `tfjs` alone; without it, the best one that can be used
 * @throws UserError where the engine has no such backend, or it cannot be used here
 * @throws StoppedError where it does not load, as for want of memory
 */
export async function loadEngine(name: EngineName, backend?: string): Promise<Engine> {
  if (backend !== undefined && name !== "tfjs") {
    throw new UserError(
      `backend: only engine tfjs has backends, got ${JSON.stringify(backend)} for engine ${name}; ` +
        "leave it out, or take engine tfjs",
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
