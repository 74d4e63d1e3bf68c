/** Where the passes find what belongs to a layer or to a sample. */
import {
  BIASES,
  FIRST_READ,
  INPUTS,
  LAYER_FIELDS,
  NONE,
  OUTPUT_WEIGHTS,
  OUTPUTS,
  SLOPE,
  WEIGHTS,
} from "../src/engines/fused/codes";
import {
  activationParameter,
  activations,
  depth,
  handedOn,
  inputCount,
  LANES,
  layerGradients,
  layerTable,
  outputCount,
  parameters,
  predictionGradients,
  predictions,
  samples,
  samplesPerStep,
  seenInputs,
  skipsLayers,
  sums,
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

/** The row of `layer`; that of layer `depth` is the output neurons'. */
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
  return load<i32>(row, OUTPUT_WEIGHTS << 2) != NONE;
}

/** The output neuron's weights [outputs] for a layer that it reads. */
// @ts-ignore: decorator
@inline
export function outputWeightsAt(base: usize, row: usize): usize {
  return base + elements(load<i32>(row, OUTPUT_WEIGHTS << 2));
}

/** The output neurons' biases [O]. */
// @ts-ignore: decorator
@inline
export function outputBiasesAt(base: usize): usize {
  return biasesAt(base, rowOf(depth));
}

/** The first layer that a layer reads, -1 the input; it reads all from there to the one below it. */
// @ts-ignore: decorator
@inline
export function firstReadOf(row: usize): i32 {
  return load<i32>(row, FIRST_READ << 2);
}

/** The parameter of a layer's activation function: its learned slope, or what all layers have. */
// @ts-ignore: decorator
@inline
export function activationParameterOf(row: usize): usize {
  const slope = load<i32>(row, SLOPE << 2);
  return slope == NONE ? activationParameter : parameters + elements(slope);
}

/** Where the slope of a layer that learns one has its gradient, among those that start at `base`. */
// @ts-ignore: decorator
@inline
export function slopeAt(base: usize, row: usize): usize {
  return base + elements(load<i32>(row, SLOPE << 2));
}

/** y of one sample: [O]. */
// @ts-ignore: decorator
@inline
export function predictionOf(sample: i32): usize {
  return predictions + elements(sample * outputCount);
}

/** dL/dy of one sample: [O]. */
// @ts-ignore: decorator
@inline
export function predictionGradientOf(sample: i32): usize {
  return predictionGradients + elements(sample * outputCount);
}

/** dL/dh and then dL/dz of a layer, for all samples of the step: [B, W]. */
// @ts-ignore: decorator
@inline
export function layerGradientsOf(layer: i32): usize {
  return layerGradients + elements((skipsLayers ? layer : layer & 1) * samplesPerStep * width);
}

/** Where something of all layers, [D, S, W] from `base` on, has one layer for one sample: [W]. */
// @ts-ignore: decorator
@inline
function placeIn(base: usize, layer: i32, sample: i32): usize {
  return base + elements((layer * samples + sample) * width);
}

/** Weighted sums of one layer for one sample: [W]. */
// @ts-ignore: decorator
@inline
export function sumsOf(layer: i32, sample: i32): usize {
  return placeIn(sums, layer, sample);
}

/** Outputs of one layer for one sample: [W]. */
// @ts-ignore: decorator
@inline
export function activationsOf(layer: i32, sample: i32): usize {
  return placeIn(activations, layer, sample);
}

/** x of one sample: [I]. */
// @ts-ignore: decorator
@inline
export function inputOf(sample: i32): usize {
  return seenInputs + elements(sample * inputCount);
}

/** What layers read of one layer, -1 the input, for one sample: [I] or [W]. */
// @ts-ignore: decorator
@inline
export function handedOnOf(layer: i32, sample: i32): usize {
  return layer < 0 ? inputOf(sample) : placeIn(handedOn, layer, sample);
}
