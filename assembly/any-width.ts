/**
 * Forward and backward pass of networks of any width. The same order of operations as the unrolled
 * widths; sums of products are formed in blocks, see products.ts.
 */
import { Activation, activate, activateBackward } from "./activations";
import { add, addProduct, clear, get, mul, set } from "./lanes";
import { depth, frozenLayers, gradients, LANES, parameters, swapLayerGradients } from "./memory";
import {
  activationsOf,
  biasesAt,
  elements,
  inputsOf,
  isRead,
  layerGradientsOf,
  lowerGradientsOf,
  outputsOf,
  outputWeightsAt,
  predictionGradientOf,
  predictionOf,
  readBy,
  rowOf,
  weightsAt,
} from "./places";
import { addProducts } from "./products";

/** y += u·h */
function addToOutput(layer: i32, begin: i32, end: i32): void {
  const u = outputWeightsAt(parameters, rowOf(layer));
  const uEnd = u + elements(outputsOf(rowOf(layer)));
  let h = activationsOf(layer, begin);
  for (let s = begin; s < end; s++) {
    let y = get(predictionOf(s), 0);
    for (let at = u; at < uEnd; at += LANES, h += LANES) y = addProduct(y, get(at, 0), get(h, 0));
    set(predictionOf(s), 0, y);
  }
}

/** h = f(b + w·g), where g is what the layer reads. */
function forwardLayer<A extends Activation>(layer: i32, begin: i32, end: i32): void {
  const row = rowOf(layer);
  const hBytes = elements(outputsOf(row));
  const gBytes = elements(inputsOf(row));
  const w = weightsAt(parameters, row);
  const b = biasesAt(parameters, row);
  const g = readBy(layer, begin);
  const h = activationsOf(layer, begin);
  const hEnd = activationsOf(layer, end);
  for (let at = h; at < hEnd; ) {
    for (let from = b; from < b + hBytes; from += LANES, at += LANES) set(at, 0, get(from, 0));
  }
  addProducts(
    outputsOf(row), end - begin, inputsOf(row),
    h, LANES, hBytes, w, gBytes, LANES, g, gBytes, LANES,
  );
  for (let at = h; at < hEnd; at += LANES) set(at, 0, activate<A>(get(at, 0)));
}

/** Adds every layer that the output neuron reads to the predictions, which start as its bias. */
export function forwardAny<A extends Activation>(begin: i32, end: i32): void {
  for (let layer = frozenLayers; layer < depth; layer++) {
    forwardLayer<A>(layer, begin, end);
    if (isRead(rowOf(layer))) addToOutput(layer, begin, end);
  }
}

/** dL/du = Σ dL/dy·h of the output neuron's weights for `layer`. */
function outputGradients(layer: i32, begin: i32, end: i32): void {
  const row = rowOf(layer);
  const hBytes = elements(outputsOf(row));
  const du = outputWeightsAt(gradients, row);
  clear(du, du + hBytes);
  const h = activationsOf(layer, begin);
  const dy = predictionGradientOf(begin);
  addProducts(
    outputsOf(row), 1, end - begin,
    du, LANES, hBytes, h, LANES, hBytes, dy, LANES, LANES,
  );
}

/** dL/dw = Σ dL/dz·g and dL/db = Σ dL/dz, where g is what the layer reads. */
function parameterGradients(layer: i32, begin: i32, end: i32): void {
  const row = rowOf(layer);
  const zBytes = elements(outputsOf(row));
  const gBytes = elements(inputsOf(row));
  const dw = weightsAt(gradients, row);
  const db = biasesAt(gradients, row);
  const dbEnd = db + zBytes;
  clear(dw, db);
  clear(db, dbEnd);
  const dz = layerGradientsOf(begin);
  addProducts(
    outputsOf(row), inputsOf(row), end - begin,
    dw, gBytes, LANES, dz, LANES, zBytes, readBy(layer, begin), LANES, gBytes,
  );
  const stop = layerGradientsOf(end);
  for (let at = dz; at < stop; ) {
    for (let sum = db; sum < dbEnd; sum += LANES, at += LANES) {
      set(sum, 0, add(get(sum, 0), get(at, 0)));
    }
  }
}

/** u·dL/dy of each neuron of `layer` into `to`: what the output neuron sends back. */
function gradientsFromOutput(layer: i32, to: usize, begin: i32, end: i32): void {
  const u = outputWeightsAt(parameters, rowOf(layer));
  const uEnd = u + elements(outputsOf(rowOf(layer)));
  for (let s = begin; s < end; s++) {
    const dy = get(predictionGradientOf(s), 0);
    for (let at = u; at < uEnd; at += LANES, to += LANES) set(to, 0, mul(get(at, 0), dy));
  }
}

/** dL/dz from dL/dh of `layer`, in place, from `dh` to `stop`. */
function activationGradients<A extends Activation>(
  layer: i32, dh: usize, stop: usize, begin: i32,
): void {
  let h = activationsOf(layer, begin);
  for (; dh < stop; dh += LANES, h += LANES) {
    set(dh, 0, activateBackward<A>(get(dh, 0), get(h, 0)));
  }
}

/** dL/dz of the layer below `layer`. */
function lowerLayerGradients<A extends Activation>(layer: i32, begin: i32, end: i32): void {
  const row = rowOf(layer);
  const zBytes = elements(outputsOf(row));
  const gBytes = elements(inputsOf(row));
  const w = weightsAt(parameters, row);
  const dz = layerGradientsOf(begin);
  const lower = lowerGradientsOf(begin);
  const stop = lowerGradientsOf(end);
  if (isRead(rowOf(layer - 1))) gradientsFromOutput(layer - 1, lower, begin, end);
  else clear(lower, stop);
  addProducts(
    inputsOf(row), end - begin, outputsOf(row),
    lower, LANES, gBytes, w, LANES, gBytes, dz, zBytes, LANES,
  );
  activationGradients<A>(layer - 1, lower, stop, begin);
}

/** All gradients but that of the output bias, from dL/dy. */
export function backwardAny<A extends Activation>(begin: i32, end: i32): void {
  outputGradients(depth - 1, begin, end);
  gradientsFromOutput(depth - 1, layerGradientsOf(begin), begin, end);
  activationGradients<A>(depth - 1, layerGradientsOf(begin), layerGradientsOf(end), begin);
  const stop = max(0, frozenLayers - 1);
  for (let layer = depth - 1; layer > stop; layer--) {
    parameterGradients(layer, begin, end);
    if (isRead(rowOf(layer - 1))) outputGradients(layer - 1, begin, end);
    lowerLayerGradients<A>(layer, begin, end);
    swapLayerGradients();
  }
  if (frozenLayers == 0) parameterGradients(0, begin, end);
}
