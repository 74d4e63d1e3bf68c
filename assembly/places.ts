/** Where the passes find what belongs to a sample, or to a layer and a sample. */
import { elements } from "./lanes";
import {
  activations,
  addsUp,
  handedOn,
  inputCount,
  layerGradients,
  outputCount,
  predictionGradients,
  predictions,
  samples,
  samplesPerStep,
  seenInputs,
  skipsLayers,
  sums,
  width,
} from "./memory";

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

/**
 * dL/dh and then dL/dz of a layer, for all samples of the step: [B, W]. Where layers add up, what is sent
 * to one is sent to what it read too, so there it is the same place for all.
 */
// @ts-ignore: decorator
@inline
export function layerGradientsOf(layer: i32): usize {
  const place = skipsLayers ? layer : addsUp ? 0 : layer & 1;
  return layerGradients + elements(place * samplesPerStep * width);
}

/** Where layers add up, dL/dz of the layer that the pass is at. */
// @ts-ignore: decorator
@inline
export function spareGradients(): usize {
  return layerGradients + elements(samplesPerStep * width);
}

/** x of one sample: [I]. */
// @ts-ignore: decorator
@inline
export function inputOf(sample: i32): usize {
  return seenInputs + elements(sample * inputCount);
}

// The same three where networks have one input and one output, without a product.

// @ts-ignore: decorator
@inline
export function onlyPredictionOf(sample: i32): usize {
  return predictions + elements(sample);
}

// @ts-ignore: decorator
@inline
export function onlyPredictionGradientOf(sample: i32): usize {
  return predictionGradients + elements(sample);
}

// @ts-ignore: decorator
@inline
export function onlyInputOf(sample: i32): usize {
  return seenInputs + elements(sample);
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

/** What layers read of one layer, -1 the input, for one sample: [I] or [W]. */
// @ts-ignore: decorator
@inline
export function handedOnOf(layer: i32, sample: i32): usize {
  return layer < 0 ? inputOf(sample) : placeIn(handedOn, layer, sample);
}
