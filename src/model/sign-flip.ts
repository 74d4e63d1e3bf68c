/** Sign flipping (Rister & Rubin 2020, "Probabilistic bounds on neuron death in deep rectifier networks"). */
import type { Points } from "./dataset.js";
import { HiddenPass } from "./hidden-pass.js";
import { parameterLayout } from "./layout.js";
import type { Network } from "./trial.js";

/**
 * Negates, layer after layer, a hidden layer's weights and biases where its negation is alive on more of
 * the samples. A layer is alive on a sample where some neuron's weighted sum is above 0, so that afterwards
 * each is alive on half of those that reach it, or more.
 *
 * @param network of ReLUs
 * @param parameters [count] in the layout's order, changed
 */
export function flipSigns(
  network: Network,
  parameters: Float32Array,
  points: Pick<Points, "samples" | "inputs">,
): void {
  const pass = new HiddenPass(network, points, (z) => (z > 0 ? z : 0));
  for (const [l, { weights, biases, outputs }] of parameterLayout(network).hidden.entries()) {
    const sums = pass.weigh(l, parameters);
    if (aliveSamples(sums, outputs, -1) > aliveSamples(sums, outputs, 1)) {
      negate(parameters.subarray(weights, biases + outputs));
      negate(sums);
    }
    pass.activate(l);
  }
}

/** @param sums [samples, width], each taken times `sign` */
function aliveSamples(sums: Float32Array, width: number, sign: 1 | -1): number {
  let alive = 0;
  for (let at = 0; at < sums.length; at += width) {
    for (let j = 0; j < width; j++) {
      if (sign * sums[at + j] <= 0) continue;
      alive++;
      break;
    }
  }
  return alive;
}

function negate(values: Float32Array): void {
  for (let i = 0; i < values.length; i++) values[i] = -values[i];
}
