/**
 * Forward and backward pass of networks of width 2, unrolled. Layer by layer with the samples in
 * the inner loop, so that a layer's weights or its gradient sums stay in registers; both at once
 * do not fit them.
 */
import { add, addProduct, get, mul, relu, reluGradient, set } from "./lanes";
import {
  activationsOf,
  depth,
  frozenLayers,
  gradients,
  hiddenLayerAt,
  inputOf,
  lateResidual,
  layerGradientsOf,
  outputWeightsAt,
  parameters,
  predictionGradientOf,
  predictionOf,
} from "./memory";

/** h = relu(b + w·x); with `toOutput` also y += u·h. */
// @ts-ignore: decorator
@inline
function forwardFirst(toOutput: bool, begin: i32, end: i32): void {
  const w0 = get(parameters, 0);
  const w1 = get(parameters, 1);
  const b0 = get(parameters, 2);
  const b1 = get(parameters, 3);
  const u = outputWeightsAt(parameters, 0);
  const u0 = get(u, 0);
  const u1 = get(u, 1);
  let x = inputOf(begin);
  let y = predictionOf(begin);
  let h = activationsOf(0, begin);
  for (const stop = activationsOf(0, end); h < stop; x += 4, y += 16, h += 32) {
    const input = v128.load_splat<f32>(x);
    const h0 = relu(addProduct(b0, w0, input));
    const h1 = relu(addProduct(b1, w1, input));
    set(h, 0, h0);
    set(h, 1, h1);
    if (toOutput) set(y, 0, addProduct(addProduct(get(y, 0), u0, h0), u1, h1));
  }
}

/** h = relu(b + w·g), where g is the layer below; with `toOutput` also y += u·h. */
// @ts-ignore: decorator
@inline
function forwardHidden(toOutput: bool, layer: i32, begin: i32, end: i32): void {
  const p = hiddenLayerAt(parameters, layer);
  const w00 = get(p, 0);
  const w01 = get(p, 1);
  const w10 = get(p, 2);
  const w11 = get(p, 3);
  const b0 = get(p, 4);
  const b1 = get(p, 5);
  const u = outputWeightsAt(parameters, layer);
  const u0 = get(u, 0);
  const u1 = get(u, 1);
  let y = predictionOf(begin);
  let g = activationsOf(layer - 1, begin);
  let h = activationsOf(layer, begin);
  for (const stop = activationsOf(layer, end); h < stop; y += 16, g += 32, h += 32) {
    const g0 = get(g, 0);
    const g1 = get(g, 1);
    const h0 = relu(addProduct(addProduct(b0, w00, g0), w01, g1));
    const h1 = relu(addProduct(addProduct(b1, w10, g0), w11, g1));
    set(h, 0, h0);
    set(h, 1, h1);
    if (toOutput) set(y, 0, addProduct(addProduct(get(y, 0), u0, h0), u1, h1));
  }
}

/** Adds every layer that the output neuron reads to the predictions, which start as its bias. */
export function forward2(begin: i32, end: i32): void {
  const last = depth - 1;
  if (frozenLayers == 0) {
    if (lateResidual || last == 0) forwardFirst(true, begin, end);
    else forwardFirst(false, begin, end);
  }
  let layer = max(1, frozenLayers);
  if (!lateResidual) for (; layer < last; layer++) forwardHidden(false, layer, begin, end);
  for (; layer < depth; layer++) forwardHidden(true, layer, begin, end);
}

/** The last hidden layer's share of the output neuron: dL/du = Σ dL/dy·h, and its own dL/dz. */
// @ts-ignore: decorator
@inline
function backwardOutput(begin: i32, end: i32): void {
  const u = outputWeightsAt(parameters, depth - 1);
  const u0 = get(u, 0);
  const u1 = get(u, 1);
  let du0 = f32x4.splat(0);
  let du1 = f32x4.splat(0);
  let dy = predictionGradientOf(begin);
  let h = activationsOf(depth - 1, begin);
  let dz = layerGradientsOf(begin);
  for (const stop = layerGradientsOf(end); dz < stop; dy += 16, h += 32, dz += 32) {
    const h0 = get(h, 0);
    const h1 = get(h, 1);
    du0 = addProduct(du0, get(dy, 0), h0);
    du1 = addProduct(du1, get(dy, 0), h1);
    set(dz, 0, reluGradient(mul(u0, get(dy, 0)), h0));
    set(dz, 1, reluGradient(mul(u1, get(dy, 0)), h1));
  }
  const du = outputWeightsAt(gradients, depth - 1);
  set(du, 0, du0);
  set(du, 1, du1);
}

/**
 * dL/dw = Σ dL/dz·g and dL/db = Σ dL/dz of `layer`; g is the layer below. With `toOutput` the
 * output neuron reads g too, which gives dL/du of its weights there.
 */
