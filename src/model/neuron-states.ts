/** What a network's hidden neurons do over all samples. */
import type { DeadNeurons } from "./dead-neurons.js";

/** `constant`: alive, but behind a dead layer, and so the same for every sample. */
export type NeuronState = "alive" | "constant" | "dead";

/**
 * Hidden layers read the layer below alone, whatever the output neuron reads: behind a dead layer
 * nothing is left of the input.
 *
 * @param dead [depth][width], true where a neuron is dead
 * @returns [depth][width]
 */
export function neuronStates(dead: DeadNeurons["mask"]): NeuronState[][] {
  const firstDead = dead.findIndex((layer) => layer.every(Boolean));
  return dead.map((layer, l) => {
    const alive = firstDead >= 0 && l > firstDead ? "constant" : "alive";
    return layer.map((isDead) => (isDead ? "dead" : alive));
  });
}
