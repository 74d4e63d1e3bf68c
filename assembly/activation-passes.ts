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

// What `ask` is asked.
const FORWARD: i32 = 0;
const BACKWARD: i32 = 1;
const TRAITS: i32 = 2;

/**
 * From `z` and `h` on are as many elements as from `at` to `end`; `parameter` and `slopeGradient` are
 * addresses of one.
 *
 * @returns the function's traits
 */
function ask(
  code: i32, task: i32, z: usize, h: usize, at: usize, end: usize, parameter: usize, slopeGradient: usize,
): i32 {
  if (code == RELU) return answer<Relu>(task, z, h, at, end, parameter, slopeGradient);
  if (code == LEAKY_RELU) return answer<LeakyRelu>(task, z, h, at, end, parameter, slopeGradient);
  if (code == PRELU) return answer<PRelu>(task, z, h, at, end, parameter, slopeGradient);
  if (code == ELU) return answer<Elu>(task, z, h, at, end, parameter, slopeGradient);
  if (code == GELU) return answer<Gelu>(task, z, h, at, end, parameter, slopeGradient);
  if (code == SILU) return answer<Silu>(task, z, h, at, end, parameter, slopeGradient);
  return unreachable();
}

// @ts-ignore: decorator
@inline
function answer<A extends Activation>(
  task: i32, z: usize, h: usize, at: usize, end: usize, parameter: usize, slopeGradient: usize,
): i32 {
  if (task == FORWARD) forwardWith<A>(z, at, end, parameter);
  else if (task == BACKWARD) backwardWith<A>(z, h, at, end, parameter, slopeGradient);
  return changetype<A>(0).traits;
}

function forwardWith<A extends Activation>(z: usize, h: usize, end: usize, parameter: usize): void {
  const p = get(parameter, 0);
  for (; h < end; h += LANES, z += LANES) set(h, 0, changetype<A>(0).value(get(z, 0), p));
}

function backwardWith<A extends Activation>(
  z: usize, h: usize, dh: usize, end: usize, parameter: usize, slopeGradient: usize,
): void {
  const f = changetype<A>(0);
  const p = get(parameter, 0);
  let slope = f32x4.splat(0);
  for (; dh < end; dh += LANES, z += LANES, h += LANES) {
    const sent = get(dh, 0);
    const sum = get(z, 0);
    if ((f.traits & LEARNS_SLOPE) != 0) {
      slope = add(slope, v128.andnot(mul(sum, sent), f32x4.gt(sum, f32x4.splat(0))));
    }
    set(dh, 0, f.backward(sent, sum, get(h, 0), p));
  }
  if ((f.traits & LEARNS_SLOPE) != 0) set(slopeGradient, 0, slope);
}

/** h = f(z) of the elements from `h` to `end`; `z` may be `h`. */
export function activate(code: i32, z: usize, h: usize, end: usize, parameter: usize): void {
  ask(code, FORWARD, z, h, h, end, parameter, 0);
}

/** dL/dz from dL/dh, in place from `dh` to `end`, and the gradient of the slope where it is learned. */
export function activateBackward(
  code: i32, z: usize, h: usize, dh: usize, end: usize, parameter: usize, slopeGradient: usize,
): void {
  ask(code, BACKWARD, z, h, dh, end, parameter, slopeGradient);
}

export function needsSums(code: i32): bool {
  return (ask(code, TRAITS, 0, 0, 0, 0, 0, 0) & NEEDS_SUMS) != 0;
}

export function deadStaysDead(code: i32): bool {
  return (ask(code, TRAITS, 0, 0, 0, 0, 0, 0) & DEAD_STAYS_DEAD) != 0;
}
