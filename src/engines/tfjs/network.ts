/** The networks of a stack, as TensorFlow.js's operations. Each network keeps to its own slice of `trials`. */
import { wiringOf } from "../../model/layout.js";
import type { Network } from "../../model/trial.js";
import { stackActivation } from "./stack-activations.js";
import { byLayer } from "./parameters.js";
import type { StackParameters } from "./stack-layout.js";
import { tf } from "./tensorflow-js.js";

export interface StackOutputs {
  /** [trials, samples, outputs] */
  readonly predictions: tf.Tensor3D;
  /** f(z) of each hidden layer, [depth] of [trials, samples, width]. */
  readonly activations: readonly tf.Tensor3D[];
}

/**
 * hₗ = f(r·Wₗᵀ + bₗ), y = r·Wᵀ + b, where r is what a layer reads: the input or the layer below; with
 * residual connections the sum of the layers below; in a dense network the input and all layers below,
 * concatenated; and at the end of a late-residual network all hidden layers, concatenated.
 *
 * @param inputs [1, samples, inputs] where all networks see the same, else [trials, samples, inputs]
 */
export function forward(
  network: Network,
  parameters: StackParameters,
  inputs: tf.Tensor3D,
): StackOutputs {
  const { depth } = network;
  const { addsUp, output } = wiringOf(network);
  const { from } = output(depth);
  const readsInput = from < 0;
  const f = stackActivation(network.activation);
  const { weights, biases, slopes } = byLayer(network, parameters);
  const [trials] = parameters.outputBiases.shape;
  const activations: tf.Tensor3D[] = [];
  let read = readsInput || inputs.shape[2] > 1 ? ofEachTrial(inputs, trials) : inputs;
  for (let l = 0; l < depth; l++) {
    const products =
      l === 0
        ? firstProducts(read, parameters.firstWeights)
        : tf.matMul(read, weights[l - 1], false, true);
    const h = f(tf.add(products, biases[l]), slopes[l]);
    activations.push(h);
    if (readsInput) read = tf.concat([read, h], 2);
    else read = addsUp && l > 0 ? tf.add(read, h) : h;
  }
  if (from >= 0 && from < depth - 1) read = tf.concat(activations.slice(from), 2);
  const products = tf.matMul(read, parameters.outputWeights, false, true);
  return { predictions: tf.add(products, parameters.outputBiases), activations };
}

/** One input: the product of a layer's one weight per neuron with it needs no matMul. */
function firstProducts(inputs: tf.Tensor3D, weights: tf.Tensor3D): tf.Tensor3D {
  return inputs.shape[2] === 1 ? tf.mul(inputs, weights) : tf.matMul(inputs, weights, false, true);
}

/** [trials, samples, inputs], for operations that repeat nothing by themselves. */
function ofEachTrial(inputs: tf.Tensor3D, trials: number): tf.Tensor3D {
  return inputs.shape[0] === trials ? inputs : tf.tile(inputs, [trials, 1, 1]);
}

/**
 * Each network's mean squared error over the samples of one step and their outputs, [trials].
 *
 * @param targets [1, samples, outputs] or [trials, samples, outputs]
 */
export function meanSquaredErrors(predictions: tf.Tensor3D, targets: tf.Tensor3D): tf.Tensor1D {
  return tf.mean(tf.squaredDifference(predictions, targets), [1, 2]);
}
