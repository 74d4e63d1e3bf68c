/**
 * Backward pass of networks of width 2 or 4, unrolled as the forward pass is. Gradient sums and
 * weights do not fit the registers together, so the samples are gone through once for each. What is
 * needed once is loaded where it is needed, which keeps registers free.
 */
import { Activation, activateBackward } from "./activations";
import { add, addProduct, get, mul, set, setRow } from "./lanes";
import { depth, frozenLayers, gradients, LANES, parameters, swapLayerGradients } from "./memory";
import {
  activationsOf,
  biasesAt,
  elements,
  isRead,
  layerGradientsOf,
  lowerGradientsOf,
  outputWeightsAt,
  predictionGradientOf,
  readBy,
  rowOf,
  weightsAt,
} from "./places";

/** dL/du = Σ dL/dy·h of the output neuron's weights for `layer`. */
// @ts-ignore: decorator
@inline
function outputGradients(W: i32, layer: i32, begin: i32, end: i32): void {
  const zero = f32x4.splat(0);
  let du0 = zero, du1 = zero, du2 = zero, du3 = zero;
  let at = predictionGradientOf(begin);
  let h = activationsOf(layer, begin);
  for (const stop = predictionGradientOf(end); at < stop; at += LANES, h += elements(W)) {
    const dy = get(at, 0);
    du0 = addProduct(du0, dy, get(h, 0));
    du1 = addProduct(du1, dy, get(h, 1));
    if (W > 2) {
      du2 = addProduct(du2, dy, get(h, 2));
      du3 = addProduct(du3, dy, get(h, 3));
    }
  }
  setRow(W, outputWeightsAt(gradients, rowOf(layer)), du0, du1, du2, du3);
}

/** dL/dz of two neurons of the last hidden layer, which the output neuron alone reads. */
// @ts-ignore: decorator
@inline
function lastPair<A extends Activation>(W: i32, j: i32, begin: i32, end: i32): void {
  const u = outputWeightsAt(parameters, rowOf(depth - 1)) + elements(j);
  let dy = predictionGradientOf(begin);
  let h = activationsOf(depth - 1, begin) + elements(j);
  let dz = layerGradientsOf(begin) + elements(j);
  for (const stop = predictionGradientOf(end); dy < stop; dy += LANES) {
    set(dz, 0, activateBackward<A>(mul(get(u, 0), get(dy, 0)), get(h, 0)));
    set(dz, 1, activateBackward<A>(mul(get(u, 1), get(dy, 0)), get(h, 1)));
    h += elements(W);
    dz += elements(W);
  }
}

/**
 * dL/dw = Σ dL/dz·g and dL/db = Σ dL/dz of two neurons, where g is what the layer reads. With
 * `toOutput`, for width 2, the output neuron reads g too: dL/du of its weights for the layer below.
 */
// @ts-ignore: decorator
@inline
function pairGradients(
  W: i32, I: i32, j: i32, toOutput: bool, layer: i32, begin: i32, end: i32,
): void {
  const zero = f32x4.splat(0);
  let dw00 = zero, dw01 = zero, dw02 = zero, dw03 = zero;
  let dw10 = zero, dw11 = zero, dw12 = zero, dw13 = zero;
  let db0 = zero, db1 = zero;
  let du0 = zero, du1 = zero;
  let dy = predictionGradientOf(begin);
  let g = readBy(layer, begin);
  let dz = layerGradientsOf(begin) + elements(j);
  for (const stop = readBy(layer, end); g < stop; g += elements(I), dz += elements(W)) {
    const dz0 = get(dz, 0);
    const dz1 = get(dz, 1);
    db0 = add(db0, dz0);
    db1 = add(db1, dz1);
    const g0 = get(g, 0);
    dw00 = addProduct(dw00, dz0, g0);
    dw10 = addProduct(dw10, dz1, g0);
    if (I > 1) {
      const g1 = get(g, 1);
      dw01 = addProduct(dw01, dz0, g1);
      dw11 = addProduct(dw11, dz1, g1);
    }
    if (I > 2) {
      const g2 = get(g, 2);
      dw02 = addProduct(dw02, dz0, g2);
      dw12 = addProduct(dw12, dz1, g2);
      const g3 = get(g, 3);
      dw03 = addProduct(dw03, dz0, g3);
      dw13 = addProduct(dw13, dz1, g3);
    }
    if (toOutput) {
      du0 = addProduct(du0, get(dy, 0), get(g, 0));
      du1 = addProduct(du1, get(dy, 0), get(g, 1));
      dy += LANES;
    }
  }
  const dw = weightsAt(gradients, rowOf(layer)) + elements(j * I);
  setRow(I, dw, dw00, dw01, dw02, dw03);
  setRow(I, dw + elements(I), dw10, dw11, dw12, dw13);
  const db = biasesAt(gradients, rowOf(layer));
  set(db, j, db0);
  set(db, j + 1, db1);
  if (toOutput) {
    const du = outputWeightsAt(gradients, rowOf(layer - 1));
    set(du, 0, du0);
    set(du, 1, du1);
  }
}

