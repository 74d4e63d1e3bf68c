/**
 * Forward and backward pass of networks of width 2 or 4 for a single sample, as iterative training
 * has it. `W` is that width, a constant to the compiler; at width 2 nothing is made of elements 2 and
 * 3. What a layer hands to the next stays in registers.
 */
import { Activation, backwardOf, valueOf } from "./activations";
import { add, addProduct, elements, get, mul, set, setRow } from "./lanes";
import { biasesAt, isRead, outputWeightsAt, ROW, rowOf, weightsAt } from "./layer-table";
import { depth, frozenLayers, gradients, parameters, samples } from "./memory";
import { activationsOf, onlyInputOf, onlyPredictionGradientOf, onlyPredictionOf } from "./places";

/** start + Σ_i w_i·h_i over the elements from `w` on. */
// @ts-ignore: decorator
@inline
function addRow(W: i32, start: v128, w: usize, h0: v128, h1: v128, h2: v128, h3: v128): v128 {
  const sum = addProduct(addProduct(start, get(w, 0), h0), get(w, 1), h1);
  return W > 2 ? addProduct(addProduct(sum, get(w, 2), h2), get(w, 3), h3) : sum;
}

/** start + Σ_j w_ji·dz_j but for j = 0, which `start` has. */
// @ts-ignore: decorator
@inline
function addColumn(W: i32, start: v128, w: usize, i: i32, dz1: v128, dz2: v128, dz3: v128): v128 {
  const sum = addProduct(start, get(w, W + i), dz1);
  if (W == 2) return sum;
  return addProduct(addProduct(sum, get(w, 2 * W + i), dz2), get(w, 3 * W + i), dz3);
}

/** Gradients that are sums of one term. They start at zero as all others, which makes +0 of a -0. */
// @ts-ignore: decorator
@inline
function setSums(W: i32, at: usize, a0: v128, a1: v128, a2: v128, a3: v128): void {
  const zero = f32x4.splat(0);
  setRow(W, at, add(zero, a0), add(zero, a1), add(zero, a2), add(zero, a3));
}

/** Gradients of one neuron's weights. */
// @ts-ignore: decorator
@inline
function setProducts(W: i32, dw: usize, dz: v128, g0: v128, g1: v128, g2: v128, g3: v128): void {
  setSums(W, dw, mul(dz, g0), mul(dz, g1), mul(dz, g2), mul(dz, g3));
}

/** Adds every layer that the output neuron reads to the prediction, which starts as its bias. */
// @ts-ignore: decorator
@inline
export function forwardOneSample<A extends Activation>(W: i32, sample: i32): void {
  const base = parameters;
  const row = elements(W);
  const layerBytes = <usize>samples * row;
  const zero = f32x4.splat(0);
  let y = get(onlyPredictionOf(sample), 0);
  let h = activationsOf(max(0, frozenLayers - 1), sample);
  let h0 = get(h, 0);
  let h1 = get(h, 1);
  let h2 = W > 2 ? get(h, 2) : zero;
  let h3 = W > 2 ? get(h, 3) : zero;
  if (frozenLayers == 0) {
    const x = get(onlyInputOf(sample), 0);
    const w = weightsAt(base, rowOf(0));
    const b = biasesAt(base, rowOf(0));
    h0 = valueOf<A>(addProduct(get(b, 0), get(w, 0), x));
    h1 = valueOf<A>(addProduct(get(b, 1), get(w, 1), x));
    h2 = W > 2 ? valueOf<A>(addProduct(get(b, 2), get(w, 2), x)) : zero;
    h3 = W > 2 ? valueOf<A>(addProduct(get(b, 3), get(w, 3), x)) : zero;
    setRow(W, h, h0, h1, h2, h3);
    if (isRead(rowOf(0))) y = addRow(W, y, outputWeightsAt(base, rowOf(0)), h0, h1, h2, h3);
  }
  const end = rowOf(depth);
  for (let layer = rowOf(max(1, frozenLayers)); layer < end; layer += ROW) {
    const w = weightsAt(base, layer);
    const b = biasesAt(base, layer);
    const z0 = addRow(W, get(b, 0), w, h0, h1, h2, h3);
    const z1 = addRow(W, get(b, 1), w + row, h0, h1, h2, h3);
    const z2 = W > 2 ? addRow(W, get(b, 2), w + 2 * row, h0, h1, h2, h3) : zero;
    const z3 = W > 2 ? addRow(W, get(b, 3), w + 3 * row, h0, h1, h2, h3) : zero;
    h0 = valueOf<A>(z0);
    h1 = valueOf<A>(z1);
    h2 = valueOf<A>(z2);
    h3 = valueOf<A>(z3);
    h += layerBytes;
    setRow(W, h, h0, h1, h2, h3);
    if (isRead(layer)) y = addRow(W, y, outputWeightsAt(base, layer), h0, h1, h2, h3);
  }
  set(onlyPredictionOf(sample), 0, y);
}

