/**
 * Which neurons put out 0 on the whole domain of a dataset, of which its samples are a few points.
 *
 * With one input every neuron of a ReLU network is a piecewise linear function of it. Between two
 * neighbouring breakpoints of its layer a weighted sum is a straight line, so it is at most 0 everywhere
 * exactly where it is so at the breakpoints and at both ends of the domain.
 */
import { countDead, type DeadNeurons } from "./dead-neurons.js";
import { type LinearLayout, parameterLayout, wiringOf } from "./layout.js";
import type { Network } from "./trial.js";

/** A layer's functions of the input, which are linear between points. */
interface PiecewiseLinear {
  /** Inputs, rising, from one end of the domain to the other; [points]. */
  readonly at: readonly number[];
  /** [points, functions] */
  readonly values: readonly number[];
}

/**
 * Decides which of the neurons that are dead on the samples are so on the whole domain. It computes in
 * float64 from the float32 parameters, so what it decides is the network that the parameters describe,
 * without the rounding of a float32 pass. A sum that overflows even float64 counts as not above 0.
 *
 * @param parameters [count] in the layout's order, finite
 * @param domains of each input its scaled values, both ends belong to them
 * @param onSamples as `findDeadNeurons` gives it; no other neuron can be dead on the domain
 * @returns undefined where it cannot be decided so: for more than one input, for an activation other than
 * ReLU, and where a layer reads more than the one below it
 */
export function findDeadOnDomain(
  network: Network,
  parameters: Float32Array,
  domains: readonly (readonly [number, number])[],
  onSamples: DeadNeurons,
): DeadNeurons | undefined {
  const [domain, ...others] = domains;
  if (others.length > 0 || !isChainOfRelus(network)) return undefined;
  const mask = [...onSamples.mask];
  const { hidden } = parameterLayout(network);
  const lastWithDead = mask.findLastIndex((layer) => layer.includes(true));
  let below: PiecewiseLinear = { at: domain, values: domain };
  for (let l = 0; l <= lastWithDead; l++) {
    const sums = weightedSums(hidden[l], parameters, below);
    if (mask[l].includes(true)) mask[l] = neverAbove0(sums.values, mask[l]);
    // Behind a dead layer every neuron is a constant, and the samples have shown which.
    if (!mask[l].includes(false)) break;
    if (l < lastWithDead) below = rectified(sums, network.width);
  }
  return countDead(mask);
}

function isChainOfRelus(network: Network): boolean {
  const { addsUp, hidden } = wiringOf(network);
  return (network.activation ?? "relu") === "relu" && !addsUp && hidden(network.depth).from >= 0;
}

/** z_j = b_j + Σ_i w_ji·h_i, at the same points. */
function weightedSums(
  { inputs, outputs, weights, biases }: LinearLayout,
  parameters: Float32Array,
  { at, values: h }: PiecewiseLinear,
): PiecewiseLinear {
  const sums: number[] = [];
  for (let point = 0; point < at.length; point++) {
    for (let j = 0; j < outputs; j++) {
      let sum = parameters[biases + j];
      for (let i = 0; i < inputs; i++) {
        sum += parameters[weights + j * inputs + i] * h[point * inputs + i];
      }
      sums.push(sum);
    }
  }
  return { at, values: sums };
}

/** @returns which of the `asked` functions are above 0 at no point */
function neverAbove0(values: readonly number[], asked: readonly boolean[]): boolean[] {
  const never = [...asked];
  for (let i = 0; i < values.length; i++) if (values[i] > 0) never[i % never.length] = false;
  return never;
}

/** max(0, z), with a point more wherever one of the sums crosses 0. */
function rectified({ at, values: z }: PiecewiseLinear, width: number): PiecewiseLinear {
  const points: number[] = [];
  const values: number[] = [];
  for (let point = 0; point < at.length; point++) {
    const [here, next] = [point * width, (point + 1) * width];
    points.push(at[point]);
    for (let j = 0; j < width; j++) values.push(z[here + j] > 0 ? z[here + j] : 0);
    for (const { part, of } of crossings(z, here, next)) {
      points.push(at[point] + part * (at[point + 1] - at[point]));
      for (let j = 0; j < width; j++) {
        const between = z[here + j] + part * (z[next + j] - z[here + j]);
        values.push(j !== of && between > 0 ? between : 0);
      }
    }
  }
  return { at: points, values };
}

interface Crossing {
  /** How far from one point to the next, from 0 to 1. */
  readonly part: number;
  /** The sum that is 0 there. */
  readonly of: number;
}

const NONE: readonly Crossing[] = [];

/** Where sums are 0 between a point, whose sums begin at `here`, and the next one; in order. */
function crossings(z: readonly number[], here: number, next: number): readonly Crossing[] {
  let found: Crossing[] | undefined;
  for (let j = 0; next + j < z.length && here + j < next; j++) {
    const [from, to] = [z[here + j], z[next + j]];
    if ((from < 0 && to > 0) || (from > 0 && to < 0)) {
      found ??= [];
      found.push({ part: from / (from - to), of: j });
    }
  }
  return found?.sort((a, b) => a.part - b.part) ?? NONE;
}
