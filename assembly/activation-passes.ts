/** Activation functions over the outputs of a layer, found by their codes. */
import { ELU, GELU, LEAKY_RELU, PRELU, RELU, SILU } from "../src/engines/fused/codes";
import {
  Activation,
  DEAD_STAYS_DEAD,
  Elu,
  Gelu,
  LeakyRelu,
  LEARNS_SLOPE,
  NEEDS_SUMS,
  PRelu,
  Relu,
  Silu,
} from "./activations";
import { add, get, mul, set } from "./lanes";
import { LANES } from "./memory";
import { elements } from "./places";

// What `ask` is asked.
const FORWARD: i32 = 0;
const BACKWARD: i32 = 1;
const TRAITS: i32 = 2;

/**
 * From `z`, `h` and `at` on are as many elements as from `to` to `end`; `parameter` and `slopeGradient` are
 * addresses of one.
 *
 * @returns the function's traits
 */
function ask(
  code: i32, task: i32, z: usize, h: usize, at: usize, to: usize, end: usize, parameter: usize, slopeGradient: usize,
): i32 {
  if (code == RELU) return answer<Relu>(task, z, h, at, to, end, parameter, slopeGradient);
  if (code == LEAKY_RELU) return answer<LeakyRelu>(task, z, h, at, to, end, parameter, slopeGradient);
  if (code == PRELU) return answer<PRelu>(task, z, h, at, to, end, parameter, slopeGradient);
  if (code == ELU) return answer<Elu>(task, z, h, at, to, end, parameter, slopeGradient);
  if (code == GELU) return answer<Gelu>(task, z, h, at, to, end, parameter, slopeGradient);
  if (code == SILU) return answer<Silu>(task, z, h, at, to, end, parameter, slopeGradient);
  return unreachable();
}

// @ts-ignore: decorator
@inline
function answer<A extends Activation>(
  task: i32, z: usize, h: usize, at: usize, to: usize, end: usize, parameter: usize, slopeGradient: usize,
): i32 {
  if (task == FORWARD) forwardWith<A>(z, to, end, parameter);
  else if (task == BACKWARD) backwardWith<A>(z, h, at, to, end, parameter, slopeGradient);
  return changetype<A>(0).traits;
}

// Two elements a round, which halves what a round costs beside them.

function forwardWith<A extends Activation>(z: usize, h: usize, end: usize, parameter: usize): void {
  const p = get(parameter, 0);
  for (; h + LANES < end; h += elements(2), z += elements(2)) {
    const h0 = changetype<A>(0).value(get(z, 0), p);
    set(h, 1, changetype<A>(0).value(get(z, 1), p));
    set(h, 0, h0);
  }
  if (h < end) set(h, 0, changetype<A>(0).value(get(z, 0), p));
}

/** What an element adds to the gradient of a learned slope. */
// @ts-ignore: decorator
@inline
function slopeTerm(z: v128, dh: v128): v128 {
  return v128.andnot(mul(z, dh), f32x4.gt(z, f32x4.splat(0)));
}

function backwardWith<A extends Activation>(
  z: usize, h: usize, dh: usize, dz: usize, end: usize, parameter: usize, slopeGradient: usize,
): void {
  const f = changetype<A>(0);
  const learns = (f.traits & LEARNS_SLOPE) != 0;
  const p = get(parameter, 0);
  let slope = f32x4.splat(0);
  for (; dz + LANES < end; dz += elements(2), dh += elements(2), z += elements(2), h += elements(2)) {
    const sent0 = get(dh, 0), sent1 = get(dh, 1);
    const z0 = get(z, 0), z1 = get(z, 1);
    if (learns) slope = add(add(slope, slopeTerm(z0, sent0)), slopeTerm(z1, sent1));
    set(dz, 0, f.backward(sent0, z0, get(h, 0), p));
    set(dz, 1, f.backward(sent1, z1, get(h, 1), p));
  }
  if (dz < end) {
    if (learns) slope = add(slope, slopeTerm(get(z, 0), get(dh, 0)));
    set(dz, 0, f.backward(get(dh, 0), get(z, 0), get(h, 0), p));
  }
  if (learns) set(slopeGradient, 0, slope);
}

/** h = f(z) of the elements from `h` to `end`; `z` may be `h`. */
export function activate(code: i32, z: usize, h: usize, end: usize, parameter: usize): void {
  ask(code, FORWARD, z, h, 0, h, end, parameter, 0);
}

/** dL/dz, to `end`, from dL/dh, which it may replace, and the gradient of the slope where it is learned. */
export function activateBackward(
  code: i32, z: usize, h: usize, dh: usize, dz: usize, end: usize, parameter: usize, slopeGradient: usize,
): void {
  ask(code, BACKWARD, z, h, dh, dz, end, parameter, slopeGradient);
}

export function needsSums(code: i32): bool {
  return (ask(code, TRAITS, 0, 0, 0, 0, 0, 0, 0) & NEEDS_SUMS) != 0;
}

export function deadStaysDead(code: i32): bool {
  return (ask(code, TRAITS, 0, 0, 0, 0, 0, 0, 0) & DEAD_STAYS_DEAD) != 0;
}
