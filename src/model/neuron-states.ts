/** What a network's hidden neurons do over all samples. */
import type { Mask } from "./dead-neurons.js";

/** `constant`: not dead, but the same for every sample. */
export type NeuronState = "alive" | "constant" | "dead";

/**
 * @param dead [depth][width], true where a neuron is dead
 * @param constant the same of neurons whose output is the same for every sample; unless told, those of
 * plain and late-residual networks that stand behind a dead layer, where nothing is left of the input
 * @returns [depth][width]
 */
export function neuronStates(dead: Mask, constant = behindDeadLayer(dead)): NeuronState[][] {
  return dead.map((layer, l) =>
    layer.map((isDead, neuron) => {
      if (isDead) return "dead";
      return constant[l][neuron] ? "constant" : "alive";
    }),
  );
}

function behindDeadLayer(dead: Mask): Mask {
  const firstDead = dead.findIndex((layer) => layer.every(Boolean));
  return dead.map((layer, l) => layer.map(() => firstDead >= 0 && l > firstDead));
}
