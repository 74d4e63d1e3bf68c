/** The networks of a stack, as TensorFlow.js's operations. Each network keeps to its own slice of `trials`. */
import { firstLayerRead } from "../../model/layout.js";
import type { Network } from "../../model/trial.js";
import type { StackParameters } from "./parameters.js";
import { tf } from "./tensorflow-js.js";

export interface StackOutputs {
  /** [trials, samples, 1] */
  readonly predictions: tf.Tensor3D;
  /** Post-ReLU outputs of each hidden layer, [depth] of [trials, samples, width]. */
  readonly activations: readonly tf.Tensor3D[];
}

/**
 * h₁ = relu(x·w₁ + b₁), hₗ = relu(hₗ₋₁·Wₗᵀ + bₗ), y = r·wᵀ + b, where r is the last hidden layer, or for
 * a late-residual network all of them, concatenated.
 *
 * TensorFlow.js's derivative of relu at 0 is 0, as the thesis's.
 *
 * @param inputs [1, samples, 1]: all networks see the same
 */
export function forward(
  network: Network,
  parameters: StackParameters,
  inputs: tf.Tensor3D,
): StackOutputs {
  const biases = layersOf<tf.Tensor3D>(parameters.hiddenBiases);
  const weights = parameters.hiddenWeights ? layersOf<tf.Tensor3D>(parameters.hiddenWeights) : [];
  // One input: the product of a layer's one weight a neuron with it needs no matMul.
  let h: tf.Tensor3D = tf.relu(tf.add(tf.mul(inputs, parameters.firstWeights), biases[0]));
  const activations = [h];
  weights.forEach((w, layer) => {
    h = tf.relu(tf.add(tf.matMul(h, w, false, true), biases[layer + 1]));
    activations.push(h);
  });
  const read = tf.concat(activations.slice(firstLayerRead(network)), 2);
  const products = tf.matMul(read, parameters.outputWeights, false, true);
  return { predictions: tf.add(products, parameters.outputBias), activations };
}

/**
 * Each network's mean squared error over the samples of one step, [trials].
 *
 * @param targets [1, samples, 1]
 */
export function meanSquaredErrors(predictions: tf.Tensor3D, targets: tf.Tensor3D): tf.Tensor1D {
  return tf.mean(tf.squaredDifference(predictions, targets), [1, 2]);
}

/** Along the first axis. Not by unstack where there is one layer: TensorFlow.js 4.22 cannot differentiate that. */
function layersOf<T extends tf.Tensor>(variable: tf.Tensor): T[] {
  return variable.shape[0] === 1 ? [tf.squeeze(variable, [0])] : (tf.unstack(variable) as T[]);
}
