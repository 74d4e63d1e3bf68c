/** How much arithmetic a training is: for packing batches, estimates and benchmarks, never for results. */
import { dimensionsOf } from "../model/dataset-dimensions.js";
import { parameterCount, parameterCounts, sizeOf, wiringOf } from "../model/layout.js";
import { type Activation, type Cell, type NameOf, nameOf, type Optimizer } from "../model/trial.js";
import { stepsPerPass } from "./steps.js";

/** How many operations each part of a training takes. */
interface Counts {
  /** Of a step, for each parameter. */
  readonly optimizers: Readonly<Record<Optimizer, number>>;
  /** Of a neuron on a sample, there and back. */
  readonly activations: Readonly<Record<NameOf<Activation>, readonly [number, number]>>;
}

/** Every sum, product, quotient, root and comparison counts as one: 24 of eˣ, 41 of Φ(x). */
const COUNTED: Counts = {
  optimizers: { adam: 13, sgd: 2, momentum: 4 },
  activations: {
    relu: [1, 1],
    "leaky-relu": [2, 2],
    prelu: [2, 4],
    elu: [26, 3],
    gelu: [42, 71],
    silu: [27, 32],
  },
};

/** A square root or a division takes as long as many additions, and float64 twice as long as float32. */
const WEIGHED: Counts = {
  optimizers: { adam: 40, sgd: 4, momentum: 8 },
  activations: {
    relu: [1, 1],
    "leaky-relu": [3, 3],
    prelu: [3, 10],
    elu: [30, 3],
    gelu: [110, 145],
    silu: [40, 45],
  },
};

/** Floating-point operations of the whole training. */
export function floatingPointOperations(cell: Cell): number {
  return operations(cell, COUNTED);
}

/** Additions, or what takes as long, of the whole training. */
export function trainingOperations(cell: Cell): number {
  return operations(cell, WEIGHED);
}

/**
 * For each weight a product and a sum forward and two of each backward, for each neuron its bias, its
 * activation forward and backward, and where layers add up a sum. Frozen hidden layers have no way back.
 */
function operations(cell: Cell, { optimizers, activations }: Counts): number {
  const { weights } = parameterCounts(cell);
  const [forward, backward] = activations[nameOf(cell.activation)];
  const { trainsHidden, addsUp } = wiringOf(cell);
  const out = outputWeights(cell);
  const hidden = trainsHidden ? 6 * (weights - out) : 2 * (weights - out);
  const perNeuron = forward + (trainsHidden ? 1 + backward : 0) + (addsUp ? 1 : 0);
  const perSample = 6 * out + hidden + cell.depth * cell.width * perNeuron;
  const samples = meanSamplesPerStep(cell);
  const perStep = optimizers[cell.optimizer] * parameterCount(cell);
  return cell.epochs * (samples * perSample + perStep);
}

/** The last mini-batch of a pass has what is left. */
function meanSamplesPerStep(cell: Cell): number {
  const { samples } = cell.dataset;
  return samples / stepsPerPass(cell, samples);
}

function outputWeights({ depth, width, connection, dataset }: Cell): number {
  const { inputs, outputs } = dimensionsOf(dataset);
  return sizeOf(wiringOf({ connection }).output(depth), inputs, width) * outputs;
}
