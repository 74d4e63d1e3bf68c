/**
 * Forward and backward pass of networks of width 4, unrolled. A layer's 20 parameters and 20
 * gradient sums do not fit sixteen registers, so the samples are gone through once for each
 * pair of neurons, forward and for the gradients alike.
 */
import { add, addProduct, get, mul, relu, reluGradient, set } from "./lanes";
import {
  activationsOf,
  depth,
  frozenLayers,
  gradients,
  hiddenLayerAt,
  inputs,
  lateResidual,
  layerGradients,
  outputWeightsAt,
  parameters,
  predictionGradients,
  predictions,
} from "./memory";

/** b + w·g of the neuron whose weights start at `row`. */
// @ts-ignore: decorator
@inline
function weightedSum(row: usize, b: v128, g0: v128, g1: v128, g2: v128, g3: v128): v128 {
  const two = addProduct(addProduct(b, get(row, 0), g0), get(row, 1), g1);
  return addProduct(addProduct(two, get(row, 2), g2), get(row, 3), g3);
}

/** y += u·h of four neurons. */
// @ts-ignore: decorator
@inline
function addToOutput(u: usize, s: i32, h0: v128, h1: v128, h2: v128, h3: v128): void {
  set(predictions, s, weightedSum(u, get(predictions, s), h0, h1, h2, h3));
}

/** h = relu(b + w·x); with `toOutput` also y += u·h. */
// @ts-ignore: decorator
@inline
function forwardFirst(toOutput: bool, begin: i32, end: i32): void {
  const u = outputWeightsAt(parameters, 0);
  const p = parameters;
  let h = activationsOf(0, begin);
  for (let s = begin; s < end; s++, h += 64) {
    const x = v128.load_splat<f32>(inputs + ((<usize>s) << 2));
    const h0 = relu(addProduct(get(p, 4), get(p, 0), x));
    const h1 = relu(addProduct(get(p, 5), get(p, 1), x));
    const h2 = relu(addProduct(get(p, 6), get(p, 2), x));
    const h3 = relu(addProduct(get(p, 7), get(p, 3), x));
    set(h, 0, h0);
    set(h, 1, h1);
    set(h, 2, h2);
    set(h, 3, h3);
    if (toOutput) addToOutput(u, s, h0, h1, h2, h3);
  }
}

/** h = relu(b + w·g), where g is the layer below; with `toOutput` also y += u·h. */
// @ts-ignore: decorator
@inline
function forwardHidden(toOutput: bool, layer: i32, begin: i32, end: i32): void {
  const p = hiddenLayerAt(parameters, layer);
  const u = outputWeightsAt(parameters, layer);
  let g = activationsOf(layer - 1, begin);
  let h = activationsOf(layer, begin);
  for (let s = begin; s < end; s++, g += 64, h += 64) {
    const g0 = get(g, 0);
    const g1 = get(g, 1);
    const g2 = get(g, 2);
    const g3 = get(g, 3);
    const h0 = relu(weightedSum(p, get(p, 16), g0, g1, g2, g3));
    const h1 = relu(weightedSum(p + 64, get(p, 17), g0, g1, g2, g3));
    const h2 = relu(weightedSum(p + 128, get(p, 18), g0, g1, g2, g3));
    const h3 = relu(weightedSum(p + 192, get(p, 19), g0, g1, g2, g3));
    set(h, 0, h0);
    set(h, 1, h1);
    set(h, 2, h2);
    set(h, 3, h3);
    if (toOutput) addToOutput(u, s, h0, h1, h2, h3);
  }
}

/** Adds every layer that the output neuron reads to the predictions, which start as its bias. */
export function forward4(begin: i32, end: i32): void {
  const last = depth - 1;
  if (frozenLayers == 0) {
    if (lateResidual || last == 0) forwardFirst(true, begin, end);
    else forwardFirst(false, begin, end);
  }
  let layer = max(1, frozenLayers);
  if (!lateResidual) for (; layer < last; layer++) forwardHidden(false, layer, begin, end);
  for (; layer < depth; layer++) forwardHidden(true, layer, begin, end);
}

