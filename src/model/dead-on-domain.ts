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
  if (others.length > 0 || (network.activation ?? "relu") !== "relu") return undefined;
  const mask = [...onSamples.mask];
  const { hidden } = parameterLayout(network);
  const lastWithDead = mask.findLastIndex((layer) => layer.includes(true));
  const toNext = waysUp(network);
  let read: PiecewiseLinear = { at: domain, values: domain };
  for (let l = 0; l <= lastWithDead; l++) {
    const z = weightedSums(hidden[l], parameters, read);
    if (mask[l].includes(true)) mask[l] = neverAbove0(z, mask[l]);
    // Behind a dead layer that alone is read every neuron is a constant, and the samples have shown which.
    if (toNext(l) === "alone" && !mask[l].includes(false)) break;
    if (l < lastWithDead) read = readAbove(read, z, network.width, toNext(l));
  }
  return countDead(mask);
}

/** z_j = b_j + Σ_i w_ji·h_i, at the same points. */
function weightedSums(
  { inputs, outputs, weights, biases }: LinearLayout,
  parameters: Float32Array,
  { at, values: h }: PiecewiseLinear,
): readonly number[] {
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
  return sums;
}

/** @returns which of the `asked` functions are above 0 at no point */
function neverAbove0(values: readonly number[], asked: readonly boolean[]): boolean[] {
  const never = [...asked];
  for (let i = 0; i < values.length; i++) if (values[i] > 0) never[i % never.length] = false;
  return never;
}

/** How a layer's outputs come to be read by the next layer: alone, added to what they were made of, or behind it. */
type WayUp = "alone" | "added" | "behind";

function waysUp(network: Network): (layer: number) => WayUp {
  const { addsUp, hidden } = wiringOf(network);
  if (hidden(network.depth).from < 0) return () => "behind";
  return (layer) => (addsUp && layer > 0 ? "added" : "alone");
}

/**
 * What the next layer reads of a layer that puts out max(0, z), with a point more wherever one of the sums
 * crosses 0.
 *
 * @param read what the layer itself reads
 * @param z its sums, [points, width]
 */
function readAbove(
  { at, values: read }: PiecewiseLinear,
  z: readonly number[],
  width: number,
  way: WayUp,
): PiecewiseLinear {
  const points: number[] = [];
  const values: number[] = [];
  const reads = read.length / at.length;
  const between = (of: readonly number[], here: number, step: number, part: number) =>
    part === 0 ? of[here] : of[here] + part * (of[here + step] - of[here]);
  const add = (point: number, part: number, crossing?: number) => {
    points.push(between(at, point, 1, part));
    if (way === "behind") {
      for (let i = 0; i < reads; i++) values.push(between(read, point * reads + i, reads, part));
    }
    for (let j = 0; j < width; j++) {
      const sum = j === crossing ? 0 : between(z, point * width + j, width, part);
      const h = sum > 0 ? sum : 0;
      values.push(way === "added" ? between(read, point * reads + j, reads, part) + h : h);
    }
  };
  for (let point = 0; point < at.length; point++) {
    add(point, 0);
    for (const { part, of } of crossings(z, point * width, (point + 1) * width)) {
      add(point, part, of);
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
