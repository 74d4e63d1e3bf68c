import type { EngineTraits } from "#lrn/engines/contract.js";
import { type Sweep, sweepSchema } from "#lrn/sweep/schema.js";

export const SMALL_GRID = {
  depth: [2],
  width: [2],
  connection: ["plain"],
  optimizer: ["adam"],
  learningRate: [0.1],
  trainingStyle: ["batch"],
};

/** A sweep of one cell and two seeds, but for what is given. */
export function sweepOf(fields: object = {}): Sweep {
  return sweepSchema.parse({ name: "small", grid: SMALL_GRID, seeds: 2, epochs: 20, ...fields });
}

/** The fused engine's, as far as a plan asks for them. */
export const ENGINE: EngineTraits = {
  name: "fused",
  numerics: "float32/1",
  lanes: 4,
  mostTrials: 1024,
  speed: { operationsPerSecond: 12e9, secondsPerLayer: 0 },
};
