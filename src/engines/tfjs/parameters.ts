/** A stack's parameters: the same-shaped networks of all its trials, in five variables. */
import { firstLayerRead, parameterLayout } from "../../model/layout.js";
import type { Network } from "../../model/trial.js";
import { tf } from "./tensorflow-js.js";

/**
 * One variable for the hidden weights of all layers, and one for their biases, because an optimizer's
 * step costs several operations a variable, and dispatching them is what takes the time.
 */
export interface StackParameters {
  /** The first hidden layer's weights, [trials, 1, width]. */
  readonly firstWeights: tf.Variable<tf.Rank.R3>;
  /** The other hidden layers' weights, [depth - 1, trials, width out, width in]; none at depth 1. */
  readonly hiddenWeights?: tf.Variable<tf.Rank.R4>;
  /** The hidden layers' biases, [depth, trials, 1, width]. */
  readonly hiddenBiases: tf.Variable<tf.Rank.R4>;
  /** The output neuron's weights, [trials, 1, inputs]. */
  readonly outputWeights: tf.Variable<tf.Rank.R3>;
  /** The output neuron's bias, [trials, 1, 1]. */
  readonly outputBias: tf.Variable<tf.Rank.R3>;
}

type Name = keyof StackParameters;

/** Where a run of one network's parameters stands: in its flat vector, and in which variable's which row. */
interface Run {
  readonly name: Name;
  /** In the variable, [rows, trials, length]. */
  readonly row: number;
  readonly offset: number;
  readonly length: number;
}

/** A network's parameters, run after run in the layout's order: a variable keeps the order within a run. */
function runs(network: Network): Run[] {
  const { hidden, output } = parameterLayout(network);
  return [
    ...hidden.flatMap(({ weights, biases, inputs, outputs }, layer): Run[] => [
      layer === 0
        ? { name: "firstWeights", row: 0, offset: weights, length: outputs }
        : { name: "hiddenWeights", row: layer - 1, offset: weights, length: outputs * inputs },
      { name: "hiddenBiases", row: layer, offset: biases, length: outputs },
    ]),
    { name: "outputWeights", row: 0, offset: output.weights, length: output.inputs },
    { name: "outputBias", row: 0, offset: output.biases, length: 1 },
  ];
}

/** The variables' shapes; a variable without elements is left out. */
function shapes(network: Network, trials: number): [Name, number[]][] {
  const { depth, width } = network;
  const read = (depth - firstLayerRead(network)) * width;
  const all: [Name, number[]][] = [
    ["firstWeights", [trials, 1, width]],
    ["hiddenWeights", [depth - 1, trials, width, width]],
    ["hiddenBiases", [depth, trials, 1, width]],
    ["outputWeights", [trials, 1, read]],
    ["outputBias", [trials, 1, 1]],
  ];
  return all.filter(([, shape]) => !shape.includes(0));
}

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
  for (const { name, row, offset, length } of runs(network)) {
    initial.forEach((vector, trial) => {
      values
        .get(name)!
        .set(vector.subarray(offset, offset + length), (row * trials + trial) * length);
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
 * @param stack variables, or their gradients
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
  for (const { name, row, offset, length } of runs(network)) {
    vectors.forEach((vector, trial) => {
      const start = (row * trials + trial) * length;
      vector.set(values.get(name)!.subarray(start, start + length), offset);
    });
  }
  return vectors;
}
