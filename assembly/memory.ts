/** Where everything lies in the kernel's memory. One batch at a time; `prepare` lays it out anew. */

/** Bytes of one element: four networks' f32 side by side. */
export const LANES: usize = 16;
const PAGE: u64 = 65536;
/** 4 GiB. */
const MOST_PAGES: u64 = 65536;

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

/** In 64 bits, so that sizes past the 4 GiB of addresses do not wrap around. */
let end: u64 = 0;

function take(bytes: u64): usize {
  const start = end;
  end += (bytes + LANES - 1) & ~(<u64>LANES - 1);
  return <usize>start;
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
  const D = <u64>depth_;
  const W = <u64>width_;
  const S = <u64>samples_;
  const P = 2 * W + (D - 1) * (W * W + W) + (lateResidual_ ? D * W : W) + 1;
  parameterCount = <i32>P;

  end = (__heap_base + LANES - 1) & ~(LANES - 1);
  inputs = take(S * 4);
  targets = take(S * 4);
  learningRates = take(LANES);
  frozenCounts = take(LANES);
  optimizerConstants = take(5 * LANES);
  parameters = take(P * LANES);
  gradients = take(P * LANES);
  firstMoments = take(P * LANES);
  secondMoments = take(P * LANES);
  anchor = take(P * LANES);
  predictions = take(S * LANES);
  predictionGradients = take(S * LANES);
  layerGradients = take(S * W * LANES);
  lowerGradients = take(S * W * LANES);
  activations = take(D * S * W * LANES);
  biasCorrections = take(<u64>epochs * 8);
  losses = recordLosses ? take(<u64>epochs * LANES) : 0;

  const pages = (end + PAGE - 1) / PAGE;
  if (pages > MOST_PAGES) return false;
  const missing = <i32>pages - memory.size();
  return missing <= 0 || memory.grow(missing) >= 0;
}

// Where the host finds what it writes and reads, counted in f32s: addresses in bytes would reach it as
// negative numbers from 2 GiB on.
export function inputsAt(): i32 {
  return <i32>(inputs >> 2);
}
export function targetsAt(): i32 {
  return <i32>(targets >> 2);
}
export function biasCorrectionsAt(): i32 {
  return <i32>(biasCorrections >> 2);
}
export function parametersAt(): i32 {
  return <i32>(parameters >> 2);
}
export function learningRatesAt(): i32 {
  return <i32>(learningRates >> 2);
}
export function frozenCountsAt(): i32 {
  return <i32>(frozenCounts >> 2);
}
export function activationsAt(): i32 {
  return <i32>(activations >> 2);
}
export function predictionsAt(): i32 {
  return <i32>(predictions >> 2);
}
export function lossesAt(): i32 {
  return <i32>(losses >> 2);
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
