/** Loss per epoch, and the predictions over the targets: Figures 4.4 to 4.20. */
import type { TopLevelSpec } from "vega-lite";
import { INK, ORANGE } from "../style.js";
import { type LossRow, lossChart, type ReferenceRow } from "./loss-chart.js";
import { type ChartText, figureSpec, LEGEND, panelTitle } from "./theme.js";

export interface PredictionRow {
  /** From 0, in the dataset's order. */
  readonly sample: number;
  /** In original units. */
  readonly x: number;
  readonly what: "target" | "prediction";
  /** In original units. */
  readonly value: number;
}

const SIZE = { width: 340, height: 220 };

/** The loss above; below it the predictions by sample, as the thesis shows them, and by x, where the targets are a V. */
export function trainingPlotSpec(
  losses: readonly LossRow[],
  references: readonly ReferenceRow[],
  predictions: readonly PredictionRow[],
  text: ChartText,
): TopLevelSpec {
  const samples = predictions.filter(({ what }) => what === "target").map(({ sample }) => sample);
  const xs = predictions.map(({ x }) => x);
  return figureSpec(text, [
    [lossChart(losses, references)],
    [
      predictionChart(predictions, "by sample", {
        field: "sample",
        title: "Sample",
        scale: { domain: [-0.5, samples.length - 0.5], nice: false },
        axis: { values: samples, grid: false },
      }),
      predictionChart(predictions, "by x", {
        field: "x",
        title: "x",
        scale: { domain: [Math.min(-1, ...xs), Math.max(1, ...xs)], nice: false },
        axis: { tickCount: 5, grid: false },
      }),
    ],
  ]);
}

/** Circles and crosses, so that two that lie on each other are both seen. */
function predictionChart(predictions: readonly PredictionRow[], name: string, x: object) {
  const domain = ["target", "prediction"];
  return {
    ...SIZE,
    title: panelTitle(`Prediction ${name}`),
    data: { values: predictions },
    encoding: {
      x: { type: "quantitative", ...x },
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
