/**
 * Forward and backward pass of any network, layer by layer, in the order of operations of
 * src/engines/reference/network.ts. What a layer reads, and with which weights, the layer table says.
 */
import { activate, activateBackward } from "./activation-passes";
import { add, copy, get, set } from "./lanes";
import {
  activation,
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
  activationParameterOf,
  activationsOf,
  biasesAt,
  elements,
  firstReadOf,
  handedOnOf,
  inputsOf,
  layerGradientsOf,
  outputsOf,
  predictionGradientOf,
  predictionOf,
  rowOf,
  slopeAt,
  sumsOf,
  weightsAt,
} from "./places";
import { biasSegment, forwardSegment, gradientSegment, lowerSegment } from "./segments";

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
  let to = handedOnOf(layer, begin);
  let read = layer == 0 ? to : handedOnOf(layer - 1, begin);
  for (let h = activationsOf(layer, begin); h < stop; h += LANES, to += LANES, read += LANES) {
    set(to, 0, layer == 0 ? get(h, 0) : add(get(read, 0), get(h, 0)));
  }
}

/** y of samples begin…end-1. */
export function forwardLayers(begin: i32, end: i32): void {
  for (let layer = frozenLayers; layer < depth; layer++) {
    const z = sumsOf(layer, begin);
    forwardLinear(layer, z, begin, end - begin);
    const h = activationsOf(layer, begin);
    const parameter = activationParameterOf(rowOf(layer));
    activate(activation, z, h, activationsOf(layer, end), parameter);
    if (addsUp) addUp(layer, begin, end);
  }
  forwardLinear(depth, predictionOf(begin), begin, end - begin);
}

/** dL/dw = Σ dL/dz·g of a layer, over the samples. */
function weightGradients(layer: i32, dz: usize, begin: i32, count: i32): void {
  const row = rowOf(layer);
  const neurons = outputsOf(row);
  const rowBytes = elements(inputsOf(row));
  let dw = weightsAt(gradients, row);
  for (let from = firstReadOf(row); from < layer; from++) {
    const size = sizeOf(from);
    gradientSegment(neurons, size, dw, rowBytes, handedOnOf(from, begin), dz, count);
    dw += elements(size);
  }
}

/** What a layer sends to those hidden layers from `lowest` on that it reads. */
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
  weightGradients(depth, dy, begin, count);
  if (keepsHidden) return;
  send(depth, max(0, frozenLayers), dy, true, count);
  for (let layer = depth - 1; layer >= frozenLayers; layer--) {
    const row = rowOf(layer);
    const dz = layerGradientsOf(layer);
    if (addsUp && layer > 0) copy(dz, layerGradientsOf(layer - 1), bytes);
    activateBackward(
      activation, sumsOf(layer, begin), activationsOf(layer, begin), dz, dz + bytes,
      activationParameterOf(row), slopeAt(gradients, row),
    );
    weightGradients(layer, dz, begin, count);
    biasSegment(width, biasesAt(gradients, row), dz, count);
    send(layer, max(0, frozenLayers), dz, !skipsLayers && !addsUp, count);
  }
}
