/** The engines there are, by name. Apart from their code, so that naming one loads none. */
export const ENGINE_NAMES = ["fused", "reference"] as const;

export type EngineName = (typeof ENGINE_NAMES)[number];
