/** Forward and backward pass of a whole network for one sample. */
import { dimensionsOf } from "../../model/dataset-dimensions.js";
import { type Layout, parameterLayout, type Reads, sizeOf, wiringOf } from "../../model/layout.js";
import type { Network } from "../../model/trial.js";
import { type ActivationFunction, activationFunction } from "./activation-functions.js";
import { activate, activateBackward, linear, linearBackward } from "./layers.js";
import type { Precision, Reals } from "./precision.js";

/** What the passes compute, or the gradients with respect to it; views into few arrays. */
interface Values {
  /** The input and the hidden layers' outputs, concatenated: [inputs + depth * width]. */
  readonly all: Reals;
  /** f(z) of each hidden layer: [depth][width]. */
  readonly layers: readonly Reals[];
  /** What each hidden layer hands on: the same, or where layers add up, the sum with what it read. */
  readonly handedOn: readonly Reals[];
  /** What each hidden layer reads, and at last the output neurons. */
  readonly read: readonly Reals[];
  /** [outputs] */
  readonly y: Reals;
}

/** A network's layout and activation functions, and room for what the passes compute. */
export interface Workspace extends Values {
  readonly layout: Layout;
  readonly addsUp: boolean;
  readonly trainsHidden: boolean;
  /** One per hidden layer. */
  readonly functions: readonly ActivationFunction[];
  /** The weighted sums of each hidden layer: [depth][width]. */
  readonly sums: readonly Reals[];
  readonly gradients: Values;
  /** The parameters that the passes are at, for learned slopes. */
  parameters: Reals;
}

export function makeWorkspace(precision: Precision, network: Network): Workspace {
  const { depth, width, activation = "relu" } = network;
  const { addsUp, trainsHidden } = wiringOf(network);
  const layout = parameterLayout(network);
  const space: Workspace = {
    ...makeValues(precision, network),
    layout,
    addsUp,
    trainsHidden,
    functions: layout.hidden.map(({ slope }) =>
      activationFunction(activation, precision, () => space.parameters[slope!]),
    ),
    sums: Array.from({ length: depth }, () => precision.zeros(width)),
    gradients: makeValues(precision, network),
    parameters: precision.zeros(0),
  };
  return space;
}

function makeValues(precision: Precision, network: Network): Values {
  const { depth, width } = network;
  const { inputs, outputs } = dimensionsOf(network.dataset);
  const wiring = wiringOf(network);
  const all = precision.zeros(inputs + depth * width);
  const layersOf = (values: Reals) =>
    Array.from({ length: depth }, (_, l) => slice(values, { from: l, to: l + 1 }));
  const slice = (values: Reals, reads: Reads) => {
    const from = sizeOf({ from: -1, to: reads.from }, inputs, width);
    return values.subarray(
      reads.from < 0 ? 0 : from,
      sizeOf({ from: -1, to: reads.to }, inputs, width),
    );
  };
  const layers = layersOf(all);
  const sums = wiring.addsUp ? precision.zeros(all.length) : all;
  const reads = [...layers.map((_, l) => wiring.hidden(l)), wiring.output(depth)];
  return {
    all,
    layers,
    handedOn: layersOf(sums),
    read: reads.map((of) => slice(of.from < 0 ? all : sums, of)),
    y: precision.zeros(outputs),
  };
}

/**
 * @param input [inputs]
 * @returns y, the network's outputs: [outputs], overwritten by the next pass; `space.layers` holds f(z)
 */
export function forward(
  precision: Precision,
  space: Workspace,
  parameters: Reals,
  input: Reals,
): Reals {
  const { layout, layers, sums, read, handedOn, y } = space;
  space.parameters = parameters;
  space.all.set(input);
  for (let l = 0; l < layers.length; l++) {
    linear(precision, layout.hidden[l], parameters, read[l], sums[l]);
    activate(space.functions[l], sums[l], layers[l]);
    if (space.addsUp) handOn(precision, l === 0 ? undefined : read[l], layers[l], handedOn[l]);
  }
  linear(precision, layout.output, parameters, read[layers.length], y);
  return y;
}

/** to = read + h, or for the first layer h alone */
function handOn({ round }: Precision, read: Reals | undefined, h: Reals, to: Reals): void {
  for (let j = 0; j < h.length; j++) to[j] = read ? round(read[j] + h[j]) : h[j];
}

/**
 * Adds the gradients of the sample whose forward pass came last.
 *
 * A hidden layer's dL/dh is the sum of what the output neurons send to it, where they read that layer,
 * and then what the layers above send, from the last one down. Where layers add up, what is sent to a
 * layer is sent to what it read too, before anything else.
 *
 * @param dy dL/dy, [outputs]
 * @param gradients [count], added to
 */
export function backward(
  precision: Precision,
  space: Workspace,
  parameters: Reals,
  dy: Reals,
  gradients: Reals,
): void {
  const { layout, layers, sums, read, addsUp, gradients: d } = space;
  d.all.fill(0);
  const last = layers.length;
  if (addsUp) for (const sent of d.handedOn) sent.fill(0);
  linearBackward(precision, layout.output, parameters, read[last], dy, gradients, d.read[last]);
  if (!space.trainsHidden) return;
  for (let l = last - 1; l >= 0; l--) {
    if (addsUp) {
      d.layers[l].set(d.handedOn[l]);
      if (l > 0) d.read[l].set(d.handedOn[l]);
    }
    const { slope } = layout.hidden[l];
    const dz = d.layers[l];
    activateBackward(precision, space.functions[l], sums[l], layers[l], dz, gradients, slope);
    linearBackward(precision, layout.hidden[l], parameters, read[l], dz, gradients, d.read[l]);
  }
}
