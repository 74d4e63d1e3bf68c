/** Loss per epoch, and the predictions over the targets: Figures 4.4 to 4.20, and those of any trial. */
import type { TopLevelSpec } from "vega-lite";
import { evenTicks } from "../../axis-ticks.js";
import { INK, ORANGE } from "../style.js";
import { type LossRow, lossChart, type ReferenceRow } from "./loss-chart.js";
import { type ChartText, figureSpec, LEGEND, panelTitle } from "./theme.js";

export interface PredictionRow {
  /** From 0, in the dataset's order. */
  readonly sample: number;
  /** In original units; of several inputs, none. */
  readonly x?: number;
  readonly what: "target" | "prediction";
  /** In original units. */
  readonly value: number;
}

/** Of one output. */
export interface OutputPredictions {
  /** `t` */
  readonly name: string;
  readonly rows: readonly PredictionRow[];
}

/** The one input, where there is one. */
export interface OneInput {
  /** `x` */
  readonly name: string;
  readonly domain: readonly [number, number];
}

export interface TrainingPlot {
  readonly losses: readonly LossRow[];
  readonly references: readonly ReferenceRow[];
  /** At least one. */
  readonly outputs: readonly OutputPredictions[];
  readonly input: OneInput | undefined;
  /** How many samples there are, of which some may not be drawn. */
  readonly samples: number;
}

const SIZE = { width: 340, height: 220 };

/** More samples than this get a tick for some of them, and no lines from one to the next. */
const MOST_TICKS = 24;
const MOST_LINES = 60;

/**
 * The loss above; below it the predictions by sample, as the thesis shows them, and where there is one
 * input by x, where the thesis's targets are a V. A row of charts per output, or without the second kind
 * two outputs in a row.
 */
export function trainingPlotSpec(plot: TrainingPlot, text: ChartText): TopLevelSpec {
  const { losses, references, outputs, input, samples } = plot;
  const unit = outputs.length === 1 ? `units of ${outputs[0].name}` : "original units";
  const title = (name: string, of: string) =>
    outputs.length === 1 ? `Prediction ${of}` : `Prediction of ${name} ${of}`;
  const bySample = (output: OutputPredictions) =>
    predictionChart(output, title(output.name, "by sample"), samples <= MOST_LINES, {
      field: "sample",
      title: "Sample",
      scale: { domain: [-0.5, samples - 0.5], nice: false },
      axis: { values: sampleTicks(samples), grid: false },
    });
  const byInput = (output: OutputPredictions, { name, domain }: OneInput) =>
    predictionChart(output, title(output.name, `by ${name}`), true, {
      field: "x",
      title: name,
      scale: { domain, nice: false },
      axis: { tickCount: 5, grid: false },
    });
  const rows = input
    ? outputs.map((output) => [bySample(output), byInput(output, input)])
    : pairs(outputs.map(bySample));
  return figureSpec(text, [[lossChart(losses, references, unit)], ...rows]);
}

function sampleTicks(samples: number): number[] {
  if (samples > MOST_TICKS) return evenTicks(0, samples - 1);
  return Array.from({ length: samples }, (_, sample) => sample);
}

function pairs<Chart>(charts: readonly Chart[]): Chart[][] {
  return Array.from({ length: Math.ceil(charts.length / 2) }, (_, row) =>
    charts.slice(2 * row, 2 * row + 2),
  );
}

/** Circles and crosses, so that two that lie on each other are both seen. */
function predictionChart(
  { name, rows }: OutputPredictions,
  title: string,
  hasLines: boolean,
  x: object,
) {
  const domain = ["target", "prediction"];
  const few = rows.length <= 2 * MOST_LINES;
  return {
    ...SIZE,
    title: panelTitle(title),
    data: { values: rows },
    encoding: {
      x: { type: "quantitative", ...x },
      y: { field: "value", type: "quantitative", title: `${name} and its prediction` },
      color: {
        field: "what",
        type: "nominal",
        scale: { domain, range: [INK, ORANGE] },
        legend: { ...LEGEND, symbolOpacity: 1 },
      },
    },
    layer: [
      ...(hasLines ? [{ mark: { type: "line", strokeWidth: 1, opacity: 0.5 } }] : []),
      {
        mark: {
          type: "point",
          size: few ? 60 : 16,
          strokeWidth: few ? 1.8 : 1,
          opacity: 1,
        },
        encoding: {
          shape: { field: "what", type: "nominal", scale: { domain, range: ["circle", "cross"] } },
        },
      },
    ],
  };
}
