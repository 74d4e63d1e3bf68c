/**
 * Forward and backward pass of networks of width 4, unrolled. A layer's 20 parameters and 20
 * gradient sums do not fit sixteen registers, so the samples are gone through once for each
 * pair of neurons. What is needed once is loaded where it is needed, which keeps registers free.
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
  lowerGradientsOf,
  outputWeightsAt,
  parameters,
  predictionGradientOf,
  predictionOf,
  swapLayerGradients,
} from "./memory";

/** h = relu(b + w·x) */
// @ts-ignore: decorator
@inline
function forwardFirst(begin: i32, end: i32): void {
  const w0 = get(parameters, 0);
  const w1 = get(parameters, 1);
  const w2 = get(parameters, 2);
  const w3 = get(parameters, 3);
  const b0 = get(parameters, 4);
  const b1 = get(parameters, 5);
  const b2 = get(parameters, 6);
  const b3 = get(parameters, 7);
  let x = inputOf(begin);
  let h = activationsOf(0, begin);
  for (const stop = inputOf(end); x < stop; x += 4, h += 64) {
    const input = v128.load_splat<f32>(x);
    set(h, 0, relu(addProduct(b0, w0, input)));
    set(h, 1, relu(addProduct(b1, w1, input)));
    set(h, 2, relu(addProduct(b2, w2, input)));
    set(h, 3, relu(addProduct(b3, w3, input)));
  }
}

/** h = relu(b + w·g) of neurons `j` and `j + 1` of `layer`, where g is the layer below. */
// @ts-ignore: decorator
@inline
function forwardPair(layer: i32, j: i32, begin: i32, end: i32): void {
  const p = hiddenLayerAt(parameters, layer);
  const row = p + ((<usize>j) << 6);
  const w00 = get(row, 0);
  const w01 = get(row, 1);
  const w02 = get(row, 2);
  const w03 = get(row, 3);
  const w10 = get(row, 4);
  const w11 = get(row, 5);
  const w12 = get(row, 6);
  const w13 = get(row, 7);
  const b0 = get(p, 16 + j);
  const b1 = get(p, 17 + j);
  let g = activationsOf(layer - 1, begin);
  let h = activationsOf(layer, begin) + ((<usize>j) << 4);
  for (const stop = activationsOf(layer - 1, end); g < stop; g += 64, h += 64) {
    const g0 = get(g, 0);
    let z0 = addProduct(b0, w00, g0);
    let z1 = addProduct(b1, w10, g0);
    const g1 = get(g, 1);
    z0 = addProduct(z0, w01, g1);
    z1 = addProduct(z1, w11, g1);
    const g2 = get(g, 2);
    z0 = addProduct(z0, w02, g2);
    z1 = addProduct(z1, w12, g2);
    const g3 = get(g, 3);
    set(h, 0, relu(addProduct(z0, w03, g3)));
    set(h, 1, relu(addProduct(z1, w13, g3)));
  }
}

/** y += u·h of the four neurons of `layer`. */
// @ts-ignore: decorator
@inline
function addToOutput(layer: i32, begin: i32, end: i32): void {
  const u = outputWeightsAt(parameters, layer);
  const u0 = get(u, 0);
  const u1 = get(u, 1);
  const u2 = get(u, 2);
  const u3 = get(u, 3);
  let y = predictionOf(begin);
  let h = activationsOf(layer, begin);
  for (const stop = predictionOf(end); y < stop; y += 16, h += 64) {
    const two = addProduct(addProduct(get(y, 0), u0, get(h, 0)), u1, get(h, 1));
    set(y, 0, addProduct(addProduct(two, u2, get(h, 2)), u3, get(h, 3)));
  }
}

/** Adds every layer that the output neuron reads to the predictions, which start as its bias. */
export function forward4(begin: i32, end: i32): void {
  if (frozenLayers == 0) {
    forwardFirst(begin, end);
    if (lateResidual || depth == 1) addToOutput(0, begin, end);
  }
  for (let layer = max(1, frozenLayers); layer < depth; layer++) {
    forwardPair(layer, 0, begin, end);
    forwardPair(layer, 2, begin, end);
    if (lateResidual || layer == depth - 1) addToOutput(layer, begin, end);
  }
}

