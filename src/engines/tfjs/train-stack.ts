/** Trains a stack from start to end. */
import { setImmediate } from "node:timers/promises";
import type { Dataset, Points } from "../../model/dataset.js";
import type { Training } from "../../model/outcome.js";
import type { Network, Trial } from "../../model/trial.js";
import { lookFor, underFrom } from "../looks.js";
import { shuffles, stepsPerPass } from "../steps.js";
import { forward, meanSquaredErrors } from "./network.js";
import { makeStackOptimizer } from "./optimizers.js";
import { stackParameters, trainedVariables, unstackParameters } from "./parameters.js";
import type { StackParameters } from "./stack-layout.js";
import { type Step, stackSteps } from "./stack-steps.js";
import { tf } from "./tensorflow-js.js";

export interface StackRun {
  readonly trials: readonly Trial[];
  readonly dataset: Dataset;
  /** A vector per trial, [count] in the layout's order. */
  readonly initial: readonly Float32Array[];
  readonly recordLosses: boolean;
  /** Say since when each network is at or under this RMSE, in original units. */
  readonly threshold?: number | undefined;
  /** Called after each epoch, for a test to look at what the epoch left behind. */
  readonly onEpoch?: () => void;
}

/**
 * Trains on TensorFlow.js's current backend, and leaves no tensor behind.
 *
 * @param run trials that may share a batch
 * @returns a training per trial, in their order
 */
export async function trainStack(run: StackRun): Promise<Training[]> {
  const { trials, dataset, initial, recordLosses, threshold, onEpoch } = run;
  const [trial] = trials;
  const parameters = stackParameters(trial, initial);
  const trained: tf.Variable[] = Object.values(trainedVariables(trial, parameters));
  const learningRates = trials.map(({ learningRate }) => learningRate);
  const optimizer = makeStackOptimizer(trial.optimizer, trained, learningRates, trial.epochs);
  const steps = stackSteps(trials, dataset);
  const losses = trials.map(() => new Float32Array(recordLosses ? trial.epochs : 0));
  const look = threshold === undefined ? undefined : lookOf(trial, parameters, dataset, threshold);
  const lastAbove = new Int32Array(trials.length).fill(-1);
  const atStart = readOutputs(trial, parameters, dataset, trials.length);
  const start = performance.now();
  try {
    for (let epoch = 0; epoch < trial.epochs; epoch++) {
      tf.tidy(() => {
        const { errors, gradients } = errorsAndGradients(trial, parameters, steps.at(epoch));
        if (recordLosses) {
          errors.dataSync().forEach((error, i) => {
            losses[i][epoch] = error;
          });
        }
        for (const i of look?.(epoch, errors) ?? []) lastAbove[i] = epoch;
        optimizer.step(gradients);
      });
      onEpoch?.();
      // An interruption or a progress bar must not wait for the whole stack.
      await setImmediate();
    }
    const last = readOutputs(trial, parameters, dataset, trials.length);
    const { test } = dataset;
    const tested = test && readOutputs(trial, parameters, test, trials.length);
    const lastParameters = unstackParameters(trial, parameters, trials.length);
    const trainMs = (performance.now() - start) / trials.length;
    return trials.map((_, i) => ({
      initial: initial[i],
      parameters: lastParameters[i],
      atStart: atStart[i],
      ...last[i],
      ...(tested && { testPredictions: tested[i].predictions }),
      ...(recordLosses && { losses: losses[i] }),
      ...(threshold !== undefined && {
        under: underFrom(trial, dataset.samples, threshold, lastAbove[i]),
      }),
      trainMs,
    }));
  } finally {
    look?.dispose();
    optimizer.dispose();
    steps.dispose();
    tf.dispose(Object.values(parameters));
  }
}

interface StackLook {
  /**
   * Within a tidy.
   *
   * @param errors of the step at this epoch, [trials]
   * @returns the places of the trials that are above the threshold before it; none between two passes
   */
  (epoch: number, errors: tf.Tensor1D): number[];
  dispose(): void;
}

/** Where each step sees all samples, and their outputs count the same, its own errors are looked at. */
function lookOf(
  trial: Trial,
  parameters: StackParameters,
  dataset: Dataset,
  threshold: number,
): StackLook {
  const { samples, inputs, targets } = dataset;
  const { weights, limit } = lookFor(dataset, threshold);
  const passes = stepsPerPass(trial, samples);
  const isLook = passes === 1 && !shuffles(trial) && weights.length === 1;
  const seen = tf.tensor3d(inputs, [1, samples, inputs.length / samples]);
  const weighted = tf.tidy(() =>
    tf.mul<tf.Tensor3D>(tf.tensor3d(targets, [1, samples, weights.length]), weights),
  );
  const errorsOfAll = () => {
    const { predictions } = forward(trial, parameters, seen);
    return meanSquaredErrors(tf.mul(predictions, weights), weighted);
  };
  const look = (epoch: number, errors: tf.Tensor1D) => {
    if (epoch % passes !== 0) return [];
    const losses = (isLook ? errors : errorsOfAll()).dataSync();
    return [...losses.keys()].filter((i) => !(losses[i] <= limit));
  };
  return Object.assign(look, { dispose: () => tf.dispose([seen, weighted]) });
}

/**
 * Each trial's mean squared error, [trials], and the gradients of their sum, one per trained variable: since
 * no trial's error depends on another's parameters, these are every trial's own.
 */
export function errorsAndGradients(
  network: Network,
  parameters: StackParameters,
  { inputs, targets }: Step,
): { errors: tf.Tensor1D; gradients: tf.Tensor[] } {
  const errorsOf = () =>
    meanSquaredErrors(forward(network, parameters, inputs).predictions, targets);
  const variables: tf.Variable[] = Object.values(trainedVariables(network, parameters));
  const ones = tf.ones<tf.Rank.R1>([parameters.outputBiases.shape[0]]);
  const { value, grads } = tf.valueAndGrads(errorsOf)(variables, ones);
  return { errors: value, gradients: grads };
}

/** What the networks give for all points. */
function readOutputs(
  network: Network,
  stack: StackParameters,
  points: Points,
  trials: number,
): Training["atStart"][] {
  return tf.tidy(() => {
    const { samples, inputs } = points;
    const seen = tf.tensor3d(inputs, [1, samples, inputs.length / samples]);
    const outputs = forward(network, stack, seen);
    const predictions = outputs.predictions.dataSync<"float32">();
    // [trials, depth, samples, width]
    const activations = tf.stack([...outputs.activations], 1).dataSync<"float32">();
    const part = (values: Float32Array, trial: number) => {
      const length = values.length / trials;
      return values.slice(trial * length, (trial + 1) * length);
    };
    return Array.from({ length: trials }, (_, trial) => ({
      predictions: part(predictions, trial),
      activations: part(activations, trial),
    }));
  });
}
