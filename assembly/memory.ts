/** Where everything lies in the kernel's memory. One batch at a time; `layOut` lays it out anew. */
import {
  ADDS_UP,
  KEEPS_HIDDEN,
  LAYER_FIELDS,
  LOOKS,
  RECORDS_LOSSES,
  SHUFFLES,
  SKIPS_LAYERS,
  STREAM_NUMBERS,
} from "../src/engines/fused/codes";
import { chooseActivation, needsSums } from "./activation-passes";

/** Bytes of one element: four networks' f32 side by side. */
export const LANES: usize = 16;
const PAGE: u64 = 65536;
/** 4 GiB. */
const MOST_PAGES: u64 = 65536;

// The networks of the batch, and how they are trained.
export let depth: i32 = 0;
/** Outputs of each hidden layer. */
export let width: i32 = 0;
/** Of the network. */
export let inputCount: i32 = 0;
export let outputCount: i32 = 0;
/** Parameters of one network. */
export let parameterCount: i32 = 0;
/** Its code. */
export let activation: i32 = 0;
export let samples: i32 = 0;
/** How many samples a step sees; the last one of a pass what is left. */
export let samplesPerStep: i32 = 0;
export let testSamples: i32 = 0;
export let epochs: i32 = 0;
export let shuffles: bool = false;
export let addsUp: bool = false;
export let skipsLayers: bool = false;
export let keepsHidden: bool = false;
/** Whether it is asked since when the networks are under a threshold: see looks.ts. */
export let looks: bool = false;
/** i32 [D + 1, LAYER_FIELDS]: the hidden layers, first to last, and the output neurons. */
export let layerTable: usize = 0;

/** Layers 0 … frozenLayers-1 stay as they are and are no longer computed; see frozen.ts. */
export let frozenLayers: i32 = 0;

export function setFrozenLayers(layers: i32): void {
  frozenLayers = layers;
}

// The data they are trained on, the same for all lanes.
/** x: [S, I], scaled. */
export let inputs: usize = 0;
/** t: [S, O], scaled. */
export let targets: usize = 0;
/** x of the test points: [T, I]. */
export let testInputs: usize = 0;
/** f32 [E, 2]: Adam's two bias corrections of each step. */
export let biasCorrections: usize = 0;
/** [1]: what the activation function is given, where it has a parameter. */
export let activationParameter: usize = 0;
/** [W]: +0 */
export let zeros: usize = 0;

// Where samples are shuffled, each lane has an order of its own: see shuffle.ts.
/** i32 [4, STREAM_NUMBERS] */
export let streams: usize = 0;
/** i32 [S] */
export let order: usize = 0;
/** x and t of the samples of a step: [B, I] and [B, O]. */
export let stepInputs: usize = 0;
export let stepTargets: usize = 0;

// How looks are judged, and what they gave.
/** [O]: what each output's error counts. */
export let errorWeights: usize = 0;
/** [1]: the largest loss that is not above the threshold. */
export let lossLimit: usize = 0;
/** i32 [1]: the epochs done at the last look at which a lane was above it, or -1. */
export let lastAbove: usize = 0;

// What is trained: [P] each, in the order of the parameter layout.
export let parameters: usize = 0;
export let gradients: usize = 0;
export let firstMoments: usize = 0;
export let secondMoments: usize = 0;
/** [1]: the learning rate of each lane. */
export let learningRates: usize = 0;
/** i32 [1]: how many layers of each lane `evaluate` found frozen. */
export let frozenCounts: usize = 0;
/** [5]: β₁, 1-β₁, β₂, 1-β₂ and ε. */
export let adamConstants: usize = 0;

// What a step computes.
/** x and t of the samples that the passes see: [S, I] and [S, O]. */
export let seenInputs: usize = 0;
export let seenTargets: usize = 0;
/** z: [D, S, W]; where no backward pass asks for it, it becomes h in place. */
export let sums: usize = 0;
/** h: [D, S, W], after the activation. */
export let activations: usize = 0;
/** What the next layer reads, [D, S, W]: h, or where layers add up its sum with what the layer read. */
export let handedOn: usize = 0;
/** y: [S, O]. */
export let predictions: usize = 0;
/** dL/dy: [S, O]. */
export let predictionGradients: usize = 0;
/** dL/dh, and then dL/dz, of what a step sees: [B, W] of each layer, or of two layers in turns. */
export let layerGradients: usize = 0;
/** [E] when the losses are recorded, else 0. */
export let losses: usize = 0;
/** y of the test points: [T, O]. */
export let testPredictions: usize = 0;
/** [P]: earlier parameters; see fixed-point.ts. */
export let anchor: usize = 0;

