/** Where everything lies in the kernel's memory. One batch at a time; `prepare` lays it out anew. */
import { LAYER_FIELDS } from "../src/engines/fused/codes";

/** Bytes of one element: four networks' f32 side by side. */
export const LANES: usize = 16;
const PAGE: u64 = 65536;
/** 4 GiB. */
const MOST_PAGES: u64 = 65536;

// The networks of the batch, and how they are trained.
export let depth: i32 = 0;
/** Outputs of each hidden layer. */
export let width: i32 = 0;
/** Parameters of one network. */
export let parameterCount: i32 = 0;
export let samples: i32 = 0;
/** How many samples a step sees; `samples` is a multiple of it. */
export let samplesPerStep: i32 = 0;
export let epochs: i32 = 0;
/** i32 [D + 1, LAYER_FIELDS]: the hidden layers, first to last, and the output neuron. */
export let layerTable: usize = 0;

/** Layers 0 … frozenLayers-1 stay as they are and are no longer computed; see frozen.ts. */
export let frozenLayers: i32 = 0;

export function setFrozenLayers(layers: i32): void {
  frozenLayers = layers;
}

// The data they are trained on, the same for all lanes.
/** x: [S], standardized. */
export let inputs: usize = 0;
/** t: [S], standardized. */
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
export let adamConstants: usize = 0;

// What a step computes.
/** h: [D, S, W], after the activation. */
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
 *
 * @param parameterCount_ a whole number; too large a one for i32 is refused, not misread
 * @param recordLosses 1 to keep the loss of every epoch, else 0
 * @returns 0 where the memory cannot be had, else 1
 */
export function prepare(
  depth_: i32,
  width_: i32,
  parameterCount_: f64,
  samples_: i32,
  samplesPerStep_: i32,
  epochs_: i32,
  recordLosses: i32,
): i32 {
  depth = depth_;
  width = width_;
  samples = samples_;
  samplesPerStep = samplesPerStep_;
  epochs = epochs_;
  const D = <u64>depth_;
  const W = <u64>width_;
  const S = <u64>samples_;
  const P = <u64>parameterCount_;
  parameterCount = <i32>P;
  const E = <u64>epochs_;

  end = (__heap_base + LANES - 1) & ~(LANES - 1);
  inputs = take(S * LANES);
  targets = take(S * LANES);
  learningRates = take(LANES);
  frozenCounts = take(LANES);
  adamConstants = take(5 * LANES);
  layerTable = take((D + 1) * LAYER_FIELDS * 4);
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
  biasCorrections = take(E * 8);
  losses = recordLosses != 0 ? take(E * LANES) : 0;

  const pages = (end + PAGE - 1) / PAGE;
  if (pages > MOST_PAGES) return 0;
  const missing = <i32>pages - memory.size();
  return missing <= 0 || memory.grow(missing) >= 0 ? 1 : 0;
}

/** The backward pass goes down one layer: what was the layer below is now the one it is at. */
// @ts-ignore: decorator
@inline
export function swapLayerGradients(): void {
  const above = layerGradients;
  layerGradients = lowerGradients;
  lowerGradients = above;
}
