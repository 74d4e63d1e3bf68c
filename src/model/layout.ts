/** Where each parameter of a network stands in its flat vector: PyTorch's order, layer after layer. */
import { dimensionsOf } from "./dataset-dimensions.js";
import { type Activation, type Connection, type NameOf, type Network, nameOf } from "./trial.js";

/** A Linear layer: weights [outputs, inputs] row by row from `weights`, then biases [outputs] from `biases`. */
export interface LinearLayout {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: number;
  readonly biases: number;
}

export interface HiddenLayout extends LinearLayout {
  /** Where PReLU's slope stands, behind the biases; undefined for other activations. */
  readonly slope?: number;
}

export interface Layout {
  /** One per hidden layer, first to last. */
  readonly hidden: readonly HiddenLayout[];
  /** The output neurons, which read hidden layers concatenated in order. */
  readonly output: LinearLayout;
  /** How many parameters there are in all. */
  readonly count: number;
}

/** Layers [from, to), the input being layer -1, concatenated in order. */
export interface Reads {
  readonly from: number;
  readonly to: number;
}

/** What a connection is. */
interface Wiring {
  readonly hidden: (layer: number) => Reads;
  readonly output: (depth: number) => Reads;
  /** Whether a layer's outputs are added to what it reads, and the sum is read above: h + f(h). */
  readonly addsUp: boolean;
  /** Whether hidden layers are trained, or stay as they were drawn. */
  readonly trainsHidden: boolean;
}

const below = (layer: number): Reads => ({ from: layer - 1, to: layer });
const plain: Wiring = { hidden: below, output: below, addsUp: false, trainsHidden: true };
const lateResidual: Wiring = { ...plain, output: (depth) => ({ from: 0, to: depth }) };
const allBelow = (layer: number): Reads => ({ from: -1, to: layer });

/**
 * Late-residual as in the thesis (section 3.2); residual as He, Zhang, Ren & Sun 2016, over one layer
 * and from the second on, where widths are equal; dense as Huang, Liu, van der Maaten & Weinberger 2017,
 * with the input among what each layer and the output read.
 */
const WIRING = {
  plain,
  "late-residual": lateResidual,
  residual: { ...plain, addsUp: true },
  dense: { ...plain, hidden: allBelow, output: allBelow },
  "late-residual-frozen": { ...lateResidual, trainsHidden: false },
} satisfies Record<Connection, Wiring>;

export function wiringOf({ connection }: Pick<Network, "connection">): Wiring {
  return WIRING[connection];
}

/** Whether layers are read by others than the next one, which may be the output neurons. */
export function skipsLayers(network: Pick<Network, "connection">): boolean {
  const { hidden, output } = wiringOf(network);
  return output(3).from < 2 || hidden(2).from < 1;
}

/** The first hidden layer that the output neuron reads. */
export function firstLayerRead(network: Pick<Network, "connection" | "depth">): number {
  return Math.max(0, wiringOf(network).output(network.depth).from);
}

/** How many numbers layers [from, to) hold. */
export function sizeOf({ from, to }: Reads, inputs: number, width: number): number {
  return from < 0 ? inputs + to * width : (to - from) * width;
}

/** How many weights, biases and learned slopes a network has, for who asks of many and needs no layout. */
export function parameterCounts(network: Network): {
  weights: number;
  biases: number;
  slopes: number;
} {
  const { depth, width } = network;
  const { inputs, outputs } = dimensionsOf(network.dataset);
  const { hidden, output } = wiringOf(network);
  let weights = sizeOf(output(depth), inputs, width) * outputs;
  for (let l = 0; l < depth; l++) weights += sizeOf(hidden(l), inputs, width) * width;
  return {
    weights,
    biases: depth * width + outputs,
    slopes: learnsSlopes(network) ? depth : 0,
  };
}

/** How many parameters a network has in all. */
export function parameterCount(network: Network): number {
  const { weights, biases, slopes } = parameterCounts(network);
  return weights + biases + slopes;
}

export function parameterLayout(network: Network): Layout {
  const { depth, width } = network;
  const { inputs, outputs } = dimensionsOf(network.dataset);
  const wiring = wiringOf(network);
  let offset = 0;
  const linear = (reads: Reads, outputs: number): LinearLayout => {
    const read = sizeOf(reads, inputs, width);
    const weights = offset;
    const biases = weights + read * outputs;
    offset = biases + outputs;
    return { inputs: read, outputs, weights, biases };
  };
  const hidden = Array.from({ length: depth }, (_, layer): HiddenLayout => {
    const layout = linear(wiring.hidden(layer), width);
    return learnsSlopes(network) ? { ...layout, slope: offset++ } : layout;
  });
  const output = linear(wiring.output(depth), outputs);
  return { hidden, output, count: offset };
}

/** Whether each layer learns the activation's parameter, beginning with the one that is given. */
const LEARNS_SLOPES: Readonly<Record<NameOf<Activation>, boolean>> = {
  relu: false,
  "leaky-relu": false,
  prelu: true,
  elu: false,
  gelu: false,
  silu: false,
};

function learnsSlopes({ activation = "relu" }: Network): boolean {
  return LEARNS_SLOPES[nameOf(activation)];
}