/**
 * dL/dz of two neurons of the layer below `layer`, g. At width 2 it takes the place of the layer's
 * own. With `toOutput` the output neuron reads g too. A sum that starts from its first product instead
 * of from zero differs at most in the sign of a zero, which the gradient sums, starting at +0, do not
 * keep.
 */
// @ts-ignore: decorator
@inline
function lowerPair<A extends Activation>(
  W: i32, j: i32, toOutput: bool, layer: i32, begin: i32, end: i32,
): void {
  const w = weightsAt(parameters, rowOf(layer)) + elements(j);
  const w00 = get(w, 0), w01 = get(w, 1);
  const w10 = get(w, W), w11 = get(w, W + 1);
  const w20 = W > 2 ? get(w, 2 * W) : w00, w21 = W > 2 ? get(w, 2 * W + 1) : w00;
  const w30 = W > 2 ? get(w, 3 * W) : w00, w31 = W > 2 ? get(w, 3 * W + 1) : w00;
  const u = outputWeightsAt(parameters, rowOf(layer - 1));
  const u0 = toOutput ? get(u, j) : w00;
  const u1 = toOutput ? get(u, j + 1) : w00;
  let dy = predictionGradientOf(begin);
  let g = activationsOf(layer - 1, begin) + elements(j);
  let dz = layerGradientsOf(begin);
  const toLower = W > 2 ? lowerGradientsOf(0) - layerGradientsOf(0) + elements(j) : 0;
  for (const stop = layerGradientsOf(end); dz < stop; g += elements(W), dz += elements(W)) {
    const dz0 = get(dz, 0);
    let dg0 = mul(w00, dz0);
    let dg1 = mul(w01, dz0);
    if (toOutput) {
      dg0 = add(mul(u0, get(dy, 0)), dg0);
      dg1 = add(mul(u1, get(dy, 0)), dg1);
      dy += LANES;
    }
    const dz1 = get(dz, 1);
    dg0 = addProduct(dg0, w10, dz1);
    dg1 = addProduct(dg1, w11, dz1);
    if (W > 2) {
      const dz2 = get(dz, 2);
      dg0 = addProduct(dg0, w20, dz2);
      dg1 = addProduct(dg1, w21, dz2);
      const dz3 = get(dz, 3);
      dg0 = addProduct(dg0, w30, dz3);
      dg1 = addProduct(dg1, w31, dz3);
    }
    set(dz + toLower, 0, activateBackward<A>(dg0, get(g, 0)));
    set(dz + toLower, 1, activateBackward<A>(dg1, get(g, 1)));
  }
}

/** Gradients of the parameters of `layer`, and dL/dz of the layer below. */
// @ts-ignore: decorator
@inline
function backwardLayer<A extends Activation>(W: i32, layer: i32, begin: i32, end: i32): void {
  const read = isRead(rowOf(layer - 1));
  if (W == 2) {
    if (read) {
      pairGradients(W, W, 0, true, layer, begin, end);
      lowerPair<A>(W, 0, true, layer, begin, end);
    } else {
      pairGradients(W, W, 0, false, layer, begin, end);
      lowerPair<A>(W, 0, false, layer, begin, end);
    }
    return;
  }
  pairGradients(W, W, 0, false, layer, begin, end);
  pairGradients(W, W, 2, false, layer, begin, end);
  if (read) {
    outputGradients(W, layer - 1, begin, end);
    lowerPair<A>(W, 0, true, layer, begin, end);
    lowerPair<A>(W, 2, true, layer, begin, end);
  } else {
    lowerPair<A>(W, 0, false, layer, begin, end);
    lowerPair<A>(W, 2, false, layer, begin, end);
  }
  swapLayerGradients();
}

/** All gradients but that of the output bias, from dL/dy. */
// @ts-ignore: decorator
@inline
export function backwardUnrolled<A extends Activation>(W: i32, begin: i32, end: i32): void {
  outputGradients(W, depth - 1, begin, end);
  lastPair<A>(W, 0, begin, end);
  if (W > 2) lastPair<A>(W, 2, begin, end);
  const stop = max(0, frozenLayers - 1);
  for (let layer = depth - 1; layer > stop; layer--) backwardLayer<A>(W, layer, begin, end);
  if (frozenLayers > 0) return;
  pairGradients(W, 1, 0, false, 0, begin, end);
  if (W > 2) pairGradients(W, 1, 2, false, 0, begin, end);
}
