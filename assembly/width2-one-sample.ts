/**
 * Forward and backward pass of networks of width 2 for a single sample, as iterative training has
 * it. What a layer hands to the next stays in registers.
 */
import { add, addProduct, get, mul, relu, reluGradient, set } from "./lanes";
import {
  activationsOf,
  depth,
  frozenLayers,
  gradients,
  hiddenLayerAt,
  inputOf,
  LANES,
  lateResidual,
  outputWeightsAt,
  parameters,
  predictionGradientOf,
  predictionOf,
  samples,
} from "./memory";

/** Parameters of a hidden layer, and of the output neuron for one layer, in bytes. */
const LAYER: usize = 6 * LANES;
const READ: usize = 2 * LANES;

/** Adds every layer that the output neuron reads to the prediction, which starts as its bias. */
export function forwardOne2(sample: i32): void {
  const layerBytes = <usize>samples * READ;
  const last = depth - 1;
  let y = get(predictionOf(sample), 0);
  let h = activationsOf(max(0, frozenLayers - 1), sample);
  let h0: v128;
  let h1: v128;
  if (frozenLayers == 0) {
    const x = v128.load_splat<f32>(inputOf(sample));
    h0 = relu(addProduct(get(parameters, 2), get(parameters, 0), x));
    h1 = relu(addProduct(get(parameters, 3), get(parameters, 1), x));
    set(h, 0, h0);
    set(h, 1, h1);
  } else {
    h0 = get(h, 0);
    h1 = get(h, 1);
  }
  let u = outputWeightsAt(parameters, 0);
  if (lateResidual) {
    y = addProduct(addProduct(y, get(u, 0), h0), get(u, 1), h1);
    u += READ;
  }
  let p = hiddenLayerAt(parameters, max(1, frozenLayers));
  for (let layer = max(1, frozenLayers); layer <= last; layer++, p += LAYER) {
    const g0 = h0;
    const g1 = h1;
    h += layerBytes;
    h0 = relu(addProduct(addProduct(get(p, 4), get(p, 0), g0), get(p, 1), g1));
    h1 = relu(addProduct(addProduct(get(p, 5), get(p, 2), g0), get(p, 3), g1));
    set(h, 0, h0);
    set(h, 1, h1);
    if (lateResidual) {
      y = addProduct(addProduct(y, get(u, 0), h0), get(u, 1), h1);
      u += READ;
    }
  }
  if (!lateResidual) y = addProduct(addProduct(y, get(u, 0), h0), get(u, 1), h1);
  set(predictionOf(sample), 0, y);
}

/** The sum of one gradient. It starts at zero as every other, which makes +0 of a -0. */
// @ts-ignore: decorator
@inline
function sumOf(gradient: v128): v128 {
  return add(f32x4.splat(0), gradient);
}

/** All gradients but that of the output bias, from dL/dy. */
export function backwardOne2(sample: i32): void {
  const layerBytes = <usize>samples * READ;
  const dy = get(predictionGradientOf(sample), 0);
  let u = outputWeightsAt(parameters, depth - 1);
  let du = outputWeightsAt(gradients, depth - 1);
  let g = activationsOf(depth - 1, sample);
  let g0 = get(g, 0);
  let g1 = get(g, 1);
  set(du, 0, sumOf(mul(dy, g0)));
  set(du, 1, sumOf(mul(dy, g1)));
  let dz0 = reluGradient(mul(get(u, 0), dy), g0);
  let dz1 = reluGradient(mul(get(u, 1), dy), g1);
  let p = hiddenLayerAt(parameters, depth - 1);
  let dp = hiddenLayerAt(gradients, depth - 1);
  const stop = max(0, frozenLayers - 1);
  for (let layer = depth - 1; layer > stop; layer--, p -= LAYER, dp -= LAYER) {
    g -= layerBytes;
    g0 = get(g, 0);
    g1 = get(g, 1);
    set(dp, 0, sumOf(mul(dz0, g0)));
    set(dp, 1, sumOf(mul(dz0, g1)));
    set(dp, 2, sumOf(mul(dz1, g0)));
    set(dp, 3, sumOf(mul(dz1, g1)));
    set(dp, 4, sumOf(dz0));
    set(dp, 5, sumOf(dz1));
    let dg0 = mul(get(p, 0), dz0);
    let dg1 = mul(get(p, 1), dz0);
    if (lateResidual) {
      u -= READ;
      du -= READ;
      set(du, 0, sumOf(mul(dy, g0)));
      set(du, 1, sumOf(mul(dy, g1)));
      dg0 = add(mul(get(u, 0), dy), dg0);
      dg1 = add(mul(get(u, 1), dy), dg1);
    }
    dg0 = addProduct(dg0, get(p, 2), dz1);
    dg1 = addProduct(dg1, get(p, 3), dz1);
    dz0 = reluGradient(dg0, g0);
    dz1 = reluGradient(dg1, g1);
  }
  if (frozenLayers > 0) return;
  const x = v128.load_splat<f32>(inputOf(sample));
  set(gradients, 0, sumOf(mul(dz0, x)));
  set(gradients, 1, sumOf(mul(dz1, x)));
  set(gradients, 2, sumOf(dz0));
  set(gradients, 3, sumOf(dz1));
}
