/** Makes an engine by its name, loading only that one. */
import type { Engine } from "./contract.js";
import type { EngineName } from "./names.js";

const LOADERS: Record<EngineName, () => Promise<Engine>> = {
  fused: async () => {
    const [{ makeFusedEngine }, { loadKernel }] = await Promise.all([
      import("./fused/host.js"),
      import("./fused/load-kernel.js"),
    ]);
    return makeFusedEngine(await loadKernel());
  },
  reference: async () => (await import("./reference/engine.js")).referenceEngine,
};

export function loadEngine(name: EngineName): Promise<Engine> {
  return LOADERS[name]();
}
