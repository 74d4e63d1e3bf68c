/** A stack's parameters: the same-shaped networks of all its trials, in few variables. */
import { parameterLayout, wiringOf } from "../../model/layout.js";
import type { Network } from "../../model/trial.js";
import {
  type Name,
  readAlike,
  readByOthers,
  runs,
  type StackParameters,
  shapes,
} from "./stack-layout.js";
import { tf } from "./tensorflow-js.js";

/**
 * @param initial a vector per trial, [count] in the layout's order
 * @returns variables that the caller disposes
 */
export function stackParameters(
  network: Network,
  initial: readonly Float32Array[],
): StackParameters {
  const trials = initial.length;
  const values = new Map(
    shapes(network, trials).map(([name, shape]) => [
      name,
      new Float32Array(tf.util.sizeFromShape(shape)),
    ]),
  );
  for (const { name, offset, length, first, apart } of runs(network, trials)) {
    initial.forEach((vector, trial) => {
      values.get(name)!.set(vector.subarray(offset, offset + length), first + trial * apart);
    });
  }
  return Object.fromEntries(
    shapes(network, trials).map(([name, shape]) => [
      name,
      tf.tidy(() => tf.variable(tf.tensor(values.get(name)!, shape))),
    ]),
  ) as unknown as StackParameters;
}

/**
 * @param stack variables, or their gradients; what is left out is 0
 * @returns a vector per trial, [count] in the layout's order
 */
export function unstackParameters(
  network: Network,
  stack: { readonly [name in Name]?: tf.Tensor },
  trials: number,
): Float32Array[] {
  const { count } = parameterLayout(network);
  const vectors = Array.from({ length: trials }, () => new Float32Array(count));
  const values = new Map(
    Object.entries(stack).map(([name, tensor]) => [name, tensor.dataSync<"float32">()]),
  );
  for (const { name, offset, length, first, apart } of runs(network, trials)) {
    vectors.forEach((vector, trial) => {
      const start = first + trial * apart;
      vector.set(values.get(name)?.subarray(start, start + length) ?? [], offset);
    });
  }
  return vectors;
}

/** The variables that are trained: of a network whose hidden layers stay as they were drawn, the output's. */
export function trainedVariables(
  network: Network,
  parameters: StackParameters,
): { readonly [name in Name]?: tf.Variable } {
  if (wiringOf(network).trainsHidden) return parameters;
  const { outputWeights, outputBiases } = parameters;
  return { outputWeights, outputBiases };
}

/** What each layer takes of the variables. */
export function byLayer(
  network: Network,
  { hiddenWeights, hiddenBiases, slopes }: StackParameters,
): {
  /** Of each hidden layer but the first, [trials, width, what it reads]. */
  readonly weights: readonly tf.Tensor3D[];
  /** Of each hidden layer, [trials, 1, width]. */
  readonly biases: readonly tf.Tensor3D[];
  /** Of each hidden layer, [trials, 1, 1]; none where none are learned. */
  readonly slopes: readonly tf.Tensor3D[];
} {
  const weightsOf = (of: tf.Tensor) =>
    readAlike(network) ? unstacked(of) : apart(of as tf.Tensor3D, network);
  return {
    weights: hiddenWeights ? weightsOf(hiddenWeights) : [],
    biases: unstacked(hiddenBiases),
    slopes: slopes ? unstacked(slopes) : [],
  };
}

// TensorFlow.js 4.22 can differentiate neither unstack nor split where there is one part.

function unstacked(variable: tf.Tensor): tf.Tensor3D[] {
  return variable.shape[0] === 1
    ? [tf.squeeze(variable, [0])]
    : (tf.unstack(variable) as tf.Tensor3D[]);
}

function apart(sideBySide: tf.Tensor3D, network: Network): tf.Tensor3D[] {
  const columns = readByOthers(parameterLayout(network).hidden);
  return columns.length === 1 ? [sideBySide] : tf.split(sideBySide, columns, 2);
}
