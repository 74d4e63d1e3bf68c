/** Loss per epoch, and the prediction over the targets: Figures 4.4 to 4.20. */
import type { TopLevelSpec } from "vega-lite";
import { BLUE, INK, ORANGE } from "../style.js";
import { type ChartText, figureSpec, LEGEND } from "./theme.js";

export interface LossRow {
  /** From 0. */
  readonly epoch: number;
  /** In original units: of what that epoch's step saw, or over the last steps that together saw every sample. */
  readonly rmse: number;
  readonly of: "all samples" | "the epoch's sample" | "the last 20 epochs";
}

export interface PredictionRow {
  /** From 0, in the dataset's order. */
  readonly sample: number;
  readonly what: "target" | "prediction";
  /** In original units. */
  readonly value: number;
}

/** The loss axis ends here, as the thesis's does; what is above it is cut. */
export const LOSS_TOP = 0.3;

const SIZE = { width: 390, height: 240 };

export function trainingPlotSpec(
  losses: readonly LossRow[],
  predictions: readonly PredictionRow[],
  text: ChartText,
): TopLevelSpec {
  return figureSpec(text, [lossChart(losses), predictionChart(predictions)]);
}

/** A line; where each step saw another sample, a dot per step and a line over the last of them. */
function lossChart(losses: readonly LossRow[]) {
  const iterative = losses.some(({ of }) => of === "the epoch's sample");
  const epochs = losses.reduce((last, { epoch }) => Math.max(last, epoch + 1), 0);
  const line = { type: "line", clip: true, strokeWidth: 1.6 };
  const dots = { type: "point", clip: true, filled: true, size: 3, opacity: 0.5 };
  const series = (of: LossRow["of"], mark: object) => ({
    transform: [{ filter: { field: "of", equal: of } }],
    mark,
  });
  return {
    ...SIZE,
    data: { values: losses },
    encoding: {
      x: {
        field: "epoch",
        type: "quantitative",
        title: "Epoch (one optimizer step)",
        scale: { domain: [0, epochs], nice: false },
        axis: { tickCount: 6, grid: false },
      },
      y: {
        field: "rmse",
        type: "quantitative",
        title: "RMSE, in units of t",
        scale: { domain: [0, LOSS_TOP] },
        axis: { tickCount: 6 },
      },
      color: {
        field: "of",
        type: "nominal",
        scale: iterative
          ? { domain: ["the epoch's sample", "the last 20 epochs"], range: [BLUE, INK] }
          : { domain: ["all samples"], range: [BLUE] },
        legend: iterative
          ? {
              ...LEGEND,
              symbolType: "circle",
              symbolOpacity: 1,
              labelExpr: "(datum.index == 0 ? 'dots: ' : 'line: ') + datum.label",
            }
          : { ...LEGEND, symbolType: "stroke" },
      },
    },
    layer: iterative
      ? [series("the epoch's sample", dots), series("the last 20 epochs", line)]
      : [series("all samples", line)],
  };
}

/** Circles and crosses, so that two that lie on each other are both seen. */
function predictionChart(predictions: readonly PredictionRow[]) {
  const domain = ["target", "prediction"];
  const samples = predictions.filter(({ what }) => what === "target").map(({ sample }) => sample);
  return {
    ...SIZE,
    data: { values: predictions },
    encoding: {
      x: {
        field: "sample",
        type: "quantitative",
        title: "Sample",
        scale: { domain: [-0.5, samples.length - 0.5], nice: false },
        axis: { values: samples, grid: false },
      },
      y: { field: "value", type: "quantitative", title: "t and its prediction" },
      color: {
        field: "what",
        type: "nominal",
        scale: { domain, range: [INK, ORANGE] },
        legend: { ...LEGEND, symbolOpacity: 1 },
      },
    },
    layer: [
      { mark: { type: "line", strokeWidth: 1, opacity: 0.5 } },
      {
        mark: { type: "point", size: 60, strokeWidth: 1.8, opacity: 1 },
        encoding: {
          shape: { field: "what", type: "nominal", scale: { domain, range: ["circle", "cross"] } },
        },
      },
    ],
  };
}
