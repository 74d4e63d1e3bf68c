/**
 * Backward pass of networks of width 2 or 4, unrolled as the forward pass is. Gradient sums and
 * weights do not fit the registers together, so the samples are gone through once for each.
 */
import { Activation, backwardOf } from "./activations";
import { add, addProduct, elements, get, mul, set } from "./lanes";
import { biasesAt, isRead, outputWeightsAt, ROW, rowOf, weightsAt } from "./layer-table";
import { depth, frozenLayers, gradients, LANES, parameters, samples } from "./memory";
import { activationsOf, layerGradientsOf, onlyInputOf, onlyPredictionGradientOf } from "./places";
import { biasSums, outputGradients, pairGradients } from "./unrolled-gradients";

/**
 * Whether the output neuron reads a layer, as a type parameter. Of two calls that differ in a constant
 * argument alone asc's optimizer would make one loop, which asks for the constant in every round.
 */
class Read {}
class Unread {}

/** dL/dz and dL/du of two neurons of the last hidden layer, which the output neuron alone reads. */
// @ts-ignore: decorator
@inline
function lastPair<A extends Activation>(
  W: i32, j: i32, row: usize, h: usize, dz: usize, at: usize, count: i32,
): void {
  const u = outputWeightsAt(parameters, row);
  const u0 = get(u, j);
  const u1 = get(u, j + 1);
  let du0 = f32x4.splat(0);
  let du1 = f32x4.splat(0);
  h += elements(j);
  dz += elements(j);
  for (const stop = at + elements(count); at < stop; at += LANES) {
    const dy = get(at, 0);
    const h0 = get(h, 0);
    const h1 = get(h, 1);
    du0 = addProduct(du0, dy, h0);
    du1 = addProduct(du1, dy, h1);
    set(dz, 0, backwardOf<A>(mul(u0, dy), h0));
    set(dz, 1, backwardOf<A>(mul(u1, dy), h1));
    h += elements(W);
    dz += elements(W);
  }
  const du = outputWeightsAt(gradients, row);
  set(du, j, du0);
  set(du, j + 1, du1);
}

/**
 * dL/dz of two neurons of the layer below, whose outputs are g. At width 2 it takes the place of the
 * layer's own. Where `R` is `Read` the output neuron reads g too. A sum that starts from its first
 * product instead of from zero differs at most in the sign of a zero, which the gradient sums, starting
 * at +0, do not keep.
 */
// @ts-ignore: decorator
@inline
function lowerPair<A extends Activation, R>(
  W: i32, j: i32, row: usize, g: usize, dz: usize, lower: usize, dy: usize, count: i32,
): void {
  const w = weightsAt(parameters, row) + elements(j);
  const w00 = get(w, 0), w01 = get(w, 1);
  const w10 = get(w, W), w11 = get(w, W + 1);
  const w20 = W > 2 ? get(w, 2 * W) : w00, w21 = W > 2 ? get(w, 2 * W + 1) : w00;
  const w30 = W > 2 ? get(w, 3 * W) : w00, w31 = W > 2 ? get(w, 3 * W + 1) : w00;
  const u = outputWeightsAt(parameters, row - ROW);
  const u0 = idof<R>() == idof<Read>() ? get(u, j) : w00;
  const u1 = idof<R>() == idof<Read>() ? get(u, j + 1) : w00;
  g += elements(j);
  const toLower = W > 2 ? lower - dz + elements(j) : 0;
  for (const stop = dz + elements(count * W); dz < stop; g += elements(W), dz += elements(W)) {
    const dz0 = get(dz, 0);
    let dg0 = mul(w00, dz0);
    let dg1 = mul(w01, dz0);
    if (idof<R>() == idof<Read>()) {
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
    set(dz + toLower, 0, backwardOf<A>(dg0, get(g, 0)));
    set(dz + toLower, 1, backwardOf<A>(dg1, get(g, 1)));
  }
}

/** Gradients of the parameters of a layer, and dL/dz of the layer below, at width 4 in `lower`. */
// @ts-ignore: decorator
@inline
function backwardLayer<A extends Activation>(
  W: i32, row: usize, g: usize, dz: usize, lower: usize, dy: usize, count: i32,
): void {
  const read = isRead(row - ROW);
  if (W == 2) {
    if (read) {
      pairGradients(W, W, 0, true, row, g, dz, dy, count);
      lowerPair<A, Read>(W, 0, row, g, dz, lower, dy, count);
    } else {
      pairGradients(W, W, 0, false, row, g, dz, dy, count);
      lowerPair<A, Unread>(W, 0, row, g, dz, lower, dy, count);
    }
    return;
  }
  pairGradients(W, W, 0, false, row, g, dz, dy, count);
  pairGradients(W, W, 2, false, row, g, dz, dy, count);
  biasSums(biasesAt(gradients, row), dz, count);
  if (read) {
    outputGradients(row - ROW, g, dy, count);
    lowerPair<A, Read>(W, 0, row, g, dz, lower, dy, count);
    lowerPair<A, Read>(W, 2, row, g, dz, lower, dy, count);
  } else {
    lowerPair<A, Unread>(W, 0, row, g, dz, lower, dy, count);
    lowerPair<A, Unread>(W, 2, row, g, dz, lower, dy, count);
  }
}

/** All gradients but that of the output bias, from dL/dy. */
// @ts-ignore: decorator
@inline
export function backwardUnrolled<A extends Activation>(W: i32, begin: i32, end: i32): void {
  const count = end - begin;
  const dy = onlyPredictionGradientOf(begin);
  const layerBytes = elements(samples * W);
  let row = rowOf(depth - 1);
  let g = activationsOf(depth - 1, begin);
  let dz = layerGradientsOf(1);
  let lower = layerGradientsOf(0);
  lastPair<A>(W, 0, row, g, dz, dy, count);
  if (W > 2) lastPair<A>(W, 2, row, g, dz, dy, count);
  for (const stop = rowOf(max(0, frozenLayers - 1)); row > stop; row -= ROW) {
    g -= layerBytes;
    backwardLayer<A>(W, row, g, dz, lower, dy, count);
    if (W > 2) {
      const above = dz;
      dz = lower;
      lower = above;
    }
  }
  if (frozenLayers > 0) return;
  const x = onlyInputOf(begin);
  pairGradients(W, 1, 0, false, row, x, dz, dy, count);
  if (W > 2) pairGradients(W, 1, 2, false, row, x, dz, dy, count);
}
