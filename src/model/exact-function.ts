/**
 * The function that a network with one input is on the whole domain, with its kinks, where samples or
 * pixels would show points of it.
 */
import { type Dataset, unscaled } from "./dataset.js";
import type { Mask } from "./dead-neurons.js";
import { type LinearLayout, parameterLayout, wiringOf } from "./layout.js";
import {
  between,
  neverAbove0,
  type PiecewiseLinear,
  partOfCrossing,
  readAbove,
  slopeBelow0,
  waysUp,
  weightedSums,
} from "./piecewise-linear.js";
import type { Network } from "./trial.js";

export interface ExactFunction {
  /** The network's outputs, values [points, outputs]. Its points are both ends of the domain and every kink. */
  readonly outputs: PiecewiseLinear;
  /**
   * Of each hidden neuron, [depth][width]: the inputs, rising and inside the domain, at which its weighted
   * sum comes to be above 0 or ceases to be. In the first layer it is one at most.
   */
  readonly hinges: readonly (readonly (readonly number[])[])[];
  /** Whether a hidden neuron's weighted sum is above 0 nowhere on the domain. */
  readonly neverAbove0: Mask;
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
  const hinges: number[][][] = [];
  const never: boolean[][] = [];
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
    never.push(neverAbove0(z, new Array<boolean>(width).fill(true)));
    const { at } = read;
    hinges.push(Array.from({ length: width }, (_, j) => hingesOf(at, z, width, j)));
    if (at.length + hinges[l].flat().length > MOST_POINTS) return undefined;
    read = readAbove(read, z, width, toNext(l), { slope, apart });
  }
  const y = sums(output, read);
  return y && { outputs: withoutStraightPoints(read.at, y), hinges, neverAbove0: never };
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

/** Where the sum of neuron j comes to be above 0 or ceases to be; at a point where it only touches 0 it does not. */
function hingesOf(at: readonly number[], z: readonly number[], width: number, j: number): number[] {
  const hinges: number[] = [];
  let above: boolean | undefined;
  const go = (isAbove: boolean, from: number) => {
    if (above === !isAbove) hinges.push(from);
    above = isAbove;
  };
  for (let point = 0; point + 1 < at.length; point++) {
    const [from, to] = [z[point * width + j], z[(point + 1) * width + j]];
    const part = partOfCrossing(from, to);
    go(from > 0 || (from === 0 && to > 0), at[point]);
    if (part !== undefined) go(to > 0, between(at, point, 1, part));
  }
  return hinges;
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
  { outputs, hinges, neverAbove0 }: ExactFunction,
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
    hinges: hinges.map((layer) => layer.map((of) => of.map(input))),
    neverAbove0,
  };
}
