/**
 * What the neurons of a network with one input are, as functions of it: piecewise linear ones, where the
 * activation is two straight lines that meet at 0. Between two neighbouring breakpoints of what a layer
 * reads, its weighted sums are straight lines.
 */
import type { LinearLayout, Reads } from "./layout.js";
import { type Activation, type NameOf, nameOf, parameterOf } from "./trial.js";

/** Functions of one input, which are straight lines between points. */
export interface PiecewiseLinear {
  /** Inputs, rising, from one end of the domain to the other; [points]. */
  readonly at: readonly number[];
  /** [points, functions] */
  readonly values: readonly number[];
}

/** The slope below 0 of each activation that is z above 0 and a straight line below it. */
const SLOPES: Readonly<Record<NameOf<Activation>, ((given: number) => number) | undefined>> = {
  relu: () => 0,
  "leaky-relu": Math.fround,
  prelu: Math.fround,
  elu: undefined,
  gelu: undefined,
  silu: undefined,
};

/** Which put out exactly 0 for every z below 0, whatever is learned. */
const IS_0_BELOW_0: Readonly<Record<NameOf<Activation>, boolean>> = {
  relu: true,
  "leaky-relu": false,
  prelu: false,
  elu: false,
  gelu: false,
  silu: false,
};

/** Whether a neuron is dead where its weighted sums are below 0: with ReLU, and no activation of a slope there. */
export function isZeroBelow0(activation: Activation): boolean {
  return IS_0_BELOW_0[nameOf(activation)];
}

/**
 * The slope below 0 of a piecewise linear activation, as the engines have it.
 *
 * @param learned PReLU's, as it is learned in the layer; undefined for others
 * @returns undefined where the activation is not piecewise linear
 */
export function slopeBelow0(activation: Activation, learned?: number): number | undefined {
  return SLOPES[nameOf(activation)]?.(learned ?? parameterOf(activation));
}

/**
 * z_j = b_j + Σ_i w_ji·h_i, at the same points.
 *
 * @param read the layer reads the last of these functions, as many as it has inputs
 * @returns [points, outputs]
 */
export function weightedSums(
  { inputs, outputs, weights, biases }: LinearLayout,
  parameters: Float32Array,
  { at, values: h }: PiecewiseLinear,
): number[] {
  const sums: number[] = [];
  const functions = h.length / at.length;
  for (let point = 0; point < at.length; point++) {
    const first = (point + 1) * functions - inputs;
    for (let j = 0; j < outputs; j++) {
      let sum = parameters[biases + j];
      for (let i = 0; i < inputs; i++) sum += parameters[weights + j * inputs + i] * h[first + i];
      sums.push(sum);
    }
  }
  return sums;
}

/**
 * @param values [points, functions]
 * @returns which of the `asked` functions are above 0 at no point, and so nowhere
 */
export function neverAbove0(values: readonly number[], asked: readonly boolean[]): boolean[] {
  const never = [...asked];
  for (let i = 0; i < values.length; i++) if (values[i] > 0) never[i % never.length] = false;
  return never;
}

/** How a layer's outputs come to be read above it: alone, added to what they were made of, or behind it. */
export type WayUp = "alone" | "added" | "behind";

/** @param last what is read at last, from which it is seen whether layers below the one before it still are */
export function waysUp(addsUp: boolean, last: Reads): (layer: number) => WayUp {
  if (last.to - last.from > 1) return () => "behind";
  return (layer) => (addsUp && layer > 0 ? "added" : "alone");
}

/** How a layer puts out f(z), and what crossings become. */
interface Bend {
  /** Of f below 0; above 0 it is z. */
  readonly slope: number;
  /** Crossings that are nearer to each other than this, in units of the input, are one point; 0: none are. */
  readonly apart: number;
}

/**
 * What is read above a layer that puts out f(z), with a point more wherever one of the sums crosses 0.
 *
 * @param read what the layer itself reads
 * @param z its sums, [points, width]
 */
export function readAbove(
  { at, values: read }: PiecewiseLinear,
  z: readonly number[],
  width: number,
  way: WayUp,
  { slope, apart }: Bend,
): PiecewiseLinear {
  const points: number[] = [];
  const values: number[] = [];
  const reads = read.length / at.length;
  const add = (point: number, part: number, crossing?: Crossing) => {
    points.push(between(at, point, 1, part));
    if (way === "behind") {
      for (let i = 0; i < reads; i++) values.push(between(read, point * reads + i, reads, part));
    }
    for (let j = 0; j < width; j++) {
      const sum = crossing?.of.includes(j) ? 0 : between(z, point * width + j, width, part);
      const h = sum > 0 ? sum : slope === 0 ? 0 : slope * sum;
      values.push(way === "added" ? between(read, point * reads + j, reads, part) + h : h);
    }
  };
  for (let point = 0; point < at.length; point++) {
    add(point, 0);
    const nearest = apart === 0 ? 0 : apart / (at[point + 1] - at[point]);
    for (const crossing of crossings(z, point * width, (point + 1) * width, nearest)) {
      add(point, crossing.part, crossing);
    }
  }
  return { at: points, values };
}

/** A value so far on the way from one that stands `here` to one a step behind it. */
export function between(of: readonly number[], here: number, step: number, part: number): number {
  return part === 0 ? of[here] : of[here] + part * (of[here + step] - of[here]);
}

/** How far from one point to the next a sum crosses 0, above 0 and below 1; undefined where it does not. */
export function partOfCrossing(from: number, to: number): number | undefined {
  return (from < 0 && to > 0) || (from > 0 && to < 0) ? from / (from - to) : undefined;
}

interface Crossing {
  /** How far from one point to the next. */
  readonly part: number;
  /** The sums that are 0 there. */
  readonly of: number[];
}

const NONE: readonly Crossing[] = [];

/** Where sums are 0 between a point, whose sums begin at `here`, and the next one; in order. */
function crossings(
  z: readonly number[],
  here: number,
  next: number,
  nearest: number,
): readonly Crossing[] {
  let found: Crossing[] | undefined;
  for (let j = 0; next + j < z.length && here + j < next; j++) {
    const part = partOfCrossing(z[here + j], z[next + j]);
    if (part === undefined) continue;
    found ??= [];
    found.push({ part, of: [j] });
  }
  if (found === undefined) return NONE;
  found.sort((a, b) => a.part - b.part);
  return nearest === 0 ? found : joined(found, nearest);
}

/** Makes one crossing of those that are nearer than so to the first of them. */
function joined(all: readonly Crossing[], nearest: number): readonly Crossing[] {
  const apart: Crossing[] = [];
  for (const crossing of all) {
    const last = apart.at(-1);
    if (last && crossing.part - last.part < nearest) last.of.push(...crossing.of);
    else apart.push(crossing);
  }
  return apart;
}
