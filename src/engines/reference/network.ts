/** Forward and backward pass of a whole network for one sample. */
import { firstLayerRead, type Layout, parameterLayout } from "../../model/layout.js";
import type { Network } from "../../model/trial.js";
import { linear, linearBackward, relu, reluBackward } from "./layers.js";
import type { Precision, Reals } from "./precision.js";

/** A network's layout, and room for what the passes compute. */
export interface Workspace {
  readonly layout: Layout;
  readonly x: Reals;
  /** The hidden layers' post-ReLU outputs, concatenated: [depth * width]. */
  readonly h: Reals;
  /** The same, a view a layer: [depth][width]. */
  readonly layers: readonly Reals[];
  /** The part of `h` that the output neuron reads. */
  readonly read: Reals;
  readonly y: Reals;
  /** Gradients with respect to each of the above. */
  readonly dx: Reals;
  readonly dh: Reals;
  readonly dLayers: readonly Reals[];
  readonly dRead: Reals;
}

export function makeWorkspace(precision: Precision, network: Network): Workspace {
  const { depth, width } = network;
  const h = precision.zeros(depth * width);
  const dh = precision.zeros(depth * width);
  const views = (all: Reals) =>
    Array.from({ length: depth }, (_, layer) => all.subarray(layer * width, (layer + 1) * width));
  const readFrom = firstLayerRead(network) * width;
  return {
    layout: parameterLayout(network),
    x: precision.zeros(1),
    h,
    layers: views(h),
    read: h.subarray(readFrom),
    y: precision.zeros(1),
    dx: precision.zeros(1),
    dh,
    dLayers: views(dh),
    dRead: dh.subarray(readFrom),
  };
}

/** @returns y, the network's output for `input`; `space.h` holds the hidden layers' */
export function forward(
  precision: Precision,
  space: Workspace,
  parameters: Reals,
  input: number,
): number {
  const { layout, layers } = space;
  space.x[0] = input;
  for (let l = 0; l < layers.length; l++) {
    linear(precision, layout.hidden[l], parameters, l === 0 ? space.x : layers[l - 1], layers[l]);
    relu(layers[l]);
  }
  linear(precision, layout.output, parameters, space.read, space.y);
  return space.y[0];
}

/**
 * Adds the gradients of the sample whose forward pass came last.
 *
 * A hidden layer's dh is the sum of what the output neuron sends to it, where it reads that layer,
 * and then what the layer above sends.
 *
 * @param dy dL/dy
 * @param gradients [count], added to
 */
export function backward(
  precision: Precision,
  space: Workspace,
  parameters: Reals,
  dy: Reals,
  gradients: Reals,
): void {
  const { layout, layers, dLayers } = space;
  space.dh.fill(0);
  linearBackward(precision, layout.output, parameters, space.read, dy, gradients, space.dRead);
  for (let l = layers.length - 1; l >= 0; l--) {
    reluBackward(layers[l], dLayers[l]);
    const [below, dBelow] = l === 0 ? [space.x, space.dx] : [layers[l - 1], dLayers[l - 1]];
    linearBackward(precision, layout.hidden[l], parameters, below, dLayers[l], gradients, dBelow);
  }
}
