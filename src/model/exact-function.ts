/**
 * The function that a network with one input is on the whole domain, with its kinks, where samples or
 * pixels would show points of it.
 */
import { type Dataset, unscaled } from "./dataset.js";
import { type LinearLayout, parameterLayout, wiringOf } from "./layout.js";
import {
  between,
  type PiecewiseLinear,
  partOfCrossing,
  readAbove,
  slopeBelow0,
  waysUp,
  weightedSums,
} from "./piecewise-linear.js";
import type { Network } from "./trial.js";

/** From and to. */
export type Stretch = readonly [number, number];

export interface ExactFunction {
  /** The network's outputs, values [points, outputs]. Its points are both ends of the domain and every kink. */
  readonly outputs: PiecewiseLinear;
  /**
   * Of each hidden neuron, [depth][width]: the stretches of the domain, rising, on which its weighted sum is above
   * 0; none where it never is. Their ends inside the domain are the neuron's hinges; the first layer's have one at most.
   */
  readonly active: readonly (readonly (readonly Stretch[])[])[];
}

/** What is worked out at most: so many points, and so many products and copies, which take a second or two. */
const MOST_POINTS = 100_000;
const MOST_STEPS = 300_000_000;

/** What is nearer to each other than this part of the largest number around cannot be told from rounding. */
const ROUNDING = 2 ** -40;

/**
 * Works in float64 from the float32 parameters: it is the function that the parameters describe, without the
 * rounding of a float32 pass. Kinks that are nearer to each other than 2⁻⁴⁰ of the domain's larger end
 * are one, and those are left out that bend an output by less than 2⁻⁴⁰ of its largest value. So with biases of
 * 0, where all hinges are in one place but for rounding, no neuron is above 0 between them, as
 * `findDeadOnDomain` may have it.
 *
 * @param parameters [count] in the layout's order
 * @param domains of each input its scaled values, both ends belong to them
 * @returns in scaled units; undefined for several inputs, for an activation that is not piecewise linear, where
 * a sum is not finite, and where there is too much to work out: more than 100,000 points before those
 * that are no kinks of the outputs are left out, or more than 300 million products and copies
 */
export function exactFunction(
  network: Network,
  parameters: Float32Array,
  domains: readonly (readonly [number, number])[],
): ExactFunction | undefined {
  const [domain, ...others] = domains;
  if (others.length > 0) return undefined;
  const { depth, width, activation = "relu" } = network;
  const { hidden, output } = parameterLayout(network);
  const wiring = wiringOf(network);
  const toNext = waysUp(wiring.addsUp, wiring.output(depth));
  const apart = ROUNDING * Math.max(...domain.map(Math.abs));
  const active: Stretch[][][] = [];
  let steps = 0;
  const sums = (layer: LinearLayout, { at, values }: PiecewiseLinear): number[] | undefined => {
    steps += values.length + at.length * layer.inputs * layer.outputs;
    if (at.length > MOST_POINTS || steps > MOST_STEPS) return undefined;
    const z = weightedSums(layer, parameters, { at, values });
    return z.every(Number.isFinite) ? z : undefined;
  };
  let read: PiecewiseLinear = { at: domain, values: domain };
  for (const [l, layer] of hidden.entries()) {
    const slope = slopeBelow0(activation, layer.slope && parameters[layer.slope]);
    const z = sums(layer, read);
    if (slope === undefined || z === undefined) return undefined;
    moveToPoints(read.at, z, width, apart);
    const { at } = read;
    active.push(Array.from({ length: width }, (_, j) => activeOn(at, z, width, j)));
    const hinges = active[l].flat(2).filter((end) => end > at[0] && end < at[at.length - 1]);
    if (at.length + hinges.length > MOST_POINTS) return undefined;
    read = readAbove(read, z, width, toNext(l), { slope, apart });
  }
  const y = sums(output, read);
  return y && { outputs: withoutStraightPoints(read.at, y), active };
}

/** Sets a sum to 0 at a point that it crosses 0 nearer to than `apart`. */
function moveToPoints(at: readonly number[], z: number[], width: number, apart: number): void {
  for (let i = 0; i + width < z.length; i++) {
    const part = partOfCrossing(z[i], z[i + width]);
    if (part === undefined) continue;
    const point = Math.floor(i / width);
    const nearest = apart / (at[point + 1] - at[point]);
    if (part < nearest) z[i] = 0;
    else if (1 - part < nearest) z[i + width] = 0;
  }
}

/** Where the sum of neuron j is above 0; a point at which it only touches 0 parts no stretch. */
function activeOn(
  at: readonly number[],
  z: readonly number[],
  width: number,
  j: number,
): Stretch[] {
  const stretches: [number, number][] = [];
  const add = (from: number, to: number) => {
    const last = stretches.at(-1);
    if (last?.[1] === from) last[1] = to;
    else stretches.push([from, to]);
  };
  for (let point = 0; point + 1 < at.length; point++) {
    const [from, to] = [z[point * width + j], z[(point + 1) * width + j]];
    const part = partOfCrossing(from, to);
    const crossing = part === undefined ? undefined : between(at, point, 1, part);
    if (from > 0 || to > 0) {
      add(from < 0 ? crossing! : at[point], to < 0 ? crossing! : at[point + 1]);
    }
  }
  return stretches;
}

/** Leaves out the points that the straight line between the kept ones before and behind passes through, but for rounding. */
function withoutStraightPoints(at: readonly number[], values: readonly number[]): PiecewiseLinear {
  const functions = values.length / at.length;
  const tolerances = Array.from({ length: functions }, (_, k) => {
    let largest = 0;
    for (let i = k; i < values.length; i += functions) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return ROUNDING * largest;
  });
  const kept = [0];
  /** Of each function, between which slopes a line from the point kept last passes all since then. */
  let slopes = tolerances.map(() => ({ low: -Infinity, high: Infinity }));
  for (let point = 1; point < at.length; point++) {
    const slopeTo = (k: number) => {
      const last = kept[kept.length - 1];
      return (
        (values[point * functions + k] - values[last * functions + k]) / (at[point] - at[last])
      );
    };
    if (slopes.some(({ low, high }, k) => slopeTo(k) < low || slopeTo(k) > high)) {
      kept.push(point - 1);
      slopes = tolerances.map(() => ({ low: -Infinity, high: Infinity }));
    }
    const distance = at[point] - at[kept[kept.length - 1]];
    slopes = slopes.map(({ low, high }, k) => ({
      low: Math.max(low, slopeTo(k) - tolerances[k] / distance),
      high: Math.min(high, slopeTo(k) + tolerances[k] / distance),
    }));
  }
  kept.push(at.length - 1);
  return {
    at: kept.map((point) => at[point]),
    values: kept.flatMap((point) => values.slice(point * functions, (point + 1) * functions)),
  };
}

/**
 * The same in original units: inputs, and outputs as predictions are.
 *
 * @param scalings the dataset's that the network was trained on
 */
export function inOriginalUnits(
  { outputs, active }: ExactFunction,
  { inputScalings, targetScalings }: Pick<Dataset, "inputScalings" | "targetScalings">,
): ExactFunction {
  const input = (value: number) => unscaled(value, inputScalings[0]);
  return {
    outputs: {
      at: outputs.at.map(input),
      values: outputs.values.map((value, i) =>
        unscaled(value, targetScalings[i % targetScalings.length]),
      ),
    },
    active: active.map((layer) =>
      layer.map((of) => of.map(([from, to]) => [input(from), input(to)] as const)),
    ),
  };
}
