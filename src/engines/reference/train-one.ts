/** Trains one network from start to end. */
import type { Dataset, Points } from "../../model/dataset.js";
import type { Training } from "../../model/outcome.js";
import type { Trial } from "../../model/trial.js";
import type { Batch } from "../contract.js";
import { type Look, lookFor, underFrom } from "../looks.js";
import { passOrders, samplesOfEpoch } from "../steps.js";
import { lossAndGradients, weightedLoss } from "./loss.js";
import { forward, makeWorkspace, type Workspace } from "./network.js";
import { makeOptimizer } from "./optimizers.js";
import { float32, type Reals } from "./precision.js";

/**
 * @param initial [count] in the layout's order
 * @param wanted beside the training itself
 */
export function trainOne(
  trial: Trial,
  dataset: Dataset,
  initial: Float32Array,
  { recordLosses = false, threshold }: Pick<Batch, "recordLosses" | "threshold">,
): Training {
  const space = makeWorkspace(float32, trial);
  const parameters = initial.slice();
  const gradients = float32.zeros(parameters.length);
  const optimize = makeOptimizer(trial.optimizer, float32, trial.learningRate, trial.epochs);
  const { samples } = dataset;
  const losses = new Float32Array(recordLosses ? trial.epochs : 0);
  const nextOrder = passOrders(trial, samples);
  const look = threshold === undefined ? undefined : lookFor(dataset, threshold);
  const isUnder = ({ weights, limit }: Look) =>
    weightedLoss(float32, space, parameters, dataset, weights) <= limit;
  let lastAbove = -1;
  const atStart = outputsFor(space, parameters, dataset);
  const start = performance.now();
  let order: Int32Array = new Int32Array();
  for (let epoch = 0; epoch < trial.epochs; epoch++) {
    const [begin, end] = samplesOfEpoch(trial, samples, epoch);
    if (begin === 0) {
      order = nextOrder();
      if (look && !isUnder(look)) lastAbove = epoch;
    }
    const seen = order.subarray(begin, end);
    const loss = lossAndGradients(float32, space, parameters, dataset, seen, gradients);
    if (recordLosses) losses[epoch] = loss;
    optimize(parameters, gradients);
  }
  const trainMs = performance.now() - start;
  return {
    initial,
    parameters,
    atStart,
    ...outputsFor(space, parameters, dataset),
    ...(dataset.test && {
      testPredictions: outputsFor(space, parameters, dataset.test).predictions,
    }),
    ...(recordLosses && { losses }),
    ...(threshold !== undefined && { under: underFrom(trial, samples, threshold, lastAbove) }),
    trainMs,
  };
}

function outputsFor(
  space: Workspace,
  parameters: Reals,
  { samples, inputs }: Points,
): Pick<Training, "predictions" | "activations"> {
  const { layers, y } = space;
  const width = layers[0].length;
  const ins = inputs.length / samples;
  const predictions = new Float32Array(samples * y.length);
  const activations = new Float32Array(layers.length * samples * width);
  for (let s = 0; s < samples; s++) {
    const input = inputs.subarray(s * ins, (s + 1) * ins);
    predictions.set(forward(float32, space, parameters, input), s * y.length);
    layers.forEach((h, layer) => {
      activations.set(h, (layer * samples + s) * width);
    });
  }
  return { predictions, activations };
}
