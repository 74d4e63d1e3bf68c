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
import { add, elements, get, mul, set } from "./lanes";
import { LANES } from "./memory";

type Forward = (z: usize, h: usize, end: usize, parameter: usize) => void;
type Backward = (
  z: usize, h: usize, dh: usize, dz: usize, end: usize, parameter: usize, slopeGradient: usize,
) => void;

/** h = f(z) of the elements from `h` to `end`; `z` may be `h`. */
export let activate: Forward = changetype<Forward>(0);
/** dL/dz, to `end`, from dL/dh, which it may replace, and the gradient of the slope where it is learned. */
export let activateBackward: Backward = changetype<Backward>(0);

let traits: i32 = 0;

/** Whether `activateBackward` asks for z, beside h. */
export function needsSums(): bool {
  return (traits & NEEDS_SUMS) != 0;
}

/** Whether a neuron whose output is 0 passes no gradient on. */
export function deadStaysDead(): bool {
  return (traits & DEAD_STAYS_DEAD) != 0;
}

/** Lets the function with this code be the one that layers have. Functions are apart, so that V8 compiles no other. */
export function chooseActivation(code: i32): void {
  if (code == RELU) choose<Relu>();
  else if (code == LEAKY_RELU) choose<LeakyRelu>();
  else if (code == PRELU) choose<PRelu>();
  else if (code == ELU) choose<Elu>();
  else if (code == GELU) choose<Gelu>();
  else if (code == SILU) choose<Silu>();
  else unreachable();
}

function choose<A extends Activation>(): void {
  activate = (z: usize, h: usize, end: usize, parameter: usize): void => {
    forwardWith<A>(z, h, end, parameter);
  };
  activateBackward = (
    z: usize, h: usize, dh: usize, dz: usize, end: usize, parameter: usize, slopeGradient: usize,
  ): void => {
    backwardWith<A>(z, h, dh, dz, end, parameter, slopeGradient);
  };
  traits = changetype<A>(0).traits;
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
