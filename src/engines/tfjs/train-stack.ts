/** Trains a stack from start to end. */
import { setImmediate } from "node:timers/promises";
import type { Dataset } from "../../model/dataset.js";
import type { Training } from "../../model/outcome.js";
import type { Network, Trial } from "../../model/trial.js";
import { samplesOfEpoch, samplesPerStep } from "../steps.js";
import { forward, meanSquaredErrors } from "./network.js";
import { makeStackOptimizer } from "./optimizers.js";
import { type StackParameters, stackParameters, unstackParameters } from "./parameters.js";
import { tf } from "./tensorflow-js.js";

/** What one step sees, both [1, samples of the step, 1]. */
interface Step {
  readonly inputs: tf.Tensor3D;
  readonly targets: tf.Tensor3D;
}

export interface StackRun {
  readonly trials: readonly Trial[];
  readonly dataset: Dataset;
  /** A vector per trial, [count] in the layout's order. */
  readonly initial: readonly Float32Array[];
  readonly recordLosses: boolean;
  /** Called after each epoch, for a test to look at what the epoch left behind. */
  readonly onEpoch?: () => void;
}

/**
 * Trains on TensorFlow.js's current backend, and leaves no tensor behind.
 *
 * @param run trials that differ at most in their seed and learning rate
 * @returns a training per trial, in their order
 */
export async function trainStack(run: StackRun): Promise<Training[]> {
  const { trials, dataset, initial, recordLosses, onEpoch } = run;
  const [trial] = trials;
  const parameters = stackParameters(trial, initial);
  const variables: tf.Variable[] = Object.values(parameters);
  const learningRates = trials.map(({ learningRate }) => learningRate);
  const optimizer = makeStackOptimizer(trial.optimizer, variables, learningRates, trial.epochs);
  const steps = stepsOf(trial, dataset);
  const losses = trials.map(() => new Float32Array(recordLosses ? trial.epochs : 0));
  const atStart = readOutputs(trial, parameters, dataset, trials.length);
  const start = performance.now();
  try {
    for (let epoch = 0; epoch < trial.epochs; epoch++) {
      tf.tidy(() => {
        const step = steps[epoch % steps.length];
        const { errors, gradients } = errorsAndGradients(trial, parameters, step);
        if (recordLosses) {
          errors.dataSync().forEach((error, i) => {
            losses[i][epoch] = error;
          });
        }
        optimizer.step(gradients);
      });
      onEpoch?.();
      // An interruption or a progress bar must not wait for the whole stack.
      await setImmediate();
    }
    const last = readOutputs(trial, parameters, dataset, trials.length);
    const trained = unstackParameters(trial, parameters, trials.length);
    const trainMs = (performance.now() - start) / trials.length;
    return trials.map((_, i) => ({
      initial: initial[i],
      parameters: trained[i],
      atStart: atStart[i],
      ...last[i],
      ...(recordLosses && { losses: losses[i] }),
      trainMs,
    }));
  } finally {
    optimizer.dispose();
    tf.dispose([variables, steps.map(({ inputs, targets }) => [inputs, targets])]);
  }
}

/**
 * Each trial's mean squared error, [trials], and the gradients of their sum, one a variable: since no
 * trial's error depends on another's parameters, these are every trial's own.
 */
export function errorsAndGradients(
  network: Network,
  parameters: StackParameters,
  { inputs, targets }: Step,
): { errors: tf.Tensor1D; gradients: tf.Tensor[] } {
  const errorsOf = () =>
    meanSquaredErrors(forward(network, parameters, inputs).predictions, targets);
  const variables: tf.Variable[] = Object.values(parameters);
  const ones = tf.ones<tf.Rank.R1>([parameters.outputBias.shape[0]]);
  const { value, grads } = tf.valueAndGrads(errorsOf)(variables, ones);
  return { errors: value, gradients: grads };
}

/** The steps of as many epochs as it takes until they come round again. */
export function stepsOf(trial: Pick<Trial, "trainingStyle">, dataset: Dataset): Step[] {
  const samples = dataset.inputs.length;
  const different = samples / samplesPerStep(trial, samples);
  return Array.from({ length: different }, (_, epoch) => {
    const [begin, end] = samplesOfEpoch(trial, samples, epoch);
    const tensor = (values: Float32Array) =>
      tf.tensor3d(values.slice(begin, end), [1, end - begin, 1]);
    return { inputs: tensor(dataset.inputs), targets: tensor(dataset.targets) };
  });
}

/** What the networks give for all samples. */
function readOutputs(
  network: Network,
  stack: StackParameters,
  dataset: Dataset,
  trials: number,
): Training["atStart"][] {
  return tf.tidy(() => {
    const samples = dataset.inputs.length;
    const inputs = tf.tensor3d(dataset.inputs, [1, samples, 1]);
    const outputs = forward(network, stack, inputs);
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
