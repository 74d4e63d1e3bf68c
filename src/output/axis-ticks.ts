/** Axes of charts: ends and ticks that people read easily. */

/** Steps within a decade. */
const STEPS = [1, 2, 5];

/** Of more decades than this, only powers of ten get a tick. */
const DECADES_WITH_STEPS = 2;

/** More powers of ten than this would stand too close. */
const MOST_POWERS = 5;

export interface AxisTicks {
  readonly domain: readonly [low: number, high: number];
  readonly ticks: readonly number[];
}

/**
 * The shortest axis that ends at 1, 2 or 5 times a power of ten and has all values inside.
 *
 * @param values greater than 0, at least one
 */
export function logAxis(values: readonly number[]): AxisTicks {
  const [least, most] = extent(values);
  const low = stepsAround(least).findLast((step) => step < least)!;
  const high = stepsAround(most).find((step) => step > most)!;
  return { domain: [low, high], ticks: ticksBetween(low, high) };
}

/** @returns ticks from `low` to `high`, both included where they are steps */
export function ticksBetween(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const inside = (tick: number) => tick >= low * 0.999 && tick <= high * 1.001;
  if (Math.log10(high / low) <= DECADES_WITH_STEPS) {
    return powers.flatMap((power) => STEPS.map((step) => times(step, power))).filter(inside);
  }
  const stride = Math.ceil(powers.length / MOST_POWERS);
  return powers
    .filter((power) => (last - power) % stride === 0)
    .map((power) => times(1, power))
    .filter(inside);
}

/** Ticks that are as far from each other, in steps of 1, 2 or 5 times a power of ten; from two to six of them. */
export function evenTicks(low: number, high: number): number[] {
  const step = roundStep((high - low) / 5);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** The smallest of 1, 2 and 5 times a power of ten that is not below, but for last bits. */
export function roundStep(least: number): number {
  return stepsAround(least).find((step) => step >= least * (1 - 1e-9))!;
}

/** The least and the greatest of values that are greater than 0. */
export function extent(values: readonly number[]): [least: number, greatest: number] {
  return values.reduce(
    ([least, greatest], value) => [Math.min(least, value), Math.max(greatest, value)],
    [Number.POSITIVE_INFINITY, 0],
  );
}

function stepsAround(value: number): number[] {
  const power = Math.floor(Math.log10(value));
  return [power - 1, power, power + 1].flatMap((p) => STEPS.map((step) => times(step, p)));
}

/** By parsing, so that it is the float that one would write: 10 ** -7 is not 1e-7 everywhere. */
function times(step: number, power: number): number {
  return Number(`${step}e${power}`);
}
