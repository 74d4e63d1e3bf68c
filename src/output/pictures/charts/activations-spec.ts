/** Activation functions and their derivatives: Figures 1.1, 2.1 and 2.2. */
import type { TopLevelSpec } from "vega-lite";
import { BLUE, ORANGE } from "../style.js";
import { type ChartText, figureSpec, LEGEND, panelTitle } from "./theme.js";

export interface ActivationRow {
  readonly z: number;
  readonly value: number;
  readonly curve: "activation" | "derivative";
  /** The pieces of a curve with a jump; a line joins the rows of one piece. */
  readonly piece: number;
}

export interface ActivationChart {
  /** As `Leaky ReLU, slope 0.01`. */
  readonly name: string;
  readonly rows: readonly ActivationRow[];
  /** The ends of the vertical axis. */
  readonly span: readonly [number, number];
}

export function activationsSpec(charts: readonly ActivationChart[], text: ChartText): TopLevelSpec {
  const width = charts.length > 2 ? 250 : 320;
  return figureSpec(text, [charts.map((chart) => activationChart(chart, width))]);
}

/** The derivative is dashed, so that no colour is needed to tell it. */
function activationChart({ name, rows, span }: ActivationChart, width: number) {
  const domain = ["activation", "derivative"];
  const legend = { ...LEGEND, symbolType: "stroke", symbolSize: 500, symbolStrokeWidth: 2.2 };
  return {
    title: panelTitle(name),
    width,
    height: 260,
    data: { values: rows },
    mark: { type: "line", strokeWidth: 2.2, clip: true },
    encoding: {
      x: { field: "z", type: "quantitative", title: "z, the neuron's weighted sum" },
      y: {
        field: "value",
        type: "quantitative",
        title: "Output",
        scale: { domain: span, nice: false },
        axis: { tickCount: 9 },
      },
      color: {
        field: "curve",
        type: "nominal",
        scale: { domain, range: [BLUE, ORANGE] },
        legend,
      },
      strokeDash: {
        field: "curve",
        type: "nominal",
        scale: {
          domain,
          range: [
            [1, 0],
            [6, 4],
          ],
        },
        legend,
      },
      detail: { field: "piece", type: "nominal" },
    },
  };
}
