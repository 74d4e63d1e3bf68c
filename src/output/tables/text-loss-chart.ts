/** The RMSE of one training by epoch, for a terminal. */
import plot from "simple-ascii-chart";
import { type AxisTicks, logAxis, roundStep } from "../axis-ticks.js";
import { wrapped } from "../wrapped.js";

const MOST_COLUMNS = 100;
const HEIGHT = 12;
/** Beside the chart: the ticks' numbers and the axis. */
const MARGIN = 10;
const TICKS = 5;
const MOST_EPOCH_TICKS = 6;
/** On a linear axis, what is below a tenth of the highest value is hardly told apart. */
const LOGARITHMIC_FROM = 10;

/**
 * Each column shows the mean over its share of the epochs, because in iterative training neighbouring
 * epochs see different samples.
 *
 * @param rmse in original units, [epochs]; may end in values that are not finite
 * @param threshold the largest RMSE of a converged trial, drawn as a line
 * @param columns how many characters a line of the terminal has
 */
export function lossChart(rmse: Float64Array, threshold: number, columns: number): string {
  const width = Math.max(20, Math.min(MOST_COLUMNS, columns - MARGIN));
  const points = meansOf(rmse, Math.min(width, rmse.length));
  if (points.length < 2) return "RMSE per epoch: needs two epochs without overflow to be drawn";
  const values = [...points.map(([, value]) => value), threshold];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const axis = low > 0 && high >= LOGARITHMIC_FROM * low ? logarithmic(values) : linear(high);
  const drawn = plot(
    points.map(([epoch, value]) => [epoch, axis.scale(value)]),
    {
      xLabel: "epoch",
      width,
      height: HEIGHT,
      yRange: [axis.scale(axis.domain[0]), axis.scale(axis.domain[1])],
      customXAxisTicks: epochTicks(points.at(-1)![0]),
      customYAxisTicks: axis.ticks.map(axis.scale),
      thresholds: [{ y: axis.scale(threshold) }],
      symbols: { thresholds: { x: "┄" } },
      formatter: (value, { axis: which }) =>
        which === "y" ? tickText(axis.unscale(value)) : String(Math.round(value)),
    },
  );
  const title = `RMSE per epoch${axis.note}; ┄ ${threshold}, at or below which a trial has converged`;
  return [wrapped(title, columns), ...trimmed(drawn)].join("\n");
}

function meansOf(rmse: Float64Array, columns: number): [number, number][] {
  return Array.from({ length: columns }, (_, column): [number, number] => {
    const begin = Math.floor((column * rmse.length) / columns);
    const end = Math.floor(((column + 1) * rmse.length) / columns);
    const share = rmse.subarray(begin, end);
    return [begin, share.reduce((sum, value) => sum + value, 0) / share.length];
  }).filter(([, value]) => Number.isFinite(value));
}

/** Its ends are below and above all that is drawn. */
interface ValueAxis extends AxisTicks {
  /** In the title. */
  readonly note: string;
  scale(value: number): number;
  unscale(value: number): number;
}

function linear(high: number): ValueAxis {
  const step = roundStep(high / TICKS);
  const ticks = Array.from({ length: Math.ceil(high / step - 1e-9) + 1 }, (_, i) => i * step);
  const same = (value: number) => value;
  return { note: "", domain: [0, ticks.at(-1)!], ticks, scale: same, unscale: same };
}

function logarithmic(values: readonly number[]): ValueAxis {
  const unscale = (value: number) => 10 ** value;
  return { note: ", logarithmic", ...logAxis(values), scale: Math.log10, unscale };
}

/** @param last the last epoch that is drawn */
function epochTicks(last: number): number[] {
  const step = Math.max(1, roundStep(last / MOST_EPOCH_TICKS));
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => i * step);
}

/** Without the last bits that steps and logarithms leave behind. */
function tickText(value: number): string {
  const round = Number(value.toPrecision(6));
  return round !== 0 && round < 0.001 ? round.toExponential() : String(round);
}

function trimmed(chart: string): string[] {
  const lines = chart.split("\n").map((line) => line.trimEnd());
  return lines.slice(lines.findIndex(Boolean), lines.findLastIndex(Boolean) + 1);
}