/** dL/du = Σ dL/dy·h of the output neuron's four weights for `layer`. */
// @ts-ignore: decorator
@inline
function outputGradients(layer: i32, begin: i32, end: i32): void {
  let du0 = f32x4.splat(0);
  let du1 = f32x4.splat(0);
  let du2 = f32x4.splat(0);
  let du3 = f32x4.splat(0);
  let at = predictionGradientOf(begin);
  let h = activationsOf(layer, begin);
  for (const stop = predictionGradientOf(end); at < stop; at += 16, h += 64) {
    const dy = get(at, 0);
    du0 = addProduct(du0, dy, get(h, 0));
    du1 = addProduct(du1, dy, get(h, 1));
    du2 = addProduct(du2, dy, get(h, 2));
    du3 = addProduct(du3, dy, get(h, 3));
  }
  const du = outputWeightsAt(gradients, layer);
  set(du, 0, du0);
  set(du, 1, du1);
  set(du, 2, du2);
  set(du, 3, du3);
}

/** dL/dz of the last hidden layer, which the output neuron alone reads. */
// @ts-ignore: decorator
@inline
function lastLayerGradients(begin: i32, end: i32): void {
  const u = outputWeightsAt(parameters, depth - 1);
  let at = predictionGradientOf(begin);
  let h = activationsOf(depth - 1, begin);
  let dz = layerGradientsOf(begin);
  for (const stop = predictionGradientOf(end); at < stop; at += 16, h += 64, dz += 64) {
    const dy = get(at, 0);
    set(dz, 0, reluGradient(mul(get(u, 0), dy), get(h, 0)));
    set(dz, 1, reluGradient(mul(get(u, 1), dy), get(h, 1)));
    set(dz, 2, reluGradient(mul(get(u, 2), dy), get(h, 2)));
    set(dz, 3, reluGradient(mul(get(u, 3), dy), get(h, 3)));
  }
}

/** dL/dw and dL/db of neurons `j` and `j + 1` of `layer`. */
// @ts-ignore: decorator
@inline
function neuronPairGradients(layer: i32, j: i32, begin: i32, end: i32): void {
  let dw00 = f32x4.splat(0);
  let dw01 = f32x4.splat(0);
  let dw02 = f32x4.splat(0);
  let dw03 = f32x4.splat(0);
  let dw10 = f32x4.splat(0);
  let dw11 = f32x4.splat(0);
  let dw12 = f32x4.splat(0);
  let dw13 = f32x4.splat(0);
  let db0 = f32x4.splat(0);
  let db1 = f32x4.splat(0);
  let g = activationsOf(layer - 1, begin);
  let dz = layerGradientsOf(begin) + ((<usize>j) << 4);
  for (const stop = activationsOf(layer - 1, end); g < stop; g += 64, dz += 64) {
    const dz0 = get(dz, 0);
    const dz1 = get(dz, 1);
    db0 = add(db0, dz0);
    db1 = add(db1, dz1);
    const g0 = get(g, 0);
    dw00 = addProduct(dw00, dz0, g0);
    dw10 = addProduct(dw10, dz1, g0);
    const g1 = get(g, 1);
    dw01 = addProduct(dw01, dz0, g1);
    dw11 = addProduct(dw11, dz1, g1);
    const g2 = get(g, 2);
    dw02 = addProduct(dw02, dz0, g2);
    dw12 = addProduct(dw12, dz1, g2);
    const g3 = get(g, 3);
    dw03 = addProduct(dw03, dz0, g3);
    dw13 = addProduct(dw13, dz1, g3);
  }
  const dp = hiddenLayerAt(gradients, layer);
  const dw = dp + ((<usize>j) << 6);
  set(dw, 0, dw00);
  set(dw, 1, dw01);
  set(dw, 2, dw02);
  set(dw, 3, dw03);
  set(dw, 4, dw10);
  set(dw, 5, dw11);
  set(dw, 6, dw12);
  set(dw, 7, dw13);
  set(dp, 16 + j, db0);
  set(dp, 17 + j, db1);
}

