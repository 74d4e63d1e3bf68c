/** How much arithmetic a training is: for packing batches, estimates and benchmarks, never for results. */
import { dimensionsOf } from "../model/dataset-dimensions.js";
import { parameterCounts, sizeOf, wiringOf } from "../model/layout.js";
import type { Cell, Optimizer } from "../model/trial.js";
import { samplesPerStep } from "./steps.js";

/** Operations that a step takes for each parameter. */
type PerParameter = Readonly<Record<Optimizer, number>>;

/** Every sum, product, quotient, root and comparison counts as one. */
const COUNTED: PerParameter = { adam: 13, sgd: 2, momentum: 4 };

/** An Adam step's square root and division take as long as many additions. */
const WEIGHED: PerParameter = { adam: 40, sgd: 4, momentum: 8 };

/** Floating-point operations of the whole training. */
export function floatingPointOperations(cell: Cell): number {
  return operations(cell, COUNTED);
}

/** Additions, or what takes as long, of the whole training. */
export function trainingOperations(cell: Cell): number {
  return operations(cell, WEIGHED);
}

/**
 * For each weight a product and a sum forward and two of each backward, for each neuron its bias and
 * activation forward and backward. Frozen hidden layers have no way back.
 */
function operations(cell: Cell, perParameter: PerParameter): number {
  const { weights, biases } = parameterCounts(cell);
  const hiddenOnes = weights - outputWeights(cell);
  const neurons = cell.depth * cell.width;
  const { trainsHidden } = wiringOf(cell);
  const perSample = 6 * weights + 4 * neurons - (trainsHidden ? 0 : 4 * hiddenOnes + 2 * neurons);
  const samples = samplesPerStep(cell, cell.dataset.samples);
  const perStep = perParameter[cell.optimizer] * (weights + biases);
  return cell.epochs * (samples * perSample + perStep);
}

function outputWeights({ depth, width, connection, dataset }: Cell): number {
  const { inputs, outputs } = dimensionsOf(dataset);
  return sizeOf(wiringOf({ connection }).output(depth), inputs, width) * outputs;
}
