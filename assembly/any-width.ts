/**
 * Forward and backward pass of networks of any width. The same order of operations as the unrolled
 * widths, with sums in memory where those keep them in registers.
 */
import { add, addProduct, get, mul, relu, reluGradient, set } from "./lanes";
import {
  activationsOf,
  depth,
  frozenLayers,
  gradients,
  hiddenLayerAt,
  inputs,
  LANES,
  lateResidual,
  layerGradients,
  lowerGradients,
  outputWeightsAt,
  parameters,
  predictionGradients,
  predictions,
  width,
} from "./memory";

/** y += u·h */
function addToOutput(layer: i32, begin: i32, end: i32): void {
  const u = outputWeightsAt(parameters, layer);
  for (let s = begin; s < end; s++) {
    const h = activationsOf(layer, s);
    let y = get(predictions, s);
    for (let j = 0; j < width; j++) y = addProduct(y, get(u, j), get(h, j));
    set(predictions, s, y);
  }
}

/** h = relu(b + w·x), and y += u·h where the output neuron reads it. */
function forwardFirst(begin: i32, end: i32): void {
  for (let s = begin; s < end; s++) {
    const x = v128.load_splat<f32>(inputs + ((<usize>s) << 2));
    const h = activationsOf(0, s);
    for (let j = 0; j < width; j++) {
      set(h, j, relu(addProduct(get(parameters, width + j), get(parameters, j), x)));
    }
  }
  if (lateResidual || depth == 1) addToOutput(0, begin, end);
}

/** Adds every layer that the output neuron reads to the predictions, which start as its bias. */
export function forwardAny(begin: i32, end: i32): void {
  if (frozenLayers == 0) forwardFirst(begin, end);
  for (let layer = max(1, frozenLayers); layer < depth; layer++) {
    const weights = hiddenLayerAt(parameters, layer);
    const biases = weights + <usize>(width * width) * LANES;
    for (let s = begin; s < end; s++) {
      const g = activationsOf(layer - 1, s);
      const h = activationsOf(layer, s);
      let row = weights;
      for (let j = 0; j < width; j++) {
        let z = get(biases, j);
        for (let i = 0; i < width; i++) z = addProduct(z, get(row, i), get(g, i));
        set(h, j, relu(z));
        row += <usize>width * LANES;
      }
    }
    if (lateResidual || layer == depth - 1) addToOutput(layer, begin, end);
  }
}

/** dL/du = Σ dL/dy·h of the output neuron's weights for `layer`. */
function outputGradients(layer: i32, begin: i32, end: i32): void {
  const du = outputWeightsAt(gradients, layer);
  for (let j = 0; j < width; j++) {
    let sum = f32x4.splat(0);
    for (let s = begin; s < end; s++) {
      sum = addProduct(sum, get(predictionGradients, s), get(activationsOf(layer, s), j));
    }
    set(du, j, sum);
  }
}

/** Σ dL/dz·g for each weight and Σ dL/dz for each bias of `layer`; g is the layer below. */
function hiddenGradients(layer: i32, begin: i32, end: i32): void {
  const dw = hiddenLayerAt(gradients, layer);
  const db = dw + <usize>(width * width) * LANES;
  for (let j = 0; j < width; j++) {
    let dbSum = f32x4.splat(0);
    for (let s = begin; s < end; s++) dbSum = add(dbSum, get(layerGradients, s * width + j));
    set(db, j, dbSum);
    for (let i = 0; i < width; i++) {
      let dwSum = f32x4.splat(0);
      for (let s = begin; s < end; s++) {
        const dz = get(layerGradients, s * width + j);
        dwSum = addProduct(dwSum, dz, get(activationsOf(layer - 1, s), i));
      }
      set(dw, j * width + i, dwSum);
    }
  }
}

/** All gradients but that of the output bias, from dL/dy. */
export function backwardAny(begin: i32, end: i32): void {
  const last = depth - 1;
  outputGradients(last, begin, end);
  const lastWeights = outputWeightsAt(parameters, last);
  for (let s = begin; s < end; s++) {
    const dy = get(predictionGradients, s);
    const h = activationsOf(last, s);
    for (let i = 0; i < width; i++) {
      set(layerGradients, s * width + i, reluGradient(mul(get(lastWeights, i), dy), get(h, i)));
    }
  }

  const stop = max(0, frozenLayers - 1);
  for (let layer = last; layer > stop; layer--) {
    hiddenGradients(layer, begin, end);
    if (lateResidual) outputGradients(layer - 1, begin, end);
    const w = hiddenLayerAt(parameters, layer);
    const u = outputWeightsAt(parameters, layer - 1);
    for (let s = begin; s < end; s++) {
      const g = activationsOf(layer - 1, s);
      const dy = get(predictionGradients, s);
      const dz = layerGradients + <usize>(s * width) * LANES;
      for (let i = 0; i < width; i++) {
        let sum = lateResidual ? mul(get(u, i), dy) : f32x4.splat(0);
        for (let j = 0; j < width; j++) sum = addProduct(sum, get(w, j * width + i), get(dz, j));
        set(lowerGradients, i, reluGradient(sum, get(g, i)));
      }
      memory.copy(dz, lowerGradients, <usize>width * LANES);
    }
  }
  if (frozenLayers == 0) firstGradients(begin, end);
}

/** dL/dw = Σ dL/dz·x and dL/db = Σ dL/dz of the first layer. */
function firstGradients(begin: i32, end: i32): void {
  for (let j = 0; j < width; j++) {
    let dw = f32x4.splat(0);
    let db = f32x4.splat(0);
    for (let s = begin; s < end; s++) {
      const dz = get(layerGradients, s * width + j);
      dw = addProduct(dw, dz, v128.load_splat<f32>(inputs + ((<usize>s) << 2)));
      db = add(db, dz);
    }
    set(gradients, j, dw);
    set(gradients, width + j, db);
  }
}