/**
 * dL/dz of neurons `i` and `i + 1` of the layer below `layer`, g. With `toOutput` the output neuron
 * reads g too.
 */
// @ts-ignore: decorator
@inline
function lowerPairGradients(toOutput: bool, layer: i32, i: i32, begin: i32, end: i32): void {
  const column = hiddenLayerAt(parameters, layer) + ((<usize>i) << 4);
  const w00 = get(column, 0);
  const w01 = get(column, 1);
  const w10 = get(column, 4);
  const w11 = get(column, 5);
  const w20 = get(column, 8);
  const w21 = get(column, 9);
  const w30 = get(column, 12);
  const w31 = get(column, 13);
  const u = outputWeightsAt(parameters, layer - 1);
  const u0 = get(u, i);
  const u1 = get(u, i + 1);
  let dy = predictionGradientOf(begin);
  let g = activationsOf(layer - 1, begin) + ((<usize>i) << 4);
  let dz = layerGradientsOf(begin);
  let lower = lowerGradientsOf(begin) + ((<usize>i) << 4);
  for (const stop = layerGradientsOf(end); dz < stop; dy += 16, g += 64, dz += 64, lower += 64) {
    const dz0 = get(dz, 0);
    let dg0 = mul(w00, dz0);
    let dg1 = mul(w01, dz0);
    if (toOutput) {
      dg0 = add(mul(u0, get(dy, 0)), dg0);
      dg1 = add(mul(u1, get(dy, 0)), dg1);
    }
    const dz1 = get(dz, 1);
    dg0 = addProduct(dg0, w10, dz1);
    dg1 = addProduct(dg1, w11, dz1);
    const dz2 = get(dz, 2);
    dg0 = addProduct(dg0, w20, dz2);
    dg1 = addProduct(dg1, w21, dz2);
    const dz3 = get(dz, 3);
    set(lower, 0, reluGradient(addProduct(dg0, w30, dz3), get(g, 0)));
    set(lower, 1, reluGradient(addProduct(dg1, w31, dz3), get(g, 1)));
  }
}

/** dL/dw = Σ dL/dz·x and dL/db = Σ dL/dz of the first layer. */
// @ts-ignore: decorator
@inline
function firstLayerGradients(begin: i32, end: i32): void {
  for (let j = 0; j < 4; j++) {
    let dw = f32x4.splat(0);
    let db = f32x4.splat(0);
    let x = inputOf(begin);
    let dz = layerGradientsOf(begin) + ((<usize>j) << 4);
    for (const stop = inputOf(end); x < stop; x += 4, dz += 64) {
      dw = addProduct(dw, get(dz, 0), v128.load_splat<f32>(x));
      db = add(db, get(dz, 0));
    }
    set(gradients, j, dw);
    set(gradients, 4 + j, db);
  }
}

/** All gradients but that of the output bias, from dL/dy. */
export function backward4(begin: i32, end: i32): void {
  outputGradients(depth - 1, begin, end);
  lastLayerGradients(begin, end);
  const stop = max(0, frozenLayers - 1);
  for (let layer = depth - 1; layer > stop; layer--) {
    neuronPairGradients(layer, 0, begin, end);
    neuronPairGradients(layer, 2, begin, end);
    if (lateResidual) {
      outputGradients(layer - 1, begin, end);
      lowerPairGradients(true, layer, 0, begin, end);
      lowerPairGradients(true, layer, 2, begin, end);
    } else {
      lowerPairGradients(false, layer, 0, begin, end);
      lowerPairGradients(false, layer, 2, begin, end);
    }
    swapLayerGradients();
  }
  if (frozenLayers == 0) firstLayerGradients(begin, end);
}
