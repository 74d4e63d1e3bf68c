/**
 * Forward and backward pass of networks of any width. The same order of operations as the unrolled
 * widths; sums of products are formed in blocks, see products.ts.
 */
import { add, addProduct, clear, get, mul, relu, reluGradient, set } from "./lanes";
import {
  activationsOf,
  depth,
  frozenLayers,
  gradients,
  hiddenLayerAt,
  inputOf,
  LANES,
  lateResidual,
  layerGradientsOf,
  lowerGradientsOf,
  outputWeightsAt,
  parameters,
  predictionGradientOf,
  predictionOf,
  swapLayerGradients,
  width,
} from "./memory";
import { addProducts } from "./products";

/** Bytes of one element a neuron. */
// @ts-ignore: decorator
@inline
function rowBytes(): usize {
  return <usize>width * LANES;
}

/** y += u·h */
function addToOutput(layer: i32, begin: i32, end: i32): void {
  const u = outputWeightsAt(parameters, layer);
  const uEnd = u + rowBytes();
  let h = activationsOf(layer, begin);
  for (let s = begin; s < end; s++) {
    let y = get(predictionOf(s), 0);
    for (let at = u; at < uEnd; at += LANES, h += LANES) y = addProduct(y, get(at, 0), get(h, 0));
    set(predictionOf(s), 0, y);
  }
}

/** h = relu(b + w·x) */
function forwardFirst(begin: i32, end: i32): void {
  const row = rowBytes();
  const wEnd = parameters + row;
  let h = activationsOf(0, begin);
  for (let s = begin; s < end; s++) {
    const x = v128.load_splat<f32>(inputOf(s));
    for (let w = parameters; w < wEnd; w += LANES, h += LANES) {
      set(h, 0, relu(addProduct(get(w + row, 0), get(w, 0), x)));
    }
  }
}

/** h = relu(b + w·g), where g is the layer below. */
function forwardHidden(layer: i32, begin: i32, end: i32): void {
  const row = rowBytes();
  const w = hiddenLayerAt(parameters, layer);
  const b = hiddenLayerAt(parameters, layer + 1) - row;
  const g = activationsOf(layer - 1, begin);
  const h = activationsOf(layer, begin);
  const hEnd = activationsOf(layer, end);
  for (let at = h; at < hEnd; ) {
    for (let from = b; from < b + row; from += LANES, at += LANES) set(at, 0, get(from, 0));
  }
  addProducts(width, end - begin, width, h, LANES, row, w, row, LANES, g, row, LANES);
  for (let at = h; at < hEnd; at += LANES) set(at, 0, relu(get(at, 0)));
}

/** Adds every layer that the output neuron reads to the predictions, which start as its bias. */
export function forwardAny(begin: i32, end: i32): void {
  if (frozenLayers == 0) {
    forwardFirst(begin, end);
    if (lateResidual || depth == 1) addToOutput(0, begin, end);
  }
  for (let layer = max(1, frozenLayers); layer < depth; layer++) {
    forwardHidden(layer, begin, end);
    if (lateResidual || layer == depth - 1) addToOutput(layer, begin, end);
  }
}

/** dL/du = Σ dL/dy·h of the output neuron's weights for `layer`. */
function outputGradients(layer: i32, begin: i32, end: i32): void {
  const row = rowBytes();
  const du = outputWeightsAt(gradients, layer);
  clear(du, du + row);
  const h = activationsOf(layer, begin);
  const dy = predictionGradientOf(begin);
  addProducts(width, 1, end - begin, du, LANES, row, h, LANES, row, dy, LANES, LANES);
}

/** dL/dw = Σ dL/dz·g and dL/db = Σ dL/dz of `layer`; g is the layer below. */
function hiddenGradients(layer: i32, begin: i32, end: i32): void {
  const row = rowBytes();
  const dw = hiddenLayerAt(gradients, layer);
  const db = hiddenLayerAt(gradients, layer + 1) - row;
  clear(dw, db);
  const dz = layerGradientsOf(begin);
  const g = activationsOf(layer - 1, begin);
  addProducts(width, width, end - begin, dw, row, LANES, dz, LANES, row, g, LANES, row);
  biasGradients(db, begin, end);
}

/** dL/db = Σ dL/dz of the layer that the backward pass is at. */
function biasGradients(db: usize, begin: i32, end: i32): void {
  const dbEnd = db + rowBytes();
  clear(db, dbEnd);
  let dz = layerGradientsOf(begin);
  for (const stop = layerGradientsOf(end); dz < stop; ) {
    for (let sum = db; sum < dbEnd; sum += LANES, dz += LANES) {
      set(sum, 0, add(get(sum, 0), get(dz, 0)));
    }
  }
}

/** u·dL/dy of each neuron of `layer` into `to`: what the output neuron sends back. */
function gradientsFromOutput(layer: i32, to: usize, begin: i32, end: i32): void {
  const u = outputWeightsAt(parameters, layer);
  const uEnd = u + rowBytes();
  for (let s = begin; s < end; s++) {
    const dy = get(predictionGradientOf(s), 0);
    for (let at = u; at < uEnd; at += LANES, to += LANES) set(to, 0, mul(get(at, 0), dy));
  }
}

/** dz = h > 0 ? dz : 0 for the outputs h of `layer`, from `dz` to `stop`. */
function reluGradients(layer: i32, dz: usize, stop: usize, begin: i32): void {
  let h = activationsOf(layer, begin);
  for (; dz < stop; dz += LANES, h += LANES) set(dz, 0, reluGradient(get(dz, 0), get(h, 0)));
}

/** dL/dz of the layer below `layer`. */
function lowerLayerGradients(layer: i32, begin: i32, end: i32): void {
  const row = rowBytes();
  const w = hiddenLayerAt(parameters, layer);
  const dz = layerGradientsOf(begin);
  const lower = lowerGradientsOf(begin);
  const stop = lowerGradientsOf(end);
  if (lateResidual) gradientsFromOutput(layer - 1, lower, begin, end);
  else clear(lower, stop);
  addProducts(width, end - begin, width, lower, LANES, row, w, LANES, row, dz, row, LANES);
  reluGradients(layer - 1, lower, stop, begin);
}

/** dL/dw = Σ dL/dz·x and dL/db = Σ dL/dz of the first layer. */
function firstLayerGradients(begin: i32, end: i32): void {
  const dwEnd = gradients + rowBytes();
  clear(gradients, dwEnd);
  let dz = layerGradientsOf(begin);
  for (let s = begin; s < end; s++) {
    const x = v128.load_splat<f32>(inputOf(s));
    for (let sum = gradients; sum < dwEnd; sum += LANES, dz += LANES) {
      set(sum, 0, addProduct(get(sum, 0), get(dz, 0), x));
    }
  }
  biasGradients(dwEnd, begin, end);
}

/** All gradients but that of the output bias, from dL/dy. */
export function backwardAny(begin: i32, end: i32): void {
  outputGradients(depth - 1, begin, end);
  gradientsFromOutput(depth - 1, layerGradientsOf(begin), begin, end);
  reluGradients(depth - 1, layerGradientsOf(begin), layerGradientsOf(end), begin);
  const stop = max(0, frozenLayers - 1);
  for (let layer = depth - 1; layer > stop; layer--) {
    hiddenGradients(layer, begin, end);
    if (lateResidual) outputGradients(layer - 1, begin, end);
    lowerLayerGradients(layer, begin, end);
    swapLayerGradients();
  }
  if (frozenLayers == 0) firstLayerGradients(begin, end);
}
