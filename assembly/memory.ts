/** Where everything lies in the kernel's memory. One batch at a time; `prepare` lays it out anew. */

/** Bytes of one element: four networks' f32 side by side. */
export const LANES: usize = 16;
const PAGE: usize = 65536;

// The networks of the batch.
export let depth: i32 = 0;
export let width: i32 = 0;
export let lateResidual: bool = false;
export let samples: i32 = 0;
/** Parameters of one network. */
export let parameterCount: i32 = 0;

/** Layers 0 … frozenLayers-1 stay as they are for good and are no longer computed; see frozen.ts. */
export let frozenLayers: i32 = 0;

export function setFrozenLayers(layers: i32): void {
  frozenLayers = layers;
}

// The data they are trained on, the same for all lanes.
/** x: f32 [S], standardized. */
export let inputs: usize = 0;
/** t: f32 [S], standardized. */
export let targets: usize = 0;
/** f32 [E, 2]: Adam's two bias corrections of each step. */
export let biasCorrections: usize = 0;

// What is trained: [P] each, in the order of the parameter layout.
export let parameters: usize = 0;
export let gradients: usize = 0;
export let firstMoments: usize = 0;
export let secondMoments: usize = 0;
/** [1]: the learning rate of each lane. */
export let learningRates: usize = 0;
/** i32 [1]: how many layers of each lane `countFrozen` found frozen. */
export let frozenCounts: usize = 0;
/** [5]: β₁, 1-β₁, β₂, 1-β₂ and ε. */
export let optimizerConstants: usize = 0;

// What a step computes.
/** h: [D, S, W], post-ReLU. */
export let activations: usize = 0;
/** y: [S]. */
export let predictions: usize = 0;
/** dL/dy: [S]. */
export let predictionGradients: usize = 0;
/** dL/dz of the layer that the backward pass is at: [S, W]. */
export let layerGradients: usize = 0;
/** The same of the layer below, while it is worked out: [S, W]. */
export let lowerGradients: usize = 0;
/** [E] when the losses are recorded, else 0. */
export let losses: usize = 0;
/** [P]: earlier parameters; see fixed-point.ts. */
export let anchor: usize = 0;

let end: usize = 0;

function take(bytes: usize): usize {
  const start = end;
  end += (bytes + LANES - 1) & ~(LANES - 1);
  return start;
}

/**
 * Lays out the memory for batches of one shape and grows it to fit.
 * @returns false where the memory cannot be had
 */
export function prepare(
  depth_: i32,
  width_: i32,
  lateResidual_: bool,
  samples_: i32,
  epochs: i32,
  recordLosses: bool,
): bool {
  depth = depth_;
  width = width_;
  lateResidual = lateResidual_;
  samples = samples_;
  const outputInputs = lateResidual_ ? depth_ * width_ : width_;
  parameterCount = 2 * width_ + (depth_ - 1) * (width_ * width_ + width_) + outputInputs + 1;

  end = (__heap_base + LANES - 1) & ~(LANES - 1);
  inputs = take(<usize>samples_ * 4);
  targets = take(<usize>samples_ * 4);
  learningRates = take(LANES);
  frozenCounts = take(LANES);
  optimizerConstants = take(5 * LANES);
  const parameterBytes = <usize>parameterCount * LANES;
  parameters = take(parameterBytes);
  gradients = take(parameterBytes);
  firstMoments = take(parameterBytes);
  secondMoments = take(parameterBytes);
  anchor = take(parameterBytes);
  predictions = take(<usize>samples_ * LANES);
  predictionGradients = take(<usize>samples_ * LANES);
  layerGradients = take(<usize>(samples_ * width_) * LANES);
  lowerGradients = take(<usize>(samples_ * width_) * LANES);
  activations = take(<usize>(depth_ * samples_ * width_) * LANES);
  biasCorrections = take(<usize>epochs * 8);
  losses = recordLosses ? take(<usize>epochs * LANES) : 0;

  const pages = <i32>((end + PAGE - 1) / PAGE);
  const missing = pages - memory.size();
  return missing <= 0 || memory.grow(missing) >= 0;
}

export function inputsAt(): usize {
  return inputs;
}
export function targetsAt(): usize {
  return targets;
}
export function biasCorrectionsAt(): usize {
  return biasCorrections;
}
export function parametersAt(): usize {
  return parameters;
}
export function learningRatesAt(): usize {
  return learningRates;
}
export function frozenCountsAt(): usize {
  return frozenCounts;
}
export function activationsAt(): usize {
  return activations;
}
export function predictionsAt(): usize {
  return predictions;
}
export function lossesAt(): usize {
  return losses;
}

/**
 * Where hidden layer `layer` (from 1) has its weights [W, W], row by row; its biases [W] follow.
 * For layer `depth`: where the output neuron has its parameters.
 */
// @ts-ignore: decorator
@inline
export function hiddenLayerAt(base: usize, layer: i32): usize {
  return base + <usize>(2 * width + (layer - 1) * (width * width + width)) * LANES;
}

/** Where the parameters begin that are not frozen. */
// @ts-ignore: decorator
@inline
export function liveParametersAt(base: usize): usize {
  return frozenLayers == 0 ? base : hiddenLayerAt(base, frozenLayers);
}

/** Where the output neuron has its weights for `layer`: [W]. A plain network has them for the last layer alone. */
// @ts-ignore: decorator
@inline
export function outputWeightsAt(base: usize, layer: i32): usize {
  return hiddenLayerAt(base, depth) + (lateResidual ? <usize>(layer * width) * LANES : 0);
}

/** Where the output neuron's bias lies: the last parameter. */
// @ts-ignore: decorator
@inline
export function outputBiasAt(base: usize): usize {
  return base + <usize>(parameterCount - 1) * LANES;
}

/** x of one sample: an f32. */
// @ts-ignore: decorator
@inline
export function inputOf(sample: i32): usize {
  return inputs + ((<usize>sample) << 2);
}

/** y of one sample. */
// @ts-ignore: decorator
@inline
export function predictionOf(sample: i32): usize {
  return predictions + <usize>sample * LANES;
}

/** dL/dy of one sample. */
// @ts-ignore: decorator
@inline
export function predictionGradientOf(sample: i32): usize {
  return predictionGradients + <usize>sample * LANES;
}

/** dL/dz of the layer that the backward pass is at, for one sample: [W]. */
// @ts-ignore: decorator
@inline
export function layerGradientsOf(sample: i32): usize {
  return layerGradients + <usize>(sample * width) * LANES;
}

/** The same of the layer below. */
// @ts-ignore: decorator
@inline
export function lowerGradientsOf(sample: i32): usize {
  return lowerGradients + <usize>(sample * width) * LANES;
}

/** The backward pass goes down one layer: what was the layer below is now the one it is at. */
// @ts-ignore: decorator
@inline
export function swapLayerGradients(): void {
  const above = layerGradients;
  layerGradients = lowerGradients;
  lowerGradients = above;
}

/** Post-ReLU outputs of one layer for one sample: [W]. */
// @ts-ignore: decorator
@inline
export function activationsOf(layer: i32, sample: i32): usize {
  return activations + <usize>((layer * samples + sample) * width) * LANES;
}