/** In 64 bits, so that sizes past the 4 GiB of addresses do not wrap around. */
let end: u64 = 0;

/** Room for so many elements of 16 bytes. */
function take(elements: u64): usize {
  const start = end;
  end += elements * LANES;
  return <usize>start;
}

/**
 * Lays out the memory for batches of one shape.
 *
 * @param parameterCount_ a whole number; too large a one for i32 is refused, not misread
 * @param features_ bits of codes.ts
 * @returns the bytes that it needs; from 2^32 on it cannot be had
 */
export function layOut(
  depth_: i32,
  width_: i32,
  inputCount_: i32,
  outputCount_: i32,
  parameterCount_: f64,
  activation_: i32,
  samples_: i32,
  samplesPerStep_: i32,
  testSamples_: i32,
  epochs_: i32,
  features: i32,
): f64 {
  depth = depth_;
  width = width_;
  inputCount = inputCount_;
  outputCount = outputCount_;
  parameterCount = <i32>parameterCount_;
  activation = activation_;
  chooseActivation(activation);
  samples = samples_;
  samplesPerStep = samplesPerStep_;
  testSamples = testSamples_;
  epochs = epochs_;
  shuffles = (features & SHUFFLES) != 0;
  addsUp = (features & ADDS_UP) != 0;
  skipsLayers = (features & SKIPS_LAYERS) != 0;
  keepsHidden = (features & KEEPS_HIDDEN) != 0;
  looks = (features & LOOKS) != 0;
  const I = <u64>inputCount_;
  const O = <u64>outputCount_;
  const S = <u64>samples_;
  const T = <u64>testSamples_;
  const P = <u64>parameterCount_;
  const E = <u64>epochs_;
  const B = <u64>samplesPerStep_;
  const layer = S * <u64>width_;
  const all = <u64>depth_ * layer;

  end = (__heap_base + LANES - 1) & ~(LANES - 1);
  inputs = take(S * I);
  targets = take(S * O);
  testInputs = take(T * I);
  testPredictions = take(T * O);
  learningRates = take(1);
  frozenCounts = take(1);
  activationParameter = take(1);
  zeros = take(<u64>width_);
  adamConstants = take(5);
  layerTable = take(((<u64>depth_ + 1) * LAYER_FIELDS + 3) / 4);
  streams = take(STREAM_NUMBERS);
  errorWeights = take(O);
  lossLimit = take(1);
  lastAbove = take(1);
  order = shuffles ? take(S) : 0;
  stepInputs = shuffles ? take(B * I) : inputs;
  stepTargets = shuffles ? take(B * O) : targets;
  parameters = take(P);
  gradients = take(P);
  firstMoments = take(P);
  secondMoments = take(P);
  anchor = take(P);
  predictions = take(S * O);
  predictionGradients = take(S * O);
  layerGradients = take((skipsLayers ? max(<u64>depth_, 2) : 2) * B * <u64>width_);
  activations = take(all);
  sums = needsSums() ? take(all) : activations;
  handedOn = addsUp ? take(all) : activations;
  biasCorrections = take((E + 1) / 2);
  losses = (features & RECORDS_LOSSES) != 0 ? take(E) : 0;
  return <f64>end;
}

/** @returns 1 once the memory is as large as `layOut` said; 0 where it cannot be had */
export function grow(): i32 {
  const pages = (end + PAGE - 1) / PAGE;
  if (pages > MOST_PAGES) return 0;
  const missing = <i32>pages - memory.size();
  return missing <= 0 || memory.grow(missing) >= 0 ? 1 : 0;
}

/** The passes see all samples in their places, or what a step has gathered. */
export function see(inputs_: usize, targets_: usize): void {
  seenInputs = inputs_;
  seenTargets = targets_;
}
