/** An axis of a plot as numbers: what a panel's pixels are worth. */
import { evenTicks, logAxis } from "../../axis-ticks.js";

export interface PlotScale {
  readonly type: "linear" | "log";
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/** For values to be read off: from 0, or where the axis is logarithmic, around them. @param most of a share, 1 */
export function valueScale(
  type: PlotScale["type"],
  values: readonly number[],
  most = Number.POSITIVE_INFINITY,
): PlotScale {
  if (type === "log") {
    const positive = values.filter((value) => value > 0);
    return { type, ...logAxis(positive.length > 0 ? positive : [1]) };
  }
  const highest = Math.max(0, ...values) || Math.min(1, most);
  const top = highest * 1.04 > 0.8 * most ? most : highest * 1.04;
  const bottom = Math.min(0, ...values);
  return { type, domain: [bottom, top], ticks: evenTicks(bottom, top) };
}

/** For numbers that were chosen: a little beyond them, with a tick at each. */
export function positionScale(type: PlotScale["type"], values: readonly number[]): PlotScale {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (type === "log") {
    const room = low === high ? 2 : (high / low) ** 0.06;
    return { type, domain: [low / room, high * room], ticks: values };
  }
  const room = low === high ? 1 : (high - low) * 0.06;
  return { type, domain: [low - room, high + room], ticks: values };
}

/** Of an axis: these ticks, each with its own text, which Vega's formats would round by the axis's length. */
export function tickAxis(
  ticks: readonly number[],
  text: (tick: number) => string | readonly string[],
) {
  const texts = Object.fromEntries(ticks.map((tick) => [String(tick), text(tick)]));
  return { values: ticks, labelExpr: `(${JSON.stringify(texts)})[datum.value]`, labelFlush: false };
}

/** Where a value stands, as a part of the axis from its low end. */
export function partOf({ type, domain: [low, high] }: PlotScale, value: number): number {
  if (type === "log") return Math.log(Math.max(value, low) / low) / Math.log(high / low);
  return (value - low) / (high - low);
}

/** The value at such a part. */
export function valueAt({ type, domain: [low, high] }: PlotScale, part: number): number {
  return type === "log" ? low * (high / low) ** part : low + part * (high - low);
}

/** Places at least `gap` apart, in their order, as near as can be to where they would stand. */
export function spread(places: readonly number[], gap: number, most: number): number[] {
  const order = places.map((place, i) => ({ place, i })).sort((a, b) => a.place - b.place);
  const moved: number[] = [];
  for (const { place } of order) moved.push(Math.max(place, (moved.at(-1) ?? -gap) + gap));
  for (let k = moved.length - 1, limit = most; k >= 0; k--, limit -= gap) {
    moved[k] = Math.min(moved[k], limit);
  }
  const spreadOut = places.slice();
  for (const [k, { i }] of order.entries()) spreadOut[i] = moved[k];
  return spreadOut;
}
