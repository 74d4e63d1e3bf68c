/** Finds the dead neurons of a network (thesis, section 3.3). */
import type { Network } from "./trial.js";

export interface DeadNeurons {
  /** [depth][width]: true where a neuron is dead. */
  readonly mask: readonly (readonly boolean[])[];
  /** How many neurons are dead. */
  readonly neurons: number;
  /** How many layers have nothing but dead neurons. */
  readonly layers: number;
}

/**
 * A neuron is dead when its post-ReLU output is exactly 0 for all inputs.
 *
 * @param activations [depth, samples, width]
 */
export function findDeadNeurons(
  { depth, width }: Pick<Network, "depth" | "width">,
  activations: Float32Array,
): DeadNeurons {
  const samples = activations.length / (depth * width);
  const mask: boolean[][] = [];
  for (let layer = 0; layer < depth; layer++) {
    const dead = new Array<boolean>(width).fill(true);
    const first = layer * samples * width;
    for (let i = 0; i < samples * width; i++) {
      if (activations[first + i] !== 0) dead[i % width] = false;
    }
    mask.push(dead);
  }
  return countDead(mask);
}

/** @param mask [depth][width], true where a neuron is dead */
export function countDead(mask: DeadNeurons["mask"]): DeadNeurons {
  let neurons = 0;
  let layers = 0;
  for (const layer of mask) {
    for (const dead of layer) if (dead) neurons++;
    if (!layer.includes(false)) layers++;
  }
  return { mask, neurons, layers };
}
