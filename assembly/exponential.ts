/**
 * e^x, e^x - 1 and the normal distribution function, operation by operation as in
 * src/engines/reference/exponential.ts, which says how exact they are.
 */
import {
  D1, D2, D3, D4, D5, E2, E3, E4, E5, E6, EXP_HIGHEST, EXP_LOWEST, EXPM1_IS_X, EXPM1_LOWEST,
  HALF_LOG2_E, LN2_HIGH, LN2_LOW, LOG2_E, N0, N1, N2, N3, N4, NORMAL_LOWEST, T0, T1, T2, T3, T4, T5, T6,
  TO_WHOLE, TO_WHOLE_64,
} from "../src/engines/exponential-constants";
import { EXP, EXPM1 } from "../src/engines/fused/codes";
import { addProduct, get, mul, set } from "./lanes";
import { LANES } from "./memory";

/** e^x */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const shift = f32x4.splat(<f32>(TO_WHOLE + 254));
  const within = clamp(x, <f32>EXP_LOWEST, <f32>EXP_HIGHEST);
  const shifted = addProduct(shift, within, f32x4.splat(<f32>LOG2_E));
  const r = remainderOfLn2(within, f32x4.sub(shifted, shift));
  const power = f32x4.add(f32x4.splat(1), expm1Near0(r));
  // What is above an exponent's eight bits, the shift to their place drops.
  const half = i32x4.shr_u(shifted, 1);
  const rest = i32x4.sub(shifted, half);
  return mul(mul(power, i32x4.shl(half, 23)), i32x4.shl(rest, 23));
}

/** e^x - 1 */
// @ts-ignore: decorator
@inline
export function expm1(x: v128): v128 {
  const shift = f32x4.splat(<f32>(TO_WHOLE + 126));
  const within = clamp(x, <f32>EXPM1_LOWEST, <f32>EXP_HIGHEST);
  const shifted = addProduct(shift, within, f32x4.splat(<f32>LOG2_E));
  const power = expm1Near0(remainderOfLn2(within, f32x4.sub(shifted, shift)));
  const scale = i32x4.shl(shifted, 23);
  const half = f32x4.add(mul(scale, power), f32x4.sub(scale, f32x4.splat(0.5)));
  const near0 = f32x4.lt(f32x4.abs(x), f32x4.splat(<f32>EXPM1_IS_X));
  return v128.bitselect(x, f32x4.add(half, half), near0);
}

/** Φ(x) */
// @ts-ignore: decorator
@inline
export function normalCdf(x: v128): v128 {
  const a = f32x4.pmin(f32x4.abs(x), f32x4.splat(<f32>NORMAL_LOWEST));
  const low = f32x4.demote_f64x2_zero(normalTail(f64x2.promote_low_f32x4(a)));
  const upper = v128.shuffle<f32>(a, a, 2, 3, 2, 3);
  const high = f32x4.demote_f64x2_zero(normalTail(f64x2.promote_low_f32x4(upper)));
  const below = v128.shuffle<f32>(low, high, 0, 1, 4, 5);
  const above = f32x4.sub(f32x4.splat(1), below);
  return v128.bitselect(above, below, f32x4.gt(x, f32x4.splat(0)));
}

/** Φ(-a) of two float64 numbers from 0 to NORMAL_LOWEST. */
// @ts-ignore: decorator
@inline
function normalTail(a: v128): v128 {
  const shift = f64x2.splat(<f64>(TO_WHOLE_64 + 1023));
  const exponent = f64x2.mul(f64x2.mul(a, a), f64x2.splat(HALF_LOG2_E));
  const shifted = f64x2.add(exponent, shift);
  const f = f64x2.sub(exponent, f64x2.sub(shifted, shift));
  let power = step(T5, f, f64x2.splat(T6));
  power = step(T4, f, power);
  power = step(T3, f, power);
  power = step(T2, f, power);
  power = step(T1, f, power);
  power = step(T0, f, power);
  let numerator = step(N3, a, f64x2.splat(N4));
  numerator = step(N2, a, numerator);
  numerator = step(N1, a, numerator);
  numerator = step(N0, a, numerator);
  let denominator = step(D4, a, f64x2.splat(D5));
  denominator = step(D3, a, denominator);
  denominator = step(D2, a, denominator);
  denominator = step(D1, a, denominator);
  denominator = step(1, a, denominator);
  const scaled = f64x2.mul(f64x2.mul(numerator, power), i64x2.shl(shifted, 52));
  return f64x2.div(scaled, denominator);
}

/** A step of Horner's scheme: coefficient + x·higher, in float64. */
// @ts-ignore: decorator
@inline
function step(coefficient: f64, x: v128, higher: v128): v128 {
  return f64x2.add(f64x2.splat(coefficient), f64x2.mul(x, higher));
}

// @ts-ignore: decorator
@inline
function clamp(x: v128, lowest: f32, highest: f32): v128 {
  return f32x4.pmin(f32x4.pmax(x, f32x4.splat(lowest)), f32x4.splat(highest));
}

/** x - n·ln 2 */
// @ts-ignore: decorator
@inline
function remainderOfLn2(x: v128, n: v128): v128 {
  const rest = f32x4.sub(x, mul(n, f32x4.splat(<f32>LN2_HIGH)));
  return f32x4.sub(rest, mul(n, f32x4.splat(<f32>LN2_LOW)));
}

/** e^r - 1 for |r| ≤ ln 2 / 2 */
// @ts-ignore: decorator
@inline
function expm1Near0(r: v128): v128 {
  let p = f32x4.splat(<f32>E6);
  p = addProduct(f32x4.splat(<f32>E5), p, r);
  p = addProduct(f32x4.splat(<f32>E4), p, r);
  p = addProduct(f32x4.splat(<f32>E3), p, r);
  p = addProduct(f32x4.splat(<f32>E2), p, r);
  return addProduct(r, p, mul(r, r));
}

/** Replaces each of the `elements` values at `address` by the function's: for tests and clocks. */
export function applyFunction(code: i32, address: usize, elements: i32): void {
  for (const end = address + (<usize>elements) * LANES; address < end; address += LANES) {
    const x = get(address, 0);
    set(address, 0, code == EXP ? exp(x) : code == EXPM1 ? expm1(x) : normalCdf(x));
  }
}