// @ts-ignore: decorator
@inline
function hiddenGradients(toOutput: bool, layer: i32, begin: i32, end: i32): void {
  let dw00 = f32x4.splat(0);
  let dw01 = f32x4.splat(0);
  let dw10 = f32x4.splat(0);
  let dw11 = f32x4.splat(0);
  let db0 = f32x4.splat(0);
  let db1 = f32x4.splat(0);
  let du0 = f32x4.splat(0);
  let du1 = f32x4.splat(0);
  let dy = predictionGradientOf(begin);
  let g = activationsOf(layer - 1, begin);
  let dz = layerGradientsOf(begin);
  for (const stop = layerGradientsOf(end); dz < stop; dy += 16, g += 32, dz += 32) {
    const dz0 = get(dz, 0);
    const dz1 = get(dz, 1);
    const g0 = get(g, 0);
    const g1 = get(g, 1);
    dw00 = addProduct(dw00, dz0, g0);
    dw01 = addProduct(dw01, dz0, g1);
    dw10 = addProduct(dw10, dz1, g0);
    dw11 = addProduct(dw11, dz1, g1);
    db0 = add(db0, dz0);
    db1 = add(db1, dz1);
    if (toOutput) {
      du0 = addProduct(du0, get(dy, 0), g0);
      du1 = addProduct(du1, get(dy, 0), g1);
    }
  }
  const dp = hiddenLayerAt(gradients, layer);
  set(dp, 0, dw00);
  set(dp, 1, dw01);
  set(dp, 2, dw10);
  set(dp, 3, dw11);
  set(dp, 4, db0);
  set(dp, 5, db1);
  if (toOutput) {
    const du = outputWeightsAt(gradients, layer - 1);
    set(du, 0, du0);
    set(du, 1, du1);
  }
}

/**
 * dL/dz of the layer below `layer`, g, in place of its own. With `toOutput` the output neuron
 * reads g too. A sum that starts from its first product instead of from zero differs at most in
 * the sign of a zero, which the gradient sums, starting at +0, do not keep.
 */
// @ts-ignore: decorator
@inline
function lowerLayerGradients(toOutput: bool, layer: i32, begin: i32, end: i32): void {
  const p = hiddenLayerAt(parameters, layer);
  const w00 = get(p, 0);
  const w01 = get(p, 1);
  const w10 = get(p, 2);
  const w11 = get(p, 3);
  const u = outputWeightsAt(parameters, layer - 1);
  const u0 = get(u, 0);
  const u1 = get(u, 1);
  let dy = predictionGradientOf(begin);
  let g = activationsOf(layer - 1, begin);
  let dz = layerGradientsOf(begin);
  for (const stop = layerGradientsOf(end); dz < stop; dy += 16, g += 32, dz += 32) {
    const dz0 = get(dz, 0);
    const dz1 = get(dz, 1);
    let dg0 = mul(w00, dz0);
    let dg1 = mul(w01, dz0);
    if (toOutput) {
      dg0 = add(mul(u0, get(dy, 0)), dg0);
      dg1 = add(mul(u1, get(dy, 0)), dg1);
    }
    set(dz, 0, reluGradient(addProduct(dg0, w10, dz1), get(g, 0)));
    set(dz, 1, reluGradient(addProduct(dg1, w11, dz1), get(g, 1)));
  }
}

/** dL/dw = Σ dL/dz·x and dL/db = Σ dL/dz of the first layer. */
// @ts-ignore: decorator
@inline
function firstGradients(begin: i32, end: i32): void {
  let dw0 = f32x4.splat(0);
  let dw1 = f32x4.splat(0);
  let db0 = f32x4.splat(0);
  let db1 = f32x4.splat(0);
  let x = inputOf(begin);
  let dz = layerGradientsOf(begin);
  for (const stop = layerGradientsOf(end); dz < stop; x += 4, dz += 32) {
    const input = v128.load_splat<f32>(x);
    const dz0 = get(dz, 0);
    const dz1 = get(dz, 1);
    dw0 = addProduct(dw0, dz0, input);
    dw1 = addProduct(dw1, dz1, input);
    db0 = add(db0, dz0);
    db1 = add(db1, dz1);
  }
  set(gradients, 0, dw0);
  set(gradients, 1, dw1);
  set(gradients, 2, db0);
  set(gradients, 3, db1);
}

/** All gradients but that of the output bias, from dL/dy. */
export function backward2(begin: i32, end: i32): void {
  backwardOutput(begin, end);
  const stop = max(0, frozenLayers - 1);
  for (let layer = depth - 1; layer > stop; layer--) {
    if (lateResidual) {
      hiddenGradients(true, layer, begin, end);
      lowerLayerGradients(true, layer, begin, end);
    } else {
      hiddenGradients(false, layer, begin, end);
      lowerLayerGradients(false, layer, begin, end);
    }
  }
  if (frozenLayers == 0) firstGradients(begin, end);
}
