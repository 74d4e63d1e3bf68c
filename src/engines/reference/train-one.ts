/** Trains one network from start to end. */
import type { Dataset } from "../../model/dataset.js";
import type { Training } from "../../model/outcome.js";
import type { Trial } from "../../model/trial.js";
import { samplesOfEpoch } from "../steps.js";
import { lossAndGradients } from "./loss.js";
import { forward, makeWorkspace } from "./network.js";
import { makeOptimizer } from "./optimizers.js";
import { float32 } from "./precision.js";

/** @param initial [count] in the layout's order */
export function trainOne(
  trial: Trial,
  dataset: Dataset,
  initial: Float32Array,
  recordLosses: boolean,
): Training {
  const space = makeWorkspace(float32, trial);
  const parameters = initial.slice();
  const gradients = float32.zeros(parameters.length);
  const optimize = makeOptimizer(trial.optimizer, float32, trial.learningRate, trial.epochs);
  const samples = dataset.inputs.length;
  const losses = new Float32Array(recordLosses ? trial.epochs : 0);
  const start = performance.now();
  for (let epoch = 0; epoch < trial.epochs; epoch++) {
    const seen = samplesOfEpoch(trial, samples, epoch);
    const loss = lossAndGradients(float32, space, parameters, dataset, seen, gradients);
    if (recordLosses) losses[epoch] = loss;
    optimize(parameters, gradients);
  }
  const trainMs = performance.now() - start;

  const { depth, width } = trial;
  const predictions = new Float32Array(samples);
  const activations = new Float32Array(depth * samples * width);
  for (let s = 0; s < samples; s++) {
    predictions[s] = forward(float32, space, parameters, dataset.inputs[s]);
    space.layers.forEach((h, layer) => {
      activations.set(h, (layer * samples + s) * width);
    });
  }
  return {
    initial,
    parameters,
    predictions,
    activations,
    ...(recordLosses && { losses }),
    trainMs,
  };
}
