/** The engines there are, by name. Apart from their code, so that naming one loads none. */
export const ENGINE_NAMES = ["fused", "reference", "tfjs"] as const;

export type EngineName = (typeof ENGINE_NAMES)[number];

/** The one that trains where nothing else is said. */
export const DEFAULT_ENGINE: EngineName = "fused";

/** Those of engine `tfjs`: TensorFlow's native kernels, WebAssembly, plain JavaScript; best first. */
export const BACKENDS = ["tensorflow", "wasm", "cpu"] as const;

export type Backend = (typeof BACKENDS)[number];

export const ENGINE_BACKENDS: Record<EngineName, readonly Backend[]> = {
  fused: [],
  reference: [],
  tfjs: BACKENDS,
};

/** Whose trials are the same bits on every machine, as each of them says itself once it is loaded. */
export const BIT_STABLE: Readonly<Record<EngineName, boolean>> = {
  fused: true,
  reference: true,
  tfjs: false,
};
