/** Scales of charts: where a value is drawn, and the marks of an axis. */
import { ticks } from "d3-array";

export interface Scale {
  (value: number): number;
  readonly ticks: readonly Tick[];
  /** In the units of the data. */
  readonly domain: readonly [number, number];
}

export interface Tick {
  readonly value: number;
  readonly text: string;
}

type Pair = readonly [number, number];

/** @param range where the domain's ends are drawn */
export function linearScale(domain: Pair, range: Pair, count = 5): Scale {
  const [low, high] = domain[0] === domain[1] ? [domain[0] - 0.5, domain[1] + 0.5] : domain;
  const at = (value: number) => range[0] + ((value - low) / (high - low)) * (range[1] - range[0]);
  return Object.assign(at, {
    ticks: ticks(low, high, count).map((value) => ({ value, text: shortNumber(value) })),
    domain: [low, high] as const,
  });
}

/** @param domain both ends above 0 */
export function logScale([low, high]: Pair, range: Pair): Scale {
  const exponents = linearScale([Math.log10(low), Math.log10(high)], range);
  const first = Math.ceil(exponents.domain[0] - 1e-9);
  const last = Math.floor(exponents.domain[1] + 1e-9);
  const powers = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => 10 ** (first + i));
  const between = powers.length > 2 ? [] : ticks(low, high, 4).filter((value) => value > 0);
  const shown = between.length > 0 ? between : powers;
  return Object.assign((value: number) => exponents(Math.log10(value)), {
    ticks: shown.map((value) => ({ value, text: shortNumber(value) })),
    domain: [10 ** exponents.domain[0], 10 ** exponents.domain[1]] as const,
  });
}

/** `0.07`, `1,200`, `10⁻⁶` */
export function shortNumber(value: number): string {
  const exponent = Math.log10(Math.abs(value));
  if (value !== 0 && (exponent < -3 || exponent >= 6) && Number.isInteger(exponent)) {
    return `10${String(exponent).replace(/./g, (digit) => SUPERSCRIPTS[digit])}`;
  }
  return Number(value.toPrecision(3)).toLocaleString("en-US", { maximumSignificantDigits: 3 });
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  "-": "⁻",
  ...Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹"].map((sign, digit) => [String(digit), sign])),
};

/** The least and the greatest of them, with some room, that is a part of their distance. */
export function extent(values: Iterable<number>, room = 0): Pair {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  const margin = (high - low) * room;
  return [low - margin, high + margin];
}
