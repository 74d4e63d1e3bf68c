/** Which variables a stack's parameters are in, and where in them each network's stand. */
import { dimensionsOf } from "../../model/dataset-dimensions.js";
import { type HiddenLayout, parameterLayout, wiringOf } from "../../model/layout.js";
import type { Network } from "../../model/trial.js";
import type { tf } from "./tensorflow-js.js";

/**
 * One variable for the hidden weights of all layers, and one for their biases, because an optimizer's
 * step costs several operations per variable, and dispatching them is what takes the time.
 */
export interface StackParameters {
  /** The first hidden layer's weights, [trials, 1, width] of one input, [trials, width, inputs] of more. */
  readonly firstWeights: tf.Variable<tf.Rank.R3>;
  /**
   * The other hidden layers' weights, [depth - 1, trials, width out, width in]; where layers read more
   * than the one below, side by side: [trials, width out, what each reads, one after the other]. None at
   * depth 1.
   */
  readonly hiddenWeights?: tf.Variable;
  /** The hidden layers' biases, [depth, trials, 1, width]. */
  readonly hiddenBiases: tf.Variable<tf.Rank.R4>;
  /** The hidden layers' learned slopes, [depth, trials, 1, 1]; none where the activation has none. */
  readonly slopes?: tf.Variable<tf.Rank.R4>;
  /** The output neurons' weights, [trials, outputs, inputs]. */
  readonly outputWeights: tf.Variable<tf.Rank.R3>;
  /** The output neurons' biases, [trials, 1, outputs]. */
  readonly outputBiases: tf.Variable<tf.Rank.R3>;
}

export type Name = keyof StackParameters;

/** Where a run of one network's parameters stands: in its flat vector, and in a variable. */
export interface Run {
  readonly name: Name;
  readonly offset: number;
  readonly length: number;
  /** Where it stands in the variable for the first trial, and how far on for each further one. */
  readonly first: number;
  readonly apart: number;
}

/** A network's parameters: a variable keeps the layout's order within a run. */
export function runs(network: Network, trials: number): Run[] {
  const { hidden, output } = parameterLayout(network);
  const { width } = network;
  /** In a variable [rows, trials, length]. */
  const row = (name: Name, row: number, offset: number, length: number): Run => {
    return { name, offset, length, first: row * trials * length, apart: length };
  };
  const columns = sum(readByOthers(hidden));
  /** In a variable [trials, width, columns], a run per neuron. */
  const sideBySide = ({ weights, inputs }: HiddenLayout, layer: number): Run[] => {
    const before = sum(readByOthers(hidden.slice(0, layer)));
    return Array.from({ length: width }, (_, neuron) => ({
      name: "hiddenWeights",
      offset: weights + neuron * inputs,
      length: inputs,
      first: neuron * columns + before,
      apart: width * columns,
    }));
  };
  const weightsOf = (of: HiddenLayout, layer: number): Run[] => {
    if (layer === 0) return [row("firstWeights", 0, of.weights, width * of.inputs)];
    if (!readAlike(network)) return sideBySide(of, layer);
    return [row("hiddenWeights", layer - 1, of.weights, width * width)];
  };
  return [
    ...hidden.flatMap((of, layer) => [
      ...weightsOf(of, layer),
      row("hiddenBiases", layer, of.biases, width),
      ...(of.slope === undefined ? [] : [row("slopes", layer, of.slope, 1)]),
    ]),
    row("outputWeights", 0, output.weights, output.outputs * output.inputs),
    row("outputBiases", 0, output.biases, output.outputs),
  ];
}

/** How much each hidden layer but the first reads. */
export function readByOthers(hidden: readonly HiddenLayout[]): number[] {
  return hidden.slice(1).map(({ inputs }) => inputs);
}

/** Whether all hidden layers but the first read as much as one puts out. */
export function readAlike(network: Network): boolean {
  return wiringOf(network).hidden(1).from === 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The variables' shapes; a variable without elements is left out. */
export function shapes(network: Network, trials: number): [Name, number[]][] {
  const { depth, width } = network;
  const { inputs, outputs } = dimensionsOf(network.dataset);
  const { hidden, output } = parameterLayout(network);
  const alike = readAlike(network);
  const all: [Name, number[]][] = [
    ["firstWeights", inputs === 1 ? [trials, 1, width] : [trials, width, inputs]],
    [
      "hiddenWeights",
      alike ? [depth - 1, trials, width, width] : [trials, width, sum(readByOthers(hidden))],
    ],
    ["hiddenBiases", [depth, trials, 1, width]],
    ["slopes", [hidden[0].slope === undefined ? 0 : depth, trials, 1, 1]],
    ["outputWeights", [trials, outputs, output.inputs]],
    ["outputBiases", [trials, 1, outputs]],
  ];
  return all.filter(([, shape]) => !shape.includes(0));
}
