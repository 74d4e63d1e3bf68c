/** The loss of one training by epoch, both on logarithmic axes. */
import { type AxisTicks, evenTicks, extent, logAxis, ticksBetween } from "../../axis-ticks.js";
import { BLUE, INK, SMALL_SIZE, TEXT_SIZE } from "../style.js";
import { LEGEND, panelTitle } from "./theme.js";

export interface LossRow {
  /** From 1. */
  readonly epoch: number;
  /**
   * In original units: of what that epoch's step saw, or over the last steps that together saw every
   * sample. Finite and greater than 0.
   */
  readonly rmse: number;
  readonly of: StepLoss | PassLoss;
}

/** What a step saw: all samples, or some, whose loss jumps from step to step. */
export type StepLoss = "all samples" | "the epoch's sample" | "the epoch's mini-batch";
/** A pass through all samples. */
export type PassLoss = `the last ${number} epochs`;

/** An RMSE to hold the loss against, as a line across the chart. */
export interface ReferenceRow {
  readonly name: "converged" | "best constant";
  readonly rmse: number;
}

const WIDTH = 650;
const HEIGHT = 220;

/** A loss that would take less of the axis than this gets one of its own, and the threshold another below it. */
const LEAST_SHARE = 0.2;
const FOOT_HEIGHT = 32;

/** @param unit of the losses: `units of t` */
export function lossChart(
  losses: readonly LossRow[],
  references: readonly ReferenceRow[],
  unit: string,
): { readonly width: number; readonly [part: string]: unknown } {
  const rmses = losses.map(({ rmse }) => rmse);
  const epochs = losses.reduce((last, { epoch }) => Math.max(last, epoch), 1);
  const threshold = references.find(({ name }) => name === "converged");
  const others = references.filter((reference) => reference !== threshold);
  const title = panelTitle("Loss");
  const axes = { epochs, unit };
  if (!threshold || !isFarAbove(threshold.rmse, rmses)) {
    const axis = logAxis([...rmses, ...references.map(({ rmse }) => rmse)]);
    return { title, ...panel(losses, references, { ...axis, ...axes, height: HEIGHT }) };
  }
  const close = closeAxis([...rmses, ...others.map(({ rmse }) => rmse)]);
  const foot = { domain: logAxis([threshold.rmse]).domain, ticks: [threshold.rmse] };
  return {
    width: WIDTH,
    title,
    spacing: 14,
    vconcat: [
      panel(losses, others, { ...close, ...axes, height: HEIGHT - FOOT_HEIGHT, brokenBelow: true }),
      panel([], [threshold], { ...foot, ...axes, height: FOOT_HEIGHT, brokenAbove: true }),
    ],
  };
}

/** Whether one axis down to the threshold would leave nothing to be seen of the loss. */
function isFarAbove(threshold: number, rmses: readonly number[]): boolean {
  const [low, high] = extent(rmses);
  return (
    rmses.length > 0 &&
    low > threshold &&
    Math.log(high / low) < LEAST_SHARE * Math.log(high / threshold)
  );
}

interface PanelAxes extends AxisTicks {
  readonly epochs: number;
  readonly unit: string;
  readonly height: number;
  /** The axis goes on in a panel below, or in one above. */
  readonly brokenBelow?: boolean;
  readonly brokenAbove?: boolean;
}

function panel(
  losses: readonly LossRow[],
  references: readonly ReferenceRow[],
  { domain, ticks, epochs, unit, height, brokenBelow, brokenAbove }: PanelAxes,
) {
  const present = [...new Set(losses.map(({ of }) => of))];
  return {
    width: WIDTH,
    height,
    encoding: {
      x: {
        type: "quantitative",
        scale: { type: "log", domain: [1, endOf(epochs)], nice: false },
        axis: brokenBelow
          ? null
          : {
              title: "Epoch (one optimizer step)",
              values: [...new Set([...ticksBetween(1, epochs), epochs])],
              format: ",",
              grid: false,
            },
      },
      y: {
        type: "quantitative",
        title: brokenAbove ? null : `RMSE, in ${unit}`,
        scale: { type: "log", domain, nice: false },
        axis: { values: ticks, format: "~g" },
      },
    },
    layer: [
      ...references.flatMap((reference) =>
        referenceLayers(reference, epochs, baselineOf(reference, references, domain, height)),
      ),
      ...present.map((of) => lossLayer(losses.filter((row) => row.of === of))),
      ...(brokenAbove ? [breakMark(domain[1])] : []),
    ],
    resolve: { scale: { color: "independent" }, legend: { color: "independent" } },
  };
}

