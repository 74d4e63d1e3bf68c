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
  const mask = Array.from({ length: depth }, (_, layer) =>
    Array.from({ length: width }, (_, neuron) => {
      for (let sample = 0; sample < samples; sample++) {
        if (activations[(layer * samples + sample) * width + neuron] !== 0) return false;
      }
      return true;
    }),
  );
  return {
    mask,
    neurons: mask.flat().filter(Boolean).length,
    layers: mask.filter((layer) => layer.every(Boolean)).length,
  };
}
