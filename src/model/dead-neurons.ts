/**
 * Finds the neurons of a network that do nothing, by each of three definitions: the thesis's (section
 * 3.3), which asks for outputs of exactly 0 and so finds none where an activation hardly ever puts out 0,
 * and two that do not ask for it.
 */
import { dimensionsOf } from "./dataset-dimensions.js";
import { gradientPasses } from "./gradient-passes.js";
import { parameterLayout, type Reads, wiringOf } from "./layout.js";
import type { Network } from "./trial.js";

/**
 * `dead`: f(z) is exactly 0 on every sample (the thesis's). `constant`: it is the same number on every
 * sample. `noGradient`: on no sample does a gradient of the outputs reach its weights.
 */
export const DEAD_DEFINITIONS = ["dead", "constant", "noGradient"] as const;
export type DeadDefinition = (typeof DEAD_DEFINITIONS)[number];

/** [depth][width]: true where a neuron does nothing. */
export type Mask = readonly (readonly boolean[])[];

export interface DeadNeurons {
  readonly mask: Mask;
  /** How many neurons are dead. */
  readonly neurons: number;
  /** How many layers have nothing but dead neurons. */
  readonly layers: number;
}

/**
 * A neuron is dead when its output f(z) is exactly 0 for all inputs.
 *
 * @param activations [depth, samples, width]
 */
export function findDeadNeurons(
  network: Pick<Network, "depth" | "width">,
  activations: Float32Array,
): DeadNeurons {
  return countDead(maskOf(network, activations, 0));
}

/** @param mask [depth][width], true where a neuron is dead */
export function countDead(mask: Mask): DeadNeurons {
  let neurons = 0;
  let layers = 0;
  for (const layer of mask) {
    for (const dead of layer) if (dead) neurons++;
    if (!layer.includes(false)) layers++;
  }
  return { mask, neurons, layers };
}

/**
 * The neurons that do nothing, by each definition.
 *
 * @param parameters [count] in the layout's order
 * @param activations [depth, samples, width]
 */
export function deadMasks(
  network: Network,
  parameters: Float32Array,
  activations: Float32Array,
): Readonly<Record<DeadDefinition, Mask>> {
  return {
    dead: maskOf(network, activations, 0),
    constant: maskOf(network, activations),
    noGradient: withoutGradient(network, parameters, activations),
  };
}

/** Of each neuron, whether all its outputs are this number; the first of them, unless told. */
function maskOf(
  { depth, width }: Pick<Network, "depth" | "width">,
  activations: Float32Array,
  number?: number,
): boolean[][] {
  const mask = Array.from({ length: depth }, () => new Array<boolean>(width));
  const perLayer = activations.length / depth;
  for (let layer = 0; layer < depth; layer++) {
    const end = (layer + 1) * perLayer;
    for (let neuron = 0; neuron < width; neuron++) {
      let at = layer * perLayer + neuron;
      const same = number ?? activations[at];
      while (at < end && activations[at] === same) at += width;
      mask[layer][neuron] = at >= end;
    }
  }
  return mask;
}

/**
 * From the outputs down: a gradient reaches a neuron's weights on a sample where its derivative there is
 * not 0, and a weight that is not 0 leads to an output, or to a neuron that a gradient reaches. That sums
 * of gradients happen to be 0 is left out of account, and so is whether hidden layers are trained.
 */
function withoutGradient(
  network: Network,
  parameters: Float32Array,
  activations: Float32Array,
): boolean[][] {
  const { depth, width, activation = "relu" } = network;
  const { hidden, output } = parameterLayout(network);
  const { inputs } = dimensionsOf(network.dataset);
  const wiring = wiringOf(network);
  const samples = activations.length / (depth * width);
  const mask = Array.from({ length: depth }, () => new Array<boolean>(width).fill(true));
  /** Of the neurons of all layers, on which samples a gradient comes to their outputs. */
  const comes = Array.from({ length: depth * width }, () => new Uint8Array(samples));
  const everywhere = new Uint8Array(samples).fill(1);

  const send = ({ from }: Reads, read: number, weights: number, reaches: Uint8Array) => {
    const first = from < 0 ? -inputs : from * width;
    for (let i = Math.max(0, -first); i < read; i++) {
      if (parameters[weights + i] !== 0) merge(comes[first + i], reaches);
    }
  };
  for (let k = 0; k < output.outputs; k++) {
    send(wiring.output(depth), output.inputs, output.weights + k * output.inputs, everywhere);
  }
  for (let l = depth - 1; l >= 0; l--) {
    const { weights, inputs: read, slope } = hidden[l];
    const passes = gradientPasses(activation, slope === undefined ? undefined : parameters[slope]);
    for (let j = 0; j < width; j++) {
      const reaches = comes[l * width + j];
      // What comes to a sum of layers comes to what was summed.
      if (wiring.addsUp && l > 0) merge(comes[(l - 1) * width + j], reaches);
      for (let s = 0; s < samples; s++) {
        if (reaches[s] === 0) continue;
        if (passes(activations[(l * samples + s) * width + j])) mask[l][j] = false;
        else reaches[s] = 0;
      }
      if (!mask[l][j]) send(wiring.hidden(l), read, weights + j * read, reaches);
    }
  }
  return mask;
}

function merge(to: Uint8Array, from: Uint8Array): void {
  for (let s = 0; s < to.length; s++) if (from[s]) to[s] = 1;
}