/** All gradients but that of the output bias, from dL/dy. */
// @ts-ignore: decorator
@inline
export function backwardOneSample<A extends Activation>(W: i32, sample: i32): void {
  const base = parameters;
  const toGradients = gradients - base;
  const row = elements(W);
  const layerBytes = <usize>samples * row;
  const zero = f32x4.splat(0);
  const dy = get(onlyPredictionGradientOf(sample), 0);
  let layer = rowOf(depth - 1);
  let u = outputWeightsAt(base, layer);
  let g = activationsOf(depth - 1, sample);
  let g0 = get(g, 0);
  let g1 = get(g, 1);
  let g2 = W > 2 ? get(g, 2) : zero;
  let g3 = W > 2 ? get(g, 3) : zero;
  setProducts(W, u + toGradients, dy, g0, g1, g2, g3);
  let dz0 = backwardOf<A>(mul(get(u, 0), dy), g0);
  let dz1 = backwardOf<A>(mul(get(u, 1), dy), g1);
  let dz2 = W > 2 ? backwardOf<A>(mul(get(u, 2), dy), g2) : zero;
  let dz3 = W > 2 ? backwardOf<A>(mul(get(u, 3), dy), g3) : zero;
  for (const stop = rowOf(max(0, frozenLayers - 1)); layer > stop; layer -= ROW) {
    const w = weightsAt(base, layer);
    const dw = w + toGradients;
    g -= layerBytes;
    g0 = get(g, 0);
    g1 = get(g, 1);
    g2 = W > 2 ? get(g, 2) : zero;
    g3 = W > 2 ? get(g, 3) : zero;
    setProducts(W, dw, dz0, g0, g1, g2, g3);
    setProducts(W, dw + row, dz1, g0, g1, g2, g3);
    if (W > 2) {
      setProducts(W, dw + 2 * row, dz2, g0, g1, g2, g3);
      setProducts(W, dw + 3 * row, dz3, g0, g1, g2, g3);
    }
    setSums(W, biasesAt(base, layer) + toGradients, dz0, dz1, dz2, dz3);
    let dg0 = mul(get(w, 0), dz0);
    let dg1 = mul(get(w, 1), dz0);
    let dg2 = W > 2 ? mul(get(w, 2), dz0) : zero;
    let dg3 = W > 2 ? mul(get(w, 3), dz0) : zero;
    if (isRead(layer - ROW)) {
      u = outputWeightsAt(base, layer - ROW);
      setProducts(W, u + toGradients, dy, g0, g1, g2, g3);
      dg0 = add(mul(get(u, 0), dy), dg0);
      dg1 = add(mul(get(u, 1), dy), dg1);
      dg2 = W > 2 ? add(mul(get(u, 2), dy), dg2) : zero;
      dg3 = W > 2 ? add(mul(get(u, 3), dy), dg3) : zero;
    }
    dg0 = addColumn(W, dg0, w, 0, dz1, dz2, dz3);
    dg1 = addColumn(W, dg1, w, 1, dz1, dz2, dz3);
    dg2 = W > 2 ? addColumn(W, dg2, w, 2, dz1, dz2, dz3) : zero;
    dg3 = W > 2 ? addColumn(W, dg3, w, 3, dz1, dz2, dz3) : zero;
    dz0 = backwardOf<A>(dg0, g0);
    dz1 = backwardOf<A>(dg1, g1);
    dz2 = backwardOf<A>(dg2, g2);
    dz3 = backwardOf<A>(dg3, g3);
  }
  if (frozenLayers > 0) return;
  const x = get(onlyInputOf(sample), 0);
  setProducts(W, weightsAt(gradients, layer), x, dz0, dz1, dz2, dz3);
  setSums(W, biasesAt(gradients, layer), dz0, dz1, dz2, dz3);
}
