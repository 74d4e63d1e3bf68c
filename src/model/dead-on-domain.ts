/**
 * Which neurons put out 0 on the whole domain of a dataset, of which its samples are a few points.
 *
 * With one input every neuron of a ReLU network is a piecewise linear function of it. Between two
 * neighbouring breakpoints of its layer a weighted sum is a straight line, so it is at most 0 everywhere
 * exactly where it is so at the breakpoints and at both ends of the domain.
 */
import { countDead, type DeadNeurons } from "./dead-neurons.js";
import { parameterLayout, wiringOf } from "./layout.js";
import {
  isZeroBelow0,
  neverAbove0,
  type PiecewiseLinear,
  readAbove,
  waysUp,
  weightedSums,
} from "./piecewise-linear.js";
import type { Network } from "./trial.js";

/** Two crossings are two points however near they are: which neurons are dead is stored, and stays as it was. */
const RELU = { slope: 0, apart: 0 };

/**
 * Decides which of the neurons that are dead on the samples are so on the whole domain. It computes in
 * float64 from the float32 parameters, so what it decides is the network that the parameters describe,
 * without the rounding of a float32 pass. A sum that overflows even float64 counts as not above 0.
 *
 * @param parameters [count] in the layout's order, finite
 * @param domains of each input its scaled values, both ends belong to them
 * @param onSamples as `findDeadNeurons` gives it; no other neuron can be dead on the domain
 * @returns undefined where it cannot be decided so: for more than one input, and for an activation other
 * than ReLU
 */
export function findDeadOnDomain(
  network: Network,
  parameters: Float32Array,
  domains: readonly (readonly [number, number])[],
  onSamples: DeadNeurons,
): DeadNeurons | undefined {
  const [domain, ...others] = domains;
  if (others.length > 0 || !isZeroBelow0(network.activation ?? "relu")) return undefined;
  const mask = [...onSamples.mask];
  const { hidden } = parameterLayout(network);
  const lastWithDead = mask.findLastIndex((layer) => layer.includes(true));
  const wiring = wiringOf(network);
  const toNext = waysUp(wiring.addsUp, wiring.hidden(network.depth));
  let read: PiecewiseLinear = { at: domain, values: domain };
  for (let l = 0; l <= lastWithDead; l++) {
    const z = weightedSums(hidden[l], parameters, read);
    if (mask[l].includes(true)) mask[l] = neverAbove0(z, mask[l]);
    // Behind a dead layer that alone is read every neuron is a constant, and the samples have shown which.
    if (toNext(l) === "alone" && !mask[l].includes(false)) break;
    if (l < lastWithDead) read = readAbove(read, z, network.width, toNext(l), RELU);
  }
  return countDead(mask);
}
