/** Where the passes find what belongs to a layer or to a sample. */
import {
  BIASES,
  INPUTS,
  LAYER_FIELDS,
  NOT_READ,
  OUTPUT_WEIGHTS,
  OUTPUTS,
  WEIGHTS,
} from "../src/engines/fused/codes";
import {
  activations,
  depth,
  inputs,
  LANES,
  layerGradients,
  layerTable,
  lowerGradients,
  predictionGradients,
  predictions,
  samples,
  width,
} from "./memory";

/** Bytes of `count` elements. */
// @ts-ignore: decorator
@inline
export function elements(count: i32): usize {
  return <usize>count * LANES;
}

/** Bytes of a row of the layer table. */
export const ROW: usize = <usize>LAYER_FIELDS << 2;

/** The row of `layer`; that of layer `depth` is the output neuron's. */
// @ts-ignore: decorator
@inline
export function rowOf(layer: i32): usize {
  return layerTable + <usize>layer * ROW;
}

// @ts-ignore: decorator
@inline
export function inputsOf(row: usize): i32 {
  return load<i32>(row, INPUTS << 2);
}

// @ts-ignore: decorator
@inline
export function outputsOf(row: usize): i32 {
  return load<i32>(row, OUTPUTS << 2);
}

/**
 * Where a layer has its weights [outputs, inputs], row by row, among the parameters, gradients or
 * moments that start at `base`.
 */
// @ts-ignore: decorator
@inline
export function weightsAt(base: usize, row: usize): usize {
  return base + elements(load<i32>(row, WEIGHTS << 2));
}

/** The same of its biases [outputs]. */
// @ts-ignore: decorator
@inline
export function biasesAt(base: usize, row: usize): usize {
  return base + elements(load<i32>(row, BIASES << 2));
}

/** Whether the output neuron reads the layer. */
// @ts-ignore: decorator
@inline
export function isRead(row: usize): bool {
  return load<i32>(row, OUTPUT_WEIGHTS << 2) != NOT_READ;
}

/** The output neuron's weights [outputs] for a layer that it reads. */
// @ts-ignore: decorator
@inline
export function outputWeightsAt(base: usize, row: usize): usize {
  return base + elements(load<i32>(row, OUTPUT_WEIGHTS << 2));
}

/** The output neuron's bias. */
// @ts-ignore: decorator
@inline
export function outputBiasAt(base: usize): usize {
  return biasesAt(base, rowOf(depth));
}

/** y of one sample. */
// @ts-ignore: decorator
@inline
export function predictionOf(sample: i32): usize {
  return predictions + elements(sample);
}

/** dL/dy of one sample. */
// @ts-ignore: decorator
@inline
export function predictionGradientOf(sample: i32): usize {
  return predictionGradients + elements(sample);
}

/** dL/dz of the layer that the backward pass is at, for one sample: [W]. */
// @ts-ignore: decorator
@inline
export function layerGradientsOf(sample: i32): usize {
  return layerGradients + elements(sample * width);
}

/** The same of the layer below. */
// @ts-ignore: decorator
@inline
export function lowerGradientsOf(sample: i32): usize {
  return lowerGradients + elements(sample * width);
}

/** Outputs of one layer for one sample: [W]. */
// @ts-ignore: decorator
@inline
export function activationsOf(layer: i32, sample: i32): usize {
  return activations + elements((layer * samples + sample) * width);
}

/** What `layer` reads of one sample, x or the outputs of the layer below: [inputs]. */
// @ts-ignore: decorator
@inline
export function readBy(layer: i32, sample: i32): usize {
  return layer == 0 ? inputs + elements(sample) : activationsOf(layer - 1, sample);
}
