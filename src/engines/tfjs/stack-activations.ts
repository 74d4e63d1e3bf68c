/**
 * The activation functions in TensorFlow.js's operations, which it differentiates by itself. At 0 each
 * derivative takes the value from below, as the reference engine's.
 */
import { type Activation, type NameOf, nameOf, parameterOf } from "../../model/trial.js";
import { tf } from "./tensorflow-js.js";

/**
 * @param z [trials, samples, width]
 * @param slope the layer's learned slope, [trials, 1, 1], where the activation has one
 * @returns f(z), of z's shape
 */
export type StackActivation = (z: tf.Tensor3D, slope?: tf.Tensor3D) => tf.Tensor3D;

/** From an activation's own parameter, slope or alpha. */
const ACTIVATIONS: Readonly<Record<NameOf<Activation>, (parameter: number) => StackActivation>> = {
  relu: () => (z) => tf.relu(z),
  "leaky-relu": (slope) => (z) => tf.leakyRelu(z, slope),
  // Not tf.prelu: on WebAssembly it takes a slope per column, whatever its shape.
  prelu: () => (z, slope) => tf.add(tf.relu(z), tf.mul(slope!, tf.minimum(z, 0))),
  // tf.elu's alpha is 1; a slope below 0 makes it any other.
  elu: (alpha) => (z) => tf.leakyRelu(tf.elu(z), alpha),
  // zΦ(z), where Φ(z) = (1 + erf(z/√2))/2
  gelu: () => (z) => tf.mul(z, tf.mul(0.5, tf.add(1, tf.erf(tf.mul(z, Math.SQRT1_2))))),
  silu: () => (z) => tf.mul(z, tf.sigmoid(z)),
};

export function stackActivation(activation: Activation = "relu"): StackActivation {
  return ACTIVATIONS[nameOf(activation)](parameterOf(activation));
}
