/** The number format that the reference engine computes in. */
import { exp, expm1, normalCdf } from "./exponential.js";

export type Reals = Float32Array | Float64Array;

export interface Precision {
  /** Rounds the exact result of one operation to the format. */
  round(value: number): number;
  zeros(length: number): Reals;
  /** eˣ */
  exp(x: number): number;
  /** eˣ - 1 */
  expm1(x: number): number;
  /** Φ(x), the normal distribution's. */
  normalCdf(x: number): number;
}

/**
 * Everything is trained in this. A sum, product, quotient or square root of two float32 numbers,
 * computed in float64 and rounded once more, is the correctly rounded float32 result (Figueroa,
 * "When is double rounding innocuous?", 1995).
 */
export const float32: Precision = {
  round: Math.fround,
  zeros: (length) => new Float32Array(length),
  exp,
  expm1,
  normalCdf,
};