/** dL/du = Σ dL/dy·h of the output neuron's four weights for `layer`. */
// @ts-ignore: decorator
@inline
function outputGradients(layer: i32, begin: i32, end: i32): void {
  let du0 = f32x4.splat(0);
  let du1 = f32x4.splat(0);
  let du2 = f32x4.splat(0);
  let du3 = f32x4.splat(0);
  let h = activationsOf(layer, begin);
  for (let s = begin; s < end; s++, h += 64) {
    const dy = get(predictionGradients, s);
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
  let h = activationsOf(depth - 1, begin);
  let dz = layerGradients + ((<usize>begin) << 6);
  for (let s = begin; s < end; s++, h += 64, dz += 64) {
    const dy = get(predictionGradients, s);
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
  let dz = layerGradients + ((<usize>begin) << 6) + ((<usize>j) << 4);
  for (let s = begin; s < end; s++, g += 64, dz += 64) {
    const dz0 = get(dz, 0);
    const dz1 = get(dz, 1);
    const g0 = get(g, 0);
    const g1 = get(g, 1);
    const g2 = get(g, 2);
    const g3 = get(g, 3);
    dw00 = addProduct(dw00, dz0, g0);
    dw01 = addProduct(dw01, dz0, g1);
    dw02 = addProduct(dw02, dz0, g2);
    dw03 = addProduct(dw03, dz0, g3);
    dw10 = addProduct(dw10, dz1, g0);
    dw11 = addProduct(dw11, dz1, g1);
    dw12 = addProduct(dw12, dz1, g2);
    dw13 = addProduct(dw13, dz1, g3);
    db0 = add(db0, dz0);
    db1 = add(db1, dz1);
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

/** sum + Σ_j w_ji·dz_j for neuron i of the layer below, whose weights w_0i lie at `column`. */
// @ts-ignore: decorator
@inline
function columnSum(column: usize, sum: v128, dz1: v128, dz2: v128, dz3: v128): v128 {
  const two = addProduct(addProduct(sum, get(column, 4), dz1), get(column, 8), dz2);
  return addProduct(two, get(column, 12), dz3);
}

/** dL/dz of the layer below `layer`, g, in place of its own. With `toOutput` the output neuron reads g too. */
// @ts-ignore: decorator
@inline
function lowerLayerGradients(toOutput: bool, layer: i32, begin: i32, end: i32): void {
  const w = hiddenLayerAt(parameters, layer);
  const u = outputWeightsAt(parameters, layer - 1);
  let g = activationsOf(layer - 1, begin);
  let dz = layerGradients + ((<usize>begin) << 6);
  for (let s = begin; s < end; s++, g += 64, dz += 64) {
    const dz0 = get(dz, 0);
    const dz1 = get(dz, 1);
    const dz2 = get(dz, 2);
    const dz3 = get(dz, 3);
    let dg0 = mul(get(w, 0), dz0);
    let dg1 = mul(get(w, 1), dz0);
    let dg2 = mul(get(w, 2), dz0);
    let dg3 = mul(get(w, 3), dz0);
    if (toOutput) {
      const dy = get(predictionGradients, s);
      dg0 = add(mul(get(u, 0), dy), dg0);
      dg1 = add(mul(get(u, 1), dy), dg1);
      dg2 = add(mul(get(u, 2), dy), dg2);
      dg3 = add(mul(get(u, 3), dy), dg3);
    }
    set(dz, 0, reluGradient(columnSum(w, dg0, dz1, dz2, dz3), get(g, 0)));
    set(dz, 1, reluGradient(columnSum(w + 16, dg1, dz1, dz2, dz3), get(g, 1)));
    set(dz, 2, reluGradient(columnSum(w + 32, dg2, dz1, dz2, dz3), get(g, 2)));
    set(dz, 3, reluGradient(columnSum(w + 48, dg3, dz1, dz2, dz3), get(g, 3)));
  }
}

/** dL/dw = Σ dL/dz·x and dL/db = Σ dL/dz of the first layer. */
// @ts-ignore: decorator
@inline
function firstLayerGradients(begin: i32, end: i32): void {
  for (let j = 0; j < 4; j++) {
    let dw = f32x4.splat(0);
    let db = f32x4.splat(0);
    for (let s = begin; s < end; s++) {
      const dz = get(layerGradients, 4 * s + j);
      dw = addProduct(dw, dz, v128.load_splat<f32>(inputs + ((<usize>s) << 2)));
      db = add(db, dz);
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
      lowerLayerGradients(true, layer, begin, end);
    } else {
      lowerLayerGradients(false, layer, begin, end);
    }
  }
  if (frozenLayers == 0) firstLayerGradients(begin, end);
}
