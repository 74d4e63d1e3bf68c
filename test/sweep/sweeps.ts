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