/** A single epoch needs an axis, too. */
function endOf(epochs: number): number {
  return Math.max(2, epochs);
}

/** A dot for the loss of one sample, a line for that of all; the legend shows the same. */
function lossLayer(rows: readonly LossRow[]) {
  const [{ of }] = rows;
  const isDots = of.startsWith("the epoch's");
  const colour = of.startsWith("the last") ? INK : BLUE;
  const symbol = isDots
    ? { symbolType: "circle", symbolSize: 12, symbolOpacity: 1 }
    : { symbolType: "stroke", symbolSize: 170, symbolStrokeWidth: 1.6 };
  return {
    data: { values: rows },
    mark: isDots
      ? { type: "point", filled: true, size: 6, opacity: 0.6 }
      : { type: "line", strokeWidth: 1.6, ...(rows.length === 1 && { point: true }) },
    encoding: {
      x: { field: "epoch" },
      y: { field: "rmse" },
      color: {
        field: "of",
        type: "nominal",
        scale: { domain: [of], range: [colour] },
        legend: { ...LEGEND, ...symbol },
      },
    },
  };
}

const DASHES = { converged: [6, 3], "best constant": [2, 3] };

/** Names of lines that are closer than this stand on and below them, in pixels. */
const LEAST_DISTANCE = 14;

/** Where the line is in its name: through the middle, unless another name would lie on it. */
function baselineOf(
  { rmse }: ReferenceRow,
  references: readonly ReferenceRow[],
  [low, high]: AxisTicks["domain"],
  height: number,
): "middle" | "top" | "bottom" {
  const away = (other: ReferenceRow) =>
    (Math.log(rmse / other.rmse) / Math.log(high / low)) * height;
  const near = references.find(
    (other) => other.rmse !== rmse && Math.abs(away(other)) < LEAST_DISTANCE,
  );
  if (!near) return "middle";
  return away(near) > 0 ? "bottom" : "top";
}

/** A line across the chart, and its name at the right of it. */
function referenceLayers(
  { name, rmse }: ReferenceRow,
  epochs: number,
  baseline: ReturnType<typeof baselineOf>,
) {
  const data = { values: [{ rmse, label: `${Number(rmse.toPrecision(3))}: ${name}` }] };
  const encoding = { y: { field: "rmse" } };
  return [
    {
      data,
      mark: { type: "rule", color: INK, strokeWidth: 1.2, strokeDash: DASHES[name] },
      encoding: { ...encoding, x: { datum: 1 }, x2: { datum: endOf(epochs) } },
    },
    {
      data,
      mark: { type: "text", align: "left", baseline, fontSize: SMALL_SIZE, color: INK },
      encoding: { ...encoding, x: { value: WIDTH + 6 }, text: { field: "label" } },
    },
  ];
}

/** Two strokes over the gap in the axis. */
function breakMark(top: number) {
  return {
    data: { values: [{ rmse: top }] },
    mark: { type: "text", text: "//", angle: 70, dy: -7, fontSize: TEXT_SIZE, color: INK },
    encoding: { x: { value: 0 }, y: { field: "rmse" } },
  };
}

/** An axis with little more than the values take. */
function closeAxis(values: readonly number[]): AxisTicks {
  const [low, high] = extent(values);
  const room = Math.max((high - low) * 0.12, high * 1e-3);
  const domain = [low - room, high + room] as const;
  return { domain, ticks: evenTicks(...domain) };
}
