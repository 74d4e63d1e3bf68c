/**
 * Forward and backward pass of any network, layer by layer, in the order of operations of
 * src/engines/reference/network.ts. What a layer reads, and with which weights, the layer table says.
 */
import { activate, activateBackward } from "./activation-passes";
import { add, clear, copy, elements, get, set } from "./lanes";
import {
  activationParameterOf,
  biasesAt,
  firstReadOf,
  inputsOf,
  outputsOf,
  rowOf,
  slopeAt,
  weightsAt,
} from "./layer-table";
import {
  addsUp,
  depth,
  frozenLayers,
  gradients,
  inputCount,
  keepsHidden,
  LANES,
  parameters,
  skipsLayers,
  width,
  zeros,
} from "./memory";
import {
  activationsOf,
  handedOnOf,
  layerGradientsOf,
  predictionGradientOf,
  predictionOf,
  spareGradients,
  sumsOf,
} from "./places";
import { forwardSegment, gradientSegment, lowerSegment } from "./segments";

/** How many numbers others read of a layer, -1 the input. */
// @ts-ignore: decorator
@inline
function sizeOf(layer: i32): i32 {
  return layer < 0 ? inputCount : width;
}

/** Bytes from a neuron's first weight to that for layer `from`, where it reads all from `first` on. */
// @ts-ignore: decorator
@inline
function weightsBefore(from: i32, first: i32): usize {
  return elements(first < 0 && from >= 0 ? inputCount + from * width : (from - first) * width);
}

/** z = b + Σ w·g of a layer, over the layers g that it reads. */
// @ts-ignore: decorator
@inline
function forwardLinear(layer: i32, z: usize, begin: i32, count: i32): void {
  const row = rowOf(layer);
  const neurons = outputsOf(row);
  const rowBytes = elements(inputsOf(row));
  let w = weightsAt(parameters, row);
  let start = biasesAt(parameters, row);
  let step: usize = 0;
  for (let from = firstReadOf(row); from < layer; from++) {
    const size = sizeOf(from);
    forwardSegment(neurons, size, w, rowBytes, handedOnOf(from, begin), start, step, z, count);
    w += elements(size);
    start = z;
    step = elements(neurons);
  }
}

/** What the layer above reads where layers add up: h, and what this layer read. */
function addUp(layer: i32, begin: i32, end: i32): void {
  const stop = activationsOf(layer, end);
  let h = activationsOf(layer, begin);
  let to = handedOnOf(layer, begin);
  if (layer == 0) return copy(h, to, stop - h);
  let read = handedOnOf(layer - 1, begin);
  for (; h + LANES < stop; h += elements(2), to += elements(2), read += elements(2)) {
    set(to, 0, add(get(read, 0), get(h, 0)));
    set(to, 1, add(get(read, 1), get(h, 1)));
  }
  if (h < stop) set(to, 0, add(get(read, 0), get(h, 0)));
}

/** y of samples begin…end-1. */
export function forwardLayers(begin: i32, end: i32): void {
  for (let layer = frozenLayers; layer < depth; layer++) {
    const z = sumsOf(layer, begin);
    forwardLinear(layer, z, begin, end - begin);
    const h = activationsOf(layer, begin);
    const parameter = activationParameterOf(rowOf(layer));
    activate(z, h, activationsOf(layer, end), parameter);
    if (addsUp) addUp(layer, begin, end);
  }
  forwardLinear(depth, predictionOf(begin), begin, end - begin);
}

/** dL/dw = Σ dL/dz·g of a layer, over the samples, and dL/db = Σ dL/dz of a hidden one. */
// @ts-ignore: decorator
@inline
function parameterGradients(layer: i32, dz: usize, begin: i32, count: i32): void {
  const row = rowOf(layer);
  const neurons = outputsOf(row);
  const rowBytes = elements(inputsOf(row));
  let dw = weightsAt(gradients, row);
  let db = layer < depth ? biasesAt(gradients, row) : 0;
  for (let from = firstReadOf(row); from < layer; from++) {
    const size = sizeOf(from);
    gradientSegment(neurons, size, dw, rowBytes, handedOnOf(from, begin), dz, count, db);
    dw += elements(size);
    db = 0;
  }
}

/** What a layer sends to those hidden layers from `lowest` on that it reads. */
// @ts-ignore: decorator
@inline
function send(layer: i32, lowest: i32, dz: usize, isFirst: bool, count: i32): void {
  const row = rowOf(layer);
  const first = firstReadOf(row);
  const w = weightsAt(parameters, row);
  const rowBytes = elements(inputsOf(row));
  for (let to = max(lowest, first); to < layer; to++) {
    const dg = layerGradientsOf(to);
    const start = isFirst ? zeros : dg;
    const step: usize = isFirst ? 0 : elements(width);
    const from = w + weightsBefore(to, first);
    lowerSegment(outputsOf(row), width, from, rowBytes, dz, start, step, dg, count);
  }
}

/** All gradients but that of the output biases, from dL/dy. */
export function backwardLayers(begin: i32, end: i32): void {
  const count = end - begin;
  const dy = predictionGradientOf(begin);
  const bytes = elements(count * width);
  parameterGradients(depth, dy, begin, count);
  if (keepsHidden) return;
  // Of layers that the output neurons do not read, those above begin the sum.
  if (skipsLayers) {
    const unread = max(0, firstReadOf(rowOf(depth)));
    clear(layerGradientsOf(0), layerGradientsOf(unread));
  }
  send(depth, max(0, frozenLayers), dy, true, count);
  for (let layer = depth - 1; layer >= frozenLayers; layer--) {
    const row = rowOf(layer);
    const dh = layerGradientsOf(layer);
    const dz = addsUp ? spareGradients() : dh;
    activateBackward(
      sumsOf(layer, begin), activationsOf(layer, begin), dh, dz, dz + bytes,
      activationParameterOf(row), slopeAt(gradients, row),
    );
    parameterGradients(layer, dz, begin, count);
    send(layer, max(0, frozenLayers), dz, !skipsLayers && !addsUp, count);
  }
}
