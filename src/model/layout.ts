/** Where each parameter of a network stands in its flat vector: PyTorch's order, layer after layer. */
import type { Connection, Network } from "./trial.js";

/** A Linear layer: weights [outputs, inputs] row by row from `weights`, then biases [outputs] from `biases`. */
export interface LinearLayout {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: number;
  readonly biases: number;
}

export interface Layout {
  /** One per hidden layer, first to last. */
  readonly hidden: readonly LinearLayout[];
  /** The output neuron; a late-residual one reads all hidden layers, concatenated in order. */
  readonly output: LinearLayout;
  /** How many parameters there are in all. */
  readonly count: number;
}

const FIRST_LAYER_READ = {
  plain: (depth) => depth - 1,
  "late-residual": () => 0,
} satisfies Record<Connection, (depth: number) => number>;

/** The first hidden layer that the output neuron reads. */
export function firstLayerRead({ connection, depth }: Network): number {
  return FIRST_LAYER_READ[connection](depth);
}

/** How many weights and biases a network has, for who asks of many networks and needs no layout. */
export function parameterCounts(network: Network): { weights: number; biases: number } {
  const { depth, width } = network;
  const output = (depth - firstLayerRead(network)) * width;
  return { weights: width + (depth - 1) * width * width + output, biases: depth * width + 1 };
}

export function parameterLayout(network: Network): Layout {
  const { depth, width } = network;
  let offset = 0;
  const linear = (inputs: number, outputs: number): LinearLayout => {
    const weights = offset;
    const biases = weights + inputs * outputs;
    offset = biases + outputs;
    return { inputs, outputs, weights, biases };
  };
  const hidden = Array.from({ length: depth }, (_, layer) =>
    linear(layer === 0 ? 1 : width, width),
  );
  const output = linear((depth - firstLayerRead(network)) * width, 1);
  return { hidden, output, count: offset };
}
