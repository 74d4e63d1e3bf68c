/** The reference engine's arithmetic in float64, for tests that need more digits than float32 has. */
import * as vega from "vega";
import type { Precision } from "#lrn/engines/reference/precision.js";

/** Its types leave it out. float64.test.ts says how exact it is. */
const { cumulativeNormal } = vega as unknown as { cumulativeNormal: (x: number) => number };

export const float64: Precision = {
  round: (value) => value,
  zeros: (length) => new Float64Array(length),
  exp: Math.exp,
  expm1: Math.expm1,
  normalCdf: (x) => cumulativeNormal(x),
};
